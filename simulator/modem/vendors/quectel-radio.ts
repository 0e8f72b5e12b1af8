import { CmeError } from '../cme-error.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { readNumber } from '../commands/at-command.ts';
import { bandsIn, maskOf, readMask } from '../commands/band-mask.ts';
import type { ModemContext } from '../modem-state.ts';
import type { RadioTechnology } from '../radio-settings.ts';
import { technologiesOf } from '../radio-settings.ts';

/** Bits of the mask for GSM and UMTS (EC2x AT commands manual, AT+QCFG="band"). */
const olderBits: readonly (readonly [RadioTechnology, number])[] = [
  ['gsm', 900],
  ['gsm', 1800],
  ['gsm', 850],
  ['gsm', 1900],
  ['utran', 1],
  ['utran', 2],
  ['utran', 5],
  ['utran', 8],
  ['utran', 6],
  ['utran', 4],
  ['utran', 19],
];
/** What stands for "all": every bit that there can be. */
const anyOlder = 0xffffn;
const anyLte = 0x7fff_ffff_ffff_ffffn;

/** Technologies by the numbers of AT+QCFG="nwscanmode". */
const scanModes: readonly RadioTechnology[] = ['gsm', 'utran', 'eutran'];

/** Technologies and bands of the radio (AT+QCFG). */
export const quectelRadio: AtCommand = {
  name: '+QCFG',
  takes: { set: 30 },
  test: () => ['+QCFG: "nwscanmode",(0-3),(0,1)', '+QCFG: "band",(0-7FF),(0-1E00B0E18DF),(0),(0,1)'],
  set(modem, [what, ...values]) {
    if (what === 'nwscanmode') return values.length === 0 ? [`+QCFG: "nwscanmode",${scanModeOf(modem)}`] : setScanMode(modem, values);
    if (what === 'band') return values.length === 0 ? [`+QCFG: "band",${masksOf(modem)},0x0`] : setBands(modem, values);
    throw new CmeError(50);
  },
};

function scanModeOf({ radio }: ModemContext): number {
  const [only, ...others] = radio.allowed;
  return only === undefined || others.length > 0 ? 0 : scanModes.indexOf(only) + 1;
}

function setScanMode(modem: ModemContext, [mode]: readonly string[]): readonly string[] {
  const only = scanModes[readNumber(mode, scanModes.length) - 1];
  modem.radio.allowed = only === undefined ? technologiesOf(modem.kind.vendor.bands) : [only];
  modem.radioChanged();
  return [];
}

function masksOf({ radio }: ModemContext): string {
  const older = olderBits.reduce(
    (mask, [technology, band], bit) => mask | (radio.bands[technology]?.includes(band) ? 1n << BigInt(bit) : 0n),
    0n,
  );
  return [older, maskOf(radio.bands.eutran ?? [])].map((mask) => `0x${mask.toString(16)}`).join(',');
}

/** A mask of 0 leaves its part as it is. Bands that the modem does not have are passed over. */
function setBands(modem: ModemContext, [older, lte]: readonly string[]): readonly string[] {
  const { radio } = modem;
  const { bands } = modem.kind.vendor;
  const [olderMask, lteMask] = [readMask(older), readMask(lte)];
  const chosen = (technology: RadioTechnology): readonly number[] =>
    (bands[technology] ?? []).filter((band) => {
      const bit = olderBits.findIndex((entry) => entry[0] === technology && entry[1] === band);
      return olderMask === anyOlder || (bit >= 0 && (olderMask & (1n << BigInt(bit))) !== 0n);
    });
  if (olderMask !== 0n) radio.bands = { ...radio.bands, gsm: chosen('gsm'), utran: chosen('utran') };
  if (lteMask !== 0n) {
    const all = bands.eutran ?? [];
    radio.bands = { ...radio.bands, eutran: lteMask === anyLte ? all : bandsIn(lteMask, all) };
  }
  modem.radioChanged();
  return [];
}
