import { usualTimings, type AtChannelTimings } from '../at/channel-types.ts';

/** How long a modem and its card take, in milliseconds. A virtual modem that runs faster than the real ones can be given smaller values. */
export type ModemTimings = {
  readonly channel: AtChannelTimings;
  /** Deadline of the very first command. */
  readonly probeMs: number;
  /** After a profile was switched: how long the modem has to notice by itself. */
  readonly noticeMs: number;
  /** After the radio or the card was switched off and on: how long until the card is ready. */
  readonly readyMs: number;
  /** How long a card must stay absent to count as a card without an enabled profile. */
  readonly settleMs: number;
  /** The safety net beside the modem's own news. */
  readonly pollMs: number;
  /** How long a refusal by the network must last to be believed. */
  readonly deniedMs: number;
  /** Deadline of what the card answers fast. */
  readonly cardMs: number;
  /** Deadline of the commands during which a card may work for minutes: switching, deleting, installing. */
  readonly longCardMs: number;
  /** How long a busy card is waited for when a channel is opened. */
  readonly busyMs: number;
  /** How long a card stays without power. */
  readonly cardRestMs: number;
};

export const usualModemTimings: ModemTimings = {
  channel: usualTimings,
  probeMs: 1_500,
  noticeMs: 15_000,
  readyMs: 20_000,
  settleMs: 5_000,
  pollMs: 2_000,
  deniedMs: 20_000,
  cardMs: 30_000,
  longCardMs: 240_000,
  busyMs: 10_000,
  cardRestMs: 3_000,
};
