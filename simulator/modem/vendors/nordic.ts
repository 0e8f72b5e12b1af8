import { CmeError } from '../cme-error.ts';
import type { AtCommand } from '../commands/at-command.ts';
import { choose } from '../commands/at-command.ts';
import { cardNumberCommand } from '../commands/card-number.ts';
import { keepSetting, readSetting } from '../commands/stored-settings.ts';
import type { ModemContext } from '../modem-state.ts';
import { servingCell } from '../serving-cell.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { countersOf, tellingCommand } from './vendor-commands.ts';

/** nRF9160 with modem firmware 1.3: LTE-M and NB-IoT, no echo, no ATI. */
export const nordic: ModemVendor = {
  manufacturer: 'Nordic Semiconductor ASA',
  model: 'nRF9160-SICA',
  revision: 'mfw_nrf9160_1.3.5',
  identity: [],
  usb: { vendorId: '1915', productId: '9100', interface: 0 },
  boot: ['Ready'],
  card: { found: ['%XSIM: 1'], lost: ['%XSIM: 0'], saysPin: false },
  bands: { eutran: [1, 2, 3, 4, 5, 8, 12, 13, 17, 18, 19, 20, 25, 26, 28, 66] },
  commands: [
    cardNumberCommand('%XICCID', { filler: true }),
    counterCommand(),
    {
      name: '%XSYSTEMMODE',
      read: (modem) => [`%XSYSTEMMODE: ${readSetting(modem, '%XSYSTEMMODE', '1,0,0,0')}`],
      test: () => ['%XSYSTEMMODE: (0,1),(0,1),(0,1),(0-4)'],
      set(modem, [ltem, nbIot, gnss, preference = '0']) {
        // Taken only while the modem is off.
        if (modem.state.functionality === 1) throw new CmeError(3);
        const mode = [choose(ltem, [0, 1]), choose(nbIot, [0, 1]), choose(gnss, [0, 1]), choose(preference, [0, 1, 2, 3, 4])];
        keepSetting(modem, '%XSYSTEMMODE', mode.join(','));
        return [];
      },
    },
    bandCommand(),
    {
      ...tellingCommand('%XCBAND', 'execute', ({ state }) => (state.cell === null ? [] : [`%XCBAND: ${state.cell.band}`])),
      test: ({ kind }) => [`%XCBAND: (${(kind.vendor.bands.eutran ?? []).join(',')})`],
    },
    tellingCommand('%XMONITOR', 'execute', describeState),
    { name: '%CESQ', test: () => ['%CESQ: (0,1)'], set: (_modem, [on]) => (choose(on, [0, 1]), []) },
    tellingCommand('%XTEMP', 'read', () => ['%XTEMP: 29']),
  ],
  lacks: ['+GSN', '+CCID', '+CGREG', '+CSQ'],
  restartLevel: null,
  chatter: ['%CESQ: 45,2,22,3', '%XTIME: "40","62010100000040","00"', '+CSCON: 0'],
  traits: { echo: 'off' },
};

/** One code at a time, named by its parameter. */
function counterCommand(): AtCommand {
  return {
    name: '+CPINR',
    takes: { set: 20 },
    test: () => [],
    set(modem, [code]) {
      const counters = countersOf(modem);
      const byCode = { 'SIM PIN': counters.pin, 'SIM PUK': counters.puk, 'SIM PIN2': counters.pin2, 'SIM PUK2': counters.puk2 } as const;
      const chosen = choose(code, ['SIM PIN', 'SIM PUK', 'SIM PIN2', 'SIM PUK2']);
      return [`+CPINR: "${chosen}",${byCode[chosen]}`];
    },
  };
}

/** A string of bits whose last one is band 1. */
function bandCommand(): AtCommand {
  return {
    name: '%XBANDLOCK',
    read: ({ radio, kind }) => {
      const own = kind.vendor.bands.eutran ?? [];
      const enabled = radio.bands.eutran ?? [];
      if (enabled.length === own.length) return ['%XBANDLOCK: 0,""'];
      return [`%XBANDLOCK: 2,"${enabled.reduce((bits, band) => bits | (1n << BigInt(band - 1)), 0n).toString(2)}"`];
    },
    test: () => ['%XBANDLOCK: (0,1,2,3)'],
    set(modem, [operation, bits = '']) {
      if (modem.state.functionality === 1) throw new CmeError(3);
      const own = modem.kind.vendor.bands.eutran ?? [];
      if (choose(operation, [0, 1, 2]) === 0) modem.radio.bands = { eutran: own };
      else {
        if (!/^[01]{1,88}$/.test(bits)) throw new CmeError(50);
        modem.radio.bands = { eutran: own.filter((band) => bits.at(-band) === '1') };
      }
      return [];
    },
  };
}

function describeState(modem: ModemContext): readonly string[] {
  const cell = servingCell(modem);
  if (cell === null) return [`%XMONITOR: ${modem.state.stat}`];
  const { name, mcc, mnc, areaCode, band, cellId, pci, channel, rsrp, sinr } = cell;
  const names = `"${name}","${name}","${mcc}${mnc}","${areaCode}"`;
  return [
    `%XMONITOR: ${modem.state.stat},${names},7,${band},"${cellId}",${pci},${channel},${rsrp + 141},${sinr + 24},"","11100000","11100000","00000000"`,
  ];
}
