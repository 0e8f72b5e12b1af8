import { quectel } from './quectel.ts';
import type { ModemVendor } from './vendor.ts';

/** EG915Q and EG916Q: without a contact that feels the card, and with a port that goes when the card is switched off. */
export const quectelEg916q: ModemVendor = {
  ...quectel,
  name: 'quectelEg916q',
  matches: (identity) => quectel.matches(identity) && /EG91[56]Q/i.test(identity.model ?? ''),
  refresh: ['cardOffOn', 'radioOffOn'],
  cardOffOn: 'oneLine',
};
