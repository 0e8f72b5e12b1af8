import { DeviceError, type DeviceErrorCode } from '../../errors.ts';
import { reasonOf } from './pcsc-client.ts';

/** The sentences of the package that leave no doubt; everything else is settled by a look at the reader. */
const certain: Readonly<Record<string, DeviceErrorCode>> = {
  'PC/SC service not running': 'PCSC_SERVICE_DOWN',
  'PC/SC service stopped': 'PCSC_SERVICE_DOWN',
  'System cancelled operation': 'PCSC_SERVICE_DOWN',
  'Unknown reader': 'READER_GONE',
  'Reader unavailable': 'READER_GONE',
  'No readers available': 'READER_GONE',
  'Invalid handle': 'PCSC_SERVICE_DOWN',
  deadline: 'CARD_MUTE',
  'Sharing violation': 'CARD_BUSY',
  'Card was removed': 'CARD_REMOVED',
  'No smart card present': 'CARD_REMOVED',
  'Card is unresponsive': 'CARD_MUTE',
  'Card is unpowered': 'CARD_MUTE',
  'Card is not supported': 'CARD_MUTE',
  'Protocol mismatch': 'CARD_MUTE',
  'Invalid ATR': 'CARD_MUTE',
};

/** The code that a PC/SC failure stands for, or null where its sentence alone does not tell. */
export function pcscErrorCode(error: unknown): DeviceErrorCode | null {
  return certain[reasonOf(error)] ?? null;
}

/** A failure to power the card up: nothing was lost, the card is just not to be had. */
export function connectError(error: unknown, reader: string): DeviceError {
  const code = pcscErrorCode(error) ?? 'CARD_MUTE';
  return new DeviceError(code === 'CARD_REMOVED' ? 'NO_CARD' : code, { reader, reason: reasonOf(error) }, { cause: error });
}
