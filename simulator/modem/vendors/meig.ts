import { cardNumberCommand } from '../commands/card-number.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { systemConfiguration } from './system-configuration.ts';

/** SLM828. Of its commands for cells nothing is known that could be relied on: it has none here. */
export const meig: ModemVendor = {
  manufacturer: 'MEIG',
  model: 'SLM828-G',
  revision: 'SLM828-G_EQ101_1.0.1',
  identity: ['Manufacturer: MEIG', 'Model: SLM828-G', 'Revision: SLM828-G_EQ101_1.0.1', '+GCAP: +CGSM'],
  usb: { vendorId: '2dee', productId: '4d22', interface: 2 },
  boot: [],
  card: { found: [], lost: [], saysPin: true },
  bands: { gsm: [850, 900, 1800, 1900], utran: [1, 2, 5, 8], eutran: [1, 2, 3, 4, 5, 7, 8, 20, 28, 38, 40, 41] },
  commands: [cardNumberCommand('+ICCID', { filler: false }), systemConfiguration],
  lacks: ['+CCID'],
  restartLevel: null,
  chatter: ['+CTZV: +04', '+CGEV: NW MODIFY 1,0'],
  traits: {},
};
