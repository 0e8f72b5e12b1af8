import { cellCommands } from '../commands/cells.ts';
import { cardNumberCommand } from '../commands/card-number.ts';
import { assertCard, identityOf } from '../commands/sim.ts';
import type { ModemVendor } from './modem-vendor.ts';

/** EG25-G. It leaves GET RESPONSE to the host. */
export const quectel: ModemVendor = {
  manufacturer: 'Quectel',
  model: 'EG25',
  revision: 'EG25GGBR07A08M2G',
  identity: ['Quectel', 'EG25', 'Revision: EG25GGBR07A08M2G'],
  usb: { vendorId: '2c7c', productId: '0125', interface: 2 },
  boot: ['RDY'],
  card: { found: ['+QUSIM: 1'], lost: [], saysPin: true },
  commands: [
    ...['+QCCID', '+CCID', '+ICCID'].map((name) => cardNumberCommand(name, { filler: true })),
    {
      name: '+QPINC',
      takes: { read: 20 },
      test: () => ['+QPINC: ("SC","P2")'],
      read(modem) {
        assertCard(modem);
        const lock = modem.pinOf(identityOf(modem));
        return [`+QPINC: "SC",${lock.pinLeft},${lock.pukLeft}`, '+QPINC: "P2",3,10'];
      },
    },
    ...cellCommands,
  ],
  lacks: [],
  restartLevel: null,
  chatter: ['+QIND: "csq",21,99', '+CTZV: +04', '+CGEV: NW MODIFY 1,0'],
  traits: { fetchesAnswers: false },
};
