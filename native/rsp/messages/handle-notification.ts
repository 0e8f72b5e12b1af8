import { type RspFunction, checkStatus, toBase64, usualDeadlineMs } from './rsp-function.ts';

const name = 'handleNotification';

/** ES9+ HandleNotification (SGP.22 v2.5 §5.6.4): the answer is 204 without a body, and nothing else is wanted. */
export const handleNotification: RspFunction<Uint8Array, void> = {
  name,
  deadlineMs: usualDeadlineMs,
  repeatable: true,
  encode: (pendingNotification) => ({ pendingNotification: toBase64(pendingNotification) }),
  decode: (body) => checkStatus(body, name),
};
