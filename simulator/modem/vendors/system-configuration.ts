import { CmeError } from '../cme-error.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { bandsIn, maskOf, readMask } from '../commands/band-mask.ts';
import type { ModemContext } from '../modem-state.ts';
import type { RadioTechnology } from '../radio-settings.ts';
import { technologiesOf } from '../radio-settings.ts';

const digits: Readonly<Record<string, RadioTechnology>> = { '01': 'gsm', '02': 'utran', '03': 'eutran' };
const automatic = '00';
const anyLte = 0x7fff_ffff_ffff_ffffn;

/** Technologies in the order of their choice, and bands: AT^SYSCFGEX of Huawei, and of others that took it over. */
export const systemConfiguration: AtCommand = {
  name: '^SYSCFGEX',
  takes: { set: 300 },
  read: (modem) => [
    `^SYSCFGEX:"${orderOf(modem)}",3FFFFFFF,1,2,${maskOf(modem.radio.bands.eutran ?? [])
      .toString(16)
      .toUpperCase()}`,
  ],
  test(modem) {
    const own = technologiesOf(modem.kind.vendor.bands);
    const codes = Object.keys(digits).filter((code) => own.some((technology) => technology === digits[code]));
    const pairs = codes.flatMap((first) => codes.filter((second) => second !== first).map((second) => first + second));
    const mask = maskOf(modem.kind.vendor.bands.eutran ?? [])
      .toString(16)
      .toUpperCase();
    const orders = [automatic, ...codes.toReversed(), ...pairs, '99'].map((order) => `"${order}"`);
    return [`^SYSCFGEX:(${orders.join(',')}),((3fffffff,"All Bands")),(0-2),(0-4),((${mask},"LTE"),(7fffffffffffffff,"All bands"))`];
  },
  set(modem, [order = '', , , , lte]) {
    const { radio } = modem;
    const { bands } = modem.kind.vendor;
    if (order !== '99') {
      const listed = order === automatic ? [] : order.match(/../g)?.map(technologyNamed);
      if (listed === undefined || order.length % 2 !== 0) throw new CmeError(50);
      radio.allowed = listed.length === 0 ? technologiesOf(bands) : listed;
      radio.preferred = listed[0] ?? null;
    }
    if (lte !== undefined && lte !== '40000000' && lte !== '') {
      const mask = readMask(lte);
      radio.bands = { ...radio.bands, eutran: mask === anyLte ? (bands.eutran ?? []) : bandsIn(mask, bands.eutran ?? []) };
    }
    modem.radioChanged();
    return [];
  },
};

function technologyNamed(code: string): RadioTechnology {
  const technology = digits[code];
  if (technology === undefined) throw new CmeError(50);
  return technology;
}

function orderOf({ radio, kind }: ModemContext): string {
  if (radio.preferred === null && radio.allowed.length === technologiesOf(kind.vendor.bands).length) return automatic;
  const ordered = radio.allowed
    .toReversed()
    .toSorted((left, right) => Number(right === radio.preferred) - Number(left === radio.preferred));
  return ordered.map((technology) => Object.keys(digits).find((code) => digits[code] === technology) ?? '').join('');
}
