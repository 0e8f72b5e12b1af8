import { DeviceError } from '../../errors.ts';
import type { CancelReason } from '../../euicc/euicc.ts';
import type { DownloadAnswer, DownloadNeed, DownloadState, ProfilePreview } from './download-state.ts';
import { isSameProfile } from './profile-metadata.ts';

/** What the person has said so far in one download; it holds over the sessions that a wrong confirmation code costs. */
export type Decisions = {
  /** The profile that was approved, with its rules. */
  approved: ProfilePreview | null;
  /** A code that was given and not tried yet. */
  code: string | null;
  codeRefused: boolean;
};

export type Decision = { readonly kind: 'go'; readonly code: string | null } | { readonly kind: 'stop'; readonly reason: CancelReason };

export type AskPerson = (need: DownloadNeed, preview: ProfilePreview) => Promise<DownloadAnswer>;

/**
 * Asks what has to be asked of a preview: approval, consent to rules that bind, and the confirmation code. What was said of the very same
 * profile is not asked again.
 */
export async function* decide(
  preview: ProfilePreview,
  decisions: Decisions,
  ask: AskPerson,
  signal: AbortSignal,
): AsyncGenerator<DownloadState, Decision, void> {
  const state = (need: DownloadNeed | null): DownloadState => ({
    step: 'preview',
    server: preview.server,
    preview,
    need,
    progress: null,
    cancellable: true,
  });
  yield state(null);
  const former = decisions.approved;
  if (former === null || !isSameProfile(former.metadata, preview.metadata)) {
    decisions.approved = null;
    const rules = preview.needsConsent;
    for (const need of [{ kind: 'approval' } as const, ...(rules.length === 0 ? [] : [{ kind: 'consentToPpr', rules } as const])]) {
      yield state(need);
      const answer = await unlessAborted(ask(need, preview), signal);
      if (answer.kind === 'no') return { kind: 'stop', reason: answer.reason };
    }
    decisions.approved = preview;
  }
  if (!preview.confirmationCodeRequired) return { kind: 'go', code: null };
  if (decisions.code === null) {
    const need = { kind: 'confirmationCode', refused: decisions.codeRefused } as const;
    yield state(need);
    const answer = await unlessAborted(ask(need, preview), signal);
    if (answer.kind === 'no') return { kind: 'stop', reason: answer.reason };
    if (answer.kind !== 'confirmationCode' || answer.code === '') throw new DeviceError('CONFIRMATION_CODE_REQUIRED');
    decisions.code = answer.code;
  }
  return { kind: 'go', code: decisions.code };
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new DeviceError('CANCELLED'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
