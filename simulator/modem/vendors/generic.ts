import { cardNumberCommand } from '../commands/card-number.ts';
import type { ModemVendor } from './modem-vendor.ts';
import { technologyCommand, wirelessModes } from './vendor-commands.ts';

/** A modem of nobody in particular: the commands of 3GPP TS 27.007 and TS 27.005 alone. */
export const generic: ModemVendor = {
  manufacturer: 'Bench',
  model: 'B1',
  revision: 'B1_1.0.0',
  identity: ['Bench B1', 'B1_1.0.0'],
  usb: { vendorId: '1d6b', productId: '0104', interface: 0 },
  boot: [],
  card: { found: [], lost: [], saysPin: false },
  bands: { gsm: [900, 1800], utran: [1, 8], eutran: [1, 3, 7, 8, 20] },
  commands: [cardNumberCommand('+CCID', { filler: false }), technologyCommand('+WS46', wirelessModes)],
  lacks: [],
  restartLevel: null,
  chatter: ['+CTZV: +04', '+CGEV: NW MODIFY 1,0'],
  traits: {},
};
