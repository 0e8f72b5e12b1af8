import type { CommandApdu, ResponseApdu } from '../../apdu/card-access.ts';

/**
 * The ways to the card, in the order in which they are tried: the modem's own logical channels (AT+CCHO), a channel that is opened with APDUs
 * through AT+CSIM, and the basic channel through AT+CSIM, which the modem itself uses.
 */
export const cardWayNames = ['modemChannel', 'csimChannel', 'csimBasic'] as const;
export type CardWayName = (typeof cardWayNames)[number];

/** An application that is open on the card. */
export type CardLine = {
  /** Opened in an earlier access, and perhaps closed since without our knowing. */
  readonly reused: boolean;
  /** Follows 61xx and 6Cxx to the end. */
  transmit(command: CommandApdu): Promise<ResponseApdu>;
  /** Never throws. */
  close(): Promise<void>;
};

/** One way through a modem. What it says of itself is not asked: whether it leads anywhere shows when it is gone. */
export type CardWay = {
  readonly name: CardWayName;
  /** @throws DeviceError NOT_AN_EUICC where the card itself says so; CHANNEL_UNAVAILABLE; what the modem answered */
  open(aid: Uint8Array): Promise<CardLine>;
  /** Gives up what was kept open for the next application. Never throws. */
  close(): Promise<void>;
  /** The card has begun anew: nothing is open any more. */
  forget(): void;
  /** Closes what may be open, whoever opened it. Never throws. */
  free(): Promise<void>;
};

/** Of the channels beside the basic one a card has at least these (ETSI TS 102 221 §8.7); what modems leave open are the first ones. */
export const usualChannels = [1, 2, 3] as const;
