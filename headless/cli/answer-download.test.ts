import { describe, expect, it } from 'vitest';
import type { ProfilePreview, Task, TaskNeed } from '#contract/desk/tasks.ts';
import { answerDownload, type DownloadConsent, type Person } from './answer-download.ts';
import { createWords } from './words.ts';

const words = createWords('en');
const preview: ProfilePreview = {
  iccid: '8944990000000048210',
  serviceProviderName: 'LEB',
  profileName: 'LEB Asia',
  profileClass: 'operational',
  ownerMccMnc: '00101',
  policyRules: ['ppr1'],
  icon: null,
  server: 'smdp.leb.example',
  packageSize: 12_000,
  freeMemory: 300_000,
  confirmationCodeRequired: true,
  needsConsent: ['ppr1'],
};
const needs = {
  approval: { kind: 'approval' },
  consent: { kind: 'consentToPpr', rules: ['ppr1'] },
  code: { kind: 'confirmationCode', refused: false },
  refused: { kind: 'confirmationCode', refused: true },
} as const satisfies Record<string, TaskNeed>;

type Asked = { readonly questions: string[]; readonly told: string[] };

/** Someone who answers every question with the same words, or nobody. */
function answer(need: TaskNeed, says: string | null, consent: Partial<DownloadConsent> = {}, change: Partial<ProfilePreview> = {}) {
  const asked: Asked = { questions: [], told: [] };
  const person: Person | null =
    says === null
      ? null
      : {
          ask: async (question) => (asked.questions.push(question), says),
          tell: (text) => void asked.told.push(text),
        };
  const task = { preview: { ...preview, ...change } } as Task;
  const answerNeed = answerDownload(words, { yes: false, acceptRules: false, ...consent }, person, async () => 'the preview');
  return { asked, given: answerNeed(task, need, new AbortController().signal) };
}

describe('a download without a person', () => {
  it('is approved by the command itself', async () => {
    expect(await answer(needs.approval, null).given).toEqual({ kind: 'yes' });
  });

  it.each<[string, TaskNeed, Partial<ProfilePreview>]>([
    ['EUICC_MEMORY_FULL', needs.approval, { packageSize: 300_001 }],
    ['CONSENT_REQUIRED', needs.consent, {}],
    ['CONFIRMATION_CODE_REQUIRED', needs.code, {}],
    ['CONFIRMATION_CODE_REFUSED', needs.refused, {}],
  ])('stops with %s', async (code, need, change) => {
    await expect(answer(need, null, {}, change).given).rejects.toMatchObject({ code });
  });

  it('takes what the command line says', async () => {
    expect(await answer(needs.approval, null, { yes: true }, { packageSize: 300_001 }).given).toEqual({ kind: 'yes' });
    expect(await answer(needs.consent, null, { acceptRules: true }).given).toEqual({ kind: 'yes' });
  });
});

describe('a download with a person', () => {
  it('shows what would be installed, and asks', async () => {
    const { asked, given } = answer(needs.approval, 'y');
    expect(await given).toEqual({ kind: 'yes' });
    expect(asked).toEqual({ questions: ['Install this profile? [y/N] '], told: ['\nthe preview\n'] });
  });

  it('says that it will hardly fit', async () => {
    const { asked, given } = answer(needs.approval, 'yes', {}, { packageSize: 300_001 });
    expect(await given).toEqual({ kind: 'yes' });
    expect(asked.questions[0]).toContain('no room');
  });

  it.each(['', 'n', 'no', 'perhaps'])('takes “%s” for a no', async (says) => {
    const { asked, given } = answer(needs.approval, says);
    await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(asked.told).toContain(words.say('note.orderOpen'));
    await expect(answer(needs.consent, says).given).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('asks for consent to the rules', async () => {
    const { asked, given } = answer(needs.consent, 'y');
    expect(await given).toEqual({ kind: 'yes' });
    expect(asked.questions).toEqual(['Do you agree to PPR1? [y/N] ']);
  });

  it('asks for the code, and says that the one before was wrong', async () => {
    expect(await answer(needs.code, '2748').given).toEqual({ kind: 'confirmationCode', code: '2748' });
    const again = answer(needs.refused, '2748');
    expect(await again.given).toEqual({ kind: 'confirmationCode', code: '2748' });
    expect(again.asked.told).toEqual([words.error('CONFIRMATION_CODE_REFUSED').sentence]);
    await expect(answer(needs.code, '').given).rejects.toMatchObject({ code: 'CONFIRMATION_CODE_REQUIRED' });
  });
});
