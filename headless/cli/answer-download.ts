import type { Task, TaskAnswer } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import { assertNever } from '#core/assert-never.ts';
import { askYes } from './ask.ts';
import type { AnswerNeed } from './follow-task.ts';
import { fits } from './profile-preview.ts';
import { formatList } from './text.ts';
import type { Words, WordValues } from './words.ts';

/** What was said on the command line already. */
export type DownloadConsent = {
  /** Do not ask for approval. */
  readonly yes: boolean;
  /** Policy rules of the profile are agreed to. */
  readonly acceptRules: boolean;
};

/** The person at the terminal. */
export type Person = {
  ask(question: string, over: AbortSignal): Promise<string>;
  tell(text: string): void;
};

/**
 * Answers what a download asks for: from the command line, else by asking `person`. Without a person the command itself is the approval,
 * unless the chip has no room for the profile; a missing consent or code leaves the order open.
 * @throws LebError CANCELLED where the person said no; CONSENT_REQUIRED, CONFIRMATION_CODE_REQUIRED, CONFIRMATION_CODE_REFUSED, EUICC_MEMORY_FULL
 */
export function answerDownload(
  words: Words,
  consent: DownloadConsent,
  person: Person | null,
  show: (task: Task) => Promise<string>,
): AnswerNeed {
  return async (task, need, over) => {
    const question = (text: string): Promise<string> => person?.ask(text, over) ?? Promise.resolve('');
    const agree = async (key: string, values: WordValues = {}): Promise<TaskAnswer> => {
      if (await askYes(question, words, words.say(key, values))) return { kind: 'yes' };
      person?.tell(words.say('note.orderOpen'));
      throw new LebError('CANCELLED');
    };
    switch (need.kind) {
      case 'approval': {
        person?.tell(`\n${await show(task)}\n`);
        const tooLarge = task.preview !== null && fits(task.preview) === false;
        if (consent.yes) return { kind: 'yes' };
        if (person === null) {
          if (tooLarge) throw new LebError('EUICC_MEMORY_FULL', sizes(task));
          return { kind: 'yes' };
        }
        return agree(tooLarge ? 'ask.installTooLarge' : 'ask.install');
      }
      case 'consentToPpr':
        if (consent.acceptRules) return { kind: 'yes' };
        if (person === null) throw new LebError('CONSENT_REQUIRED', { rules: need.rules.join(' '), option: '--accept-ppr' });
        return agree('ask.consent', {
          rules: formatList(
            words,
            need.rules.map((rule) => rule.toUpperCase()),
          ),
        });
      case 'confirmationCode': {
        const missing = need.refused ? 'CONFIRMATION_CODE_REFUSED' : 'CONFIRMATION_CODE_REQUIRED';
        if (person === null) throw new LebError(missing, { option: '--confirmation-code' });
        if (need.refused) person.tell(words.error(missing).sentence);
        const code = await question(words.say('ask.confirmationCode'));
        if (code === '') throw new LebError(missing);
        return { kind: 'confirmationCode', code };
      }
      default:
        return assertNever(need);
    }
  };
}

function sizes({ preview }: Task): { readonly packageSize: number | null; readonly freeMemory: number | null; readonly option: string } {
  return { packageSize: preview?.packageSize ?? null, freeMemory: preview?.freeMemory ?? null, option: '--yes' };
}
