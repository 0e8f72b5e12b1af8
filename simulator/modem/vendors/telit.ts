import type { AtCommand } from '../commands/at-command.ts';
import { readNumber } from '../commands/at-command.ts';
import { bandsIn, maskOf } from '../commands/band-mask.ts';
import { cardNumberCommand } from '../commands/card-number.ts';
import { servingCell, shortHex } from '../serving-cell.ts';
import type { ModemContext } from '../modem-state.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { restartCommand, technologyCommand, tellingCommand, wirelessModes } from './vendor-commands.ts';

/** LE910C1-EU. */
export const telit: ModemVendor = {
  manufacturer: 'Telit',
  model: 'LE910C1-EU',
  revision: '25.21.672',
  identity: ['332'],
  usb: { vendorId: '1bc7', productId: '1201', interface: 4 },
  boot: [],
  card: { found: ['#QSS: 1'], lost: ['#QSS: 0'], saysPin: false },
  bands: { gsm: [900, 1800], utran: [1], eutran: [1, 3, 7, 8, 20, 28] },
  commands: [
    cardNumberCommand('#CCID', { filler: false }),
    technologyCommand('+WS46', wirelessModes),
    bandCommand(),
    tellingCommand('#RFSTS', 'execute', describeRadio),
    tellingCommand('#SERVINFO', 'execute', describeServing),
    { name: '#TEMPMON', set: () => ['#TEMPMEAS: 0,36'] },
    tellingCommand('#QSS', 'read', ({ slot }) => [`#QSS: 0,${slot.present() ? 1 : 0}`]),
    restartCommand('#REBOOT'),
  ],
  lacks: ['+CPINR'],
  restartLevel: null,
  chatter: ['#QSS: 1', '+CTZV: +04', '+CGEV: NW MODIFY 1,0'],
  traits: {},
};

/** `<GSM>,<UMTS>,<LTE>`: 0 is 900 and 1800 MHz, 0 is band 1, the last is a mask in decimal. */
function bandCommand(): AtCommand {
  return {
    name: '#BND',
    read: ({ radio }) => [`#BND: 0,0,${maskOf(radio.bands.eutran ?? [])}`],
    test: ({ kind }) => [`#BND: (0),(0),(1-${maskOf(kind.vendor.bands.eutran ?? [])})`],
    set(modem, [gsm, umts, lte]) {
      readNumber(gsm, 0);
      readNumber(umts ?? '0', 0);
      if (lte !== undefined) {
        const mask = BigInt(readNumber(lte, Number(maskOf(modem.kind.vendor.bands.eutran ?? []))));
        modem.radio.bands = { ...modem.radio.bands, eutran: bandsIn(mask, modem.kind.vendor.bands.eutran ?? []) };
        modem.radioChanged();
      }
      return [];
    },
  };
}

function describeRadio(modem: ModemContext): readonly string[] {
  const cell = servingCell(modem);
  const { sim } = modem.state;
  if (cell === null || sim.state !== 'ready') return ['#RFSTS: ,,,,,,,,,,,,,,,'];
  const { mcc, mnc, channel, rsrp, rssi, rsrq, areaCode, cellId, name, band } = cell;
  const tail = [`"${sim.identity.imsi}"`, `"${name}"`, 3];
  if (cell.technology === 'eutran') {
    return [
      `#RFSTS: "${mcc} ${mnc}",${[channel, rsrp, rssi, rsrq, areaCode, '', -128, 3, 0, shortHex(cellId), ...tail, band, 54].join(',')}`,
    ];
  }
  return [
    `#RFSTS: "${mcc} ${mnc}",${[channel, cell.pci, rsrq, rsrp, rssi, areaCode, '01', '', 64, 19, 0, 1, shortHex(cellId), ...tail].join(',')}`,
  ];
}

function describeServing(modem: ModemContext): readonly string[] {
  const cell = servingCell(modem);
  if (cell === null) return ['#SERVINFO: '];
  const { channel, rssi, name, mcc, mnc, pci, areaCode, rsrp } = cell;
  return [`#SERVINFO: ${channel},${rssi},"${name}","${mcc}${mnc}",${pci},${areaCode},64,3,${rsrp}`];
}
