import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import type { EuiccCredential } from '../../pki/load-pki.ts';
import type { ChipKind } from '../chip-kind.ts';
import type { ChipState } from '../chip-state.ts';
import type { RspSession } from '../rsp/rsp-session.ts';

/** What an ES10 function may see and touch of the card around it. */
export type Es10Context = {
  readonly kind: ChipKind;
  /** The eSIM port on which the command came in. */
  readonly port: number;
  /** As last written. */
  state(): ChipState;
  /** Durable when it returns; a failure to write ends the command with 6581. */
  save(next: ChipState): void;
  /** A proactive session is going on, or a REFRESH waits to be fetched. */
  catBusy(): boolean;
  /** Asks the terminal for a REFRESH; without a terminal that knows REFRESH the switch waits for a reset. */
  requestRefresh(): void;
  readonly session: RspSession;
  /** The chip's key, certificate and root. @throws Error where the bench's certificates cannot be read */
  credential(): EuiccCredential;
};

/** @returns the whole response object, or nothing. @throws StatusWordError, DeviceError CARD_ANSWER where the request is malformed */
export type Es10Function = (request: Tlv, chip: Es10Context) => Uint8Array;
