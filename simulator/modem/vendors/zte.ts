import { cardNumberCommand } from '../commands/card-number.ts';
import type { ModemContext } from '../modem-state.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { countersOf, technologyCommand, tellingCommand, type ModeSet, type TechnologyModes } from './vendor-commands.ts';

/** The first of three numbers; the others are the way of searching and the order of choice. */
const modes: TechnologyModes = new Map<string, ModeSet>([
  ['0', 'all'],
  ['1', ['gsm']],
  ['2', ['utran']],
  ['6', ['eutran']],
]);

/** MF831. */
export const zte: ModemVendor = {
  manufacturer: 'ZTE CORPORATION',
  model: 'MF831',
  revision: 'BD_MF831V1.0.0B01',
  identity: ['Manufacturer: ZTE CORPORATION', 'Model: MF831', 'Revision: BD_MF831V1.0.0B01', '+GCAP: +CGSM,+DS,+ES'],
  usb: { vendorId: '19d2', productId: '1403', interface: 1 },
  boot: [],
  card: { found: ['+ZUSIMR:2'], lost: [], saysPin: false },
  bands: { gsm: [850, 900, 1800, 1900], utran: [1, 2, 5, 8], eutran: [1, 3, 7, 8, 20] },
  commands: [
    cardNumberCommand('+ICCID', { filler: false }),
    cardNumberCommand('+ZGETICCID', { filler: false }),
    // It answers the test form with the numbers.
    {
      name: '+ZPINPUK',
      test: (modem) => {
        const { pin, puk } = countersOf(modem);
        return [`+ZPINPUK: ${pin},${puk}`];
      },
    },
    technologyCommand('+ZSNT', modes, (mode) => `${mode},0,0`),
    tellingCommand('+ZPAS', 'read', ({ state }) => [`+ZPAS: ${describeAccess(state)}`]),
  ],
  lacks: ['+CPINR', '+CCID'],
  restartLevel: null,
  chatter: ['+ZUSIMR:2', '+ZPASR: "LTE"', '+CTZV: +04'],
  traits: {},
};

function describeAccess({ cell }: ModemContext['state']): string {
  const names = { gsm: 'EDGE', utran: 'HSPA+', eutran: 'LTE', nr: '5G' } as const;
  return cell === null ? '"No Service"' : `"${names[cell.technology]}","CS_PS"`;
}
