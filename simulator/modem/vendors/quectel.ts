import { cardNumberCommand } from '../commands/card-number.ts';
import { assertCard, identityOf } from '../commands/sim.ts';

import type { ModemVendor } from './modem-vendor.ts';
import { quectelCells } from './quectel-cells.ts';
import { quectelRadio } from './quectel-radio.ts';
import { quectelSettings } from './quectel-settings.ts';

/** EG25-G. It leaves GET RESPONSE to the host. */
export const quectel: ModemVendor = {
  manufacturer: 'Quectel',
  model: 'EG25',
  revision: 'EG25GGBR07A08M2G',
  identity: ['Quectel', 'EG25', 'Revision: EG25GGBR07A08M2G'],
  usb: { vendorId: '2c7c', productId: '0125', interface: 2 },
  boot: ['RDY'],
  card: { found: ['+QUSIM: 1'], lost: [], saysPin: true },
  bands: {
    gsm: [850, 900, 1800, 1900],
    utran: [1, 2, 4, 5, 6, 8, 19],
    eutran: [1, 2, 3, 4, 5, 7, 8, 12, 13, 18, 19, 20, 25, 26, 28, 38, 39, 40, 41],
  },
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
    ...quectelCells,
    quectelRadio,
    ...quectelSettings,
  ],
  lacks: ['+CPINR'],
  restartLevel: null,
  chatter: ['+QIND: "csq",21,99', '+CTZV: +04', '+CGEV: NW MODIFY 1,0'],
  traits: { fetchesAnswers: false },
};
