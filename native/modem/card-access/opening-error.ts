import { DeviceError, isDeviceError, type ErrorDetails } from '../../errors.ts';
import { cardWayNames, type CardWayName } from './card-way.ts';

/** What each way was refused with, in the modem's or the card's own words. */
export type Refusals = ReadonlyMap<CardWayName, DeviceError>;

/** A refusal that has nothing to do with the way: it is said by what it means. Null where another way may lead further. */
export function clearError(error: unknown): unknown {
  if (!isDeviceError(error)) return error;
  if (error.code === 'CME_ERROR') return clearCmeError(error);
  return error.code === 'AT_ERROR' || error.code === 'CARD_STATUS' ? null : error;
}

/** 3GPP TS 27.007 §9.2.1. */
function clearCmeError(error: DeviceError): DeviceError | null {
  switch (error.details['code']) {
    case 10:
      return new DeviceError('SIM_ABSENT', error.details, { cause: error });
    case 11:
      return new DeviceError('SIM_PIN_REQUIRED', error.details, { cause: error });
    case 12:
      return new DeviceError('SIM_PUK_REQUIRED', error.details, { cause: error });
    case 13:
    case 14:
    case 15:
      return error;
    case 20:
      return new DeviceError('CHANNEL_UNAVAILABLE', error.details, { cause: error });
    default:
      return null;
  }
}

export function isCardBusy(error: unknown): boolean {
  return isDeviceError(error) && error.code === 'CME_ERROR' && error.details['code'] === 14;
}

/** Says of each way what came of it. The refusal of the first way rides along: it is the one that the modem's manual explains. */
export function refusedEverywhere(code: 'NOT_AN_EUICC' | 'CHANNEL_UNAVAILABLE' | 'MODEM_NO_EUICC_ACCESS', refusals: Refusals): DeviceError {
  const inOrder = cardWayNames.flatMap((way) => {
    const error = refusals.get(way);
    return error === undefined ? [] : [{ way, error }];
  });
  const first = inOrder[0]?.error;
  const tried: ErrorDetails = Object.fromEntries(inOrder.map(({ way, error }) => [way, inShort(error)]));
  return new DeviceError(code, { ...first?.details, ...tried }, { cause: first });
}

function inShort({ code, details }: DeviceError): string {
  if (code === 'CME_ERROR') return `+CME ERROR: ${String(details['code'] ?? details['name'])}`;
  return String(details['sw'] ?? details['result'] ?? code);
}
