import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Language, Problem } from '#contract/common.ts';
import { explainProblem, type FindText, type ProblemWords } from '#contract/problem-key.ts';
import { authenticateServer } from '#native/euicc/es10/authenticate-server.ts';
import { cancelSession } from '#native/euicc/es10/cancel-session.ts';
import { deleteProfile } from '#native/euicc/es10/delete-profile.ts';
import { disableProfile } from '#native/euicc/es10/disable-profile.ts';
import { enableProfile } from '#native/euicc/es10/enable-profile.ts';
import { getProfilesInfo } from '#native/euicc/es10/get-profiles-info.ts';
import { prepareDownload } from '#native/euicc/es10/prepare-download.ts';
import { setNickname } from '#native/euicc/es10/set-nickname.ts';
import { installationError } from '#native/rsp/download/installation-error.ts';
import { checkStatus } from '#native/rsp/messages/rsp-function.ts';
import { toProblem } from './problem.ts';

const languages = ['en', 'zh-CN'] as const;

function findIn(language: Language): FindText {
  return (file, key) => {
    let found: unknown = JSON.parse(readFileSync(new URL(`../resources/locales/${language}/${file}.json`, import.meta.url), 'utf8'));
    for (const part of key.split('.')) found = (found as Readonly<Record<string, unknown>> | undefined)?.[part];
    return typeof found === 'string' ? found : null;
  };
}

function problemOf(failing: () => unknown): Problem {
  try {
    failing();
  } catch (error) {
    return toProblem(error);
  }
  throw new Error('it did not fail');
}

const explain = (problem: Problem, language: Language = 'en'): ProblemWords => explainProblem(problem, findIn(language));
const general = (problem: Problem, language: Language): ProblemWords => explain({ ...problem, details: {} }, language);
const refusedWith = (subjectCode: string, reasonCode: string, message?: string): Problem =>
  problemOf(() =>
    checkStatus(
      { header: { functionExecutionStatus: { status: 'Failed', statusCodeData: { subjectCode, reasonCode, message } } } },
      'authenticateClient',
    ),
  );
const stopped = (bppCommandId: number, errorReason: number): ProblemWords =>
  explain(toProblem(installationError({ kind: 'failed', bppCommandId, errorReason, simaResponse: null })));
const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const number = (value: number): string => value.toString(16).padStart(2, '0');

/** The status codes of SGP.22 v2.5 §5.6, §5.8 and §6.5, and those that servers give besides; by subject. */
const statusCodes: Readonly<Record<string, readonly string[]>> = {
  '1.1': ['1.1', '1.2'],
  '1.2': ['4.2', '4.4'],
  '1.2.1': ['2.1', '3.8'],
  '1.2.2': ['2.1'],
  '1.3.1': ['2.2'],
  '1.6': ['2.1', '2.2', '2.3', '5.3', '5.4'],
  '8.1': ['4.8', '6.1'],
  '8.1.1': ['2.1', '2.2', '3.1', '3.8', '3.10'],
  '8.1.2': ['6.1', '6.3'],
  '8.1.3': ['6.1', '6.3'],
  '8.1.4': ['6.1'],
  '8.2': ['1.2', '3.7'],
  '8.2.1': ['1.2', '3.1', '3.3', '3.5', '3.9', '3.10'],
  '8.2.5': ['1.2', '3.7', '3.8', '3.9', '4.3'],
  '8.2.6': ['3.3', '3.8', '3.10'],
  '8.2.7': ['2.2', '3.8', '6.4'],
  '8.8': ['3.10', '4.2'],
  '8.8.1': ['3.8'],
  '8.8.2': ['3.1'],
  '8.8.3': ['3.1'],
  '8.8.4': ['3.7'],
  '8.8.5': ['4.10', '6.4'],
  '8.9': ['4.2', '5.1'],
  '8.9.1': ['3.8'],
  '8.9.2': ['3.1'],
  '8.9.3': ['3.1'],
  '8.9.4': ['3.7'],
  '8.9.5': ['3.3', '3.9'],
  '8.10.1': ['3.9'],
  '8.11.1': ['3.9'],
};
const pairs = Object.entries(statusCodes).flatMap(([subject, reasons]) => reasons.map((reason) => [subject, reason] as const));

/** What a chip answers with a result (SGP.22 v2.5 §5.7), and the results that say more than "undefined". */
const results = [
  [
    'AuthenticateServer',
    (result: number) => authenticateServer.decode(bytes(`BF3808A1068001010201${number(result)}`)),
    [1, 2, 3, 4, 5, 6, 7, 127],
  ],
  ['PrepareDownload', (result: number) => prepareDownload.decode(bytes(`BF2108A1068001010201${number(result)}`)), [1, 2, 3, 4, 5, 127]],
  ['CancelSession', (result: number) => cancelSession.decode(bytes(`BF41038101${number(result)}`)), [5]],
  ['EnableProfile', (result: number) => enableProfile.decode(bytes(`BF31038001${number(result)}`)), [1, 2, 3, 4, 5]],
  ['DisableProfile', (result: number) => disableProfile.decode(bytes(`BF32038001${number(result)}`)), [1, 2, 3, 5]],
  ['DeleteProfile', (result: number) => deleteProfile.decode(bytes(`BF33038001${number(result)}`)), [1, 2, 3]],
  ['SetNickname', (result: number) => setNickname.decode(bytes(`BF29038001${number(result)}`)), [1]],
  ['GetProfilesInfo', (result: number) => getProfilesInfo.decode(bytes(`BF2D038101${number(result)}`)), [1]],
] as const;
const everyResult = results.flatMap(([name, decode, known]) => known.map((result) => ({ name, decode, result })));

describe.each(languages)('in %s', (language) => {
  test.each(pairs)('a server that refuses with %s/%s says why', (subject, reason) => {
    const problem = refusedWith(subject, reason);
    const words = explain(problem, language);
    expect(problem.details).toMatchObject({ subjectCode: subject, reasonCode: reason });
    // Of a code of its own or of the pair; neither the general words nor those that are put together.
    expect(words).not.toEqual(general({ ...problem, code: 'PROFILE_SERVER_REFUSED' }, language));
    expect(words.sentence).not.toMatch(/[{}（(]/u);
    expect(words.remedy).not.toBe('');
  });

  test.each(everyResult)('$name that ends with $result says why', ({ decode, result }) => {
    const problem = problemOf(() => decode(result));
    expect(problem.details['result']).toBe(result);
    for (const code of ['EUICC_REFUSED', 'CARD_REFUSED_SERVER'] as const) {
      expect(explain(problem, language).sentence).not.toBe(explain({ code, details: {} }, language).sentence);
    }
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 31, 32, 127])(
    'an installation that ends with %s says why',
    (errorReason) => {
      for (const bppCommandId of [0, 1, 2, 3, 4, 5]) {
        const problem = toProblem(installationError({ kind: 'failed', bppCommandId, errorReason, simaResponse: null }));
        const words = explain(problem, language);
        expect(problem.details).toMatchObject({ bppCommandId, errorReason });
        expect(words.sentence).not.toContain(explain({ code: 'PROFILE_INSTALLATION_FAILED', details: {} }, language).sentence);
        expect(words.sentence).not.toMatch(/[{}]/u);
      }
    },
  );

  test.each(['6700', '6881', '6982', '6985', '6A80', '6A81', '6A82', '6A86', '6A88', '6D00', '6E00', '6F00'])(
    'a card that answers %s',
    (sw) => {
      const problem: Problem = { code: 'CARD_STATUS', details: { command: 'GetEID', sw } };
      expect(explain(problem, language).sentence).not.toBe(general(problem, language).sentence);
    },
  );

  test('what is not known falls back to the words of its code', () => {
    const unknown: readonly Problem[] = [
      { code: 'EUICC_REFUSED', details: { command: 'SetNickname', result: 127 } },
      { code: 'CARD_REFUSED_SERVER', details: { command: 'AuthenticateServer', result: 99 } },
      { code: 'CARD_STATUS', details: { command: 'GetEID', sw: '6FFF' } },
      { code: 'PROFILE_INSTALLATION_FAILED', details: { bppCommandId: 9, errorReason: 99 } },
      { code: 'PROFILE_SERVER_REFUSED', details: { status: 'Failed', subjectCode: null, reasonCode: null, message: null } },
      { code: 'PROFILE_SERVER_UNTRUSTED', details: { reason: 'SELF_SIGNED_CERT_IN_CHAIN' } },
      { code: 'NO_CARD', details: { subjectCode: '8.2.6', reasonCode: '3.8', result: 1, sw: '6A82' } },
    ];
    for (const problem of unknown) expect(explain(problem, language)).toEqual(general(problem, language));
  });
});

test('3.1 is not 3.10, and 8.1 is not 8.1.1', () => {
  expect(explain(refusedWith('8.8', '3.10')).sentence).toBe('The server’s identity does not match.');
  expect(explain(refusedWith('8.8', '3.1')).sentence).toBe('The profile server refused the request (the profile server: not supported).');
  expect(explain(refusedWith('8.1', '2.1')).sentence).toBe('The profile server refused the request (the chip: invalid).');
});

test('a pair that has no words of its own is put together', () => {
  expect(explain(refusedWith('8.2.7', '6.3'), 'zh-CN').sentence).toBe('配置文件服务器拒绝了请求（确认码：已过期）。');
});

test('codes that nobody knows are shown, with what the server says', () => {
  expect(explain(refusedWith('9.9', '7.7')).sentence).toBe('The profile server refused the request with the code 9.9/7.7.');
  expect(explain(refusedWith('9.9', '7.7', '{{code}} $& no')).sentence).toBe(
    'The profile server refused the request with the code 9.9/7.7 and says “{{code}} $& no”.',
  );
});

test('a server cannot choose the words by a code that is none', () => {
  for (const code of ['constructor', '8.2.6/3-8', '../x', '8..2', '']) {
    expect(explain(refusedWith(code, '3.8')).sentence).toBe('The profile server refused the request.');
    expect(explain(refusedWith('8.2.6', code)).sentence).toBe('The profile server refused the request.');
  }
});

test('a reason that nobody knows still tells the step, and the other way round', () => {
  expect(stopped(5, 2).sentence).toBe('The signature of the package is wrong. It stopped at this step: installing the profile’s content.');
  expect(stopped(0, 99).sentence).toBe('The chip could not install the profile. It stopped at this step: opening the secure channel.');
  expect(stopped(99, 2).sentence).toBe('The signature of the package is wrong.');
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 31])('an installation that stops over a part with status %s says why', (status) => {
  const simaResponse = `3007A00530038001${number(status)}`;
  const problem = toProblem(installationError({ kind: 'failed', bppCommandId: 5, errorReason: 12, simaResponse }));
  for (const language of languages) {
    const without = explain({ ...problem, details: { ...problem.details, peStatus: null } }, language).sentence;
    const { sentence } = explain(problem, language);
    expect(sentence).not.toBe(without);
    expect(sentence.startsWith(without.slice(0, -1))).toBe(true);
  }
});

test('a server that ran out of time says so; a card that only said yes is told apart', () => {
  const expired = problemOf(() => checkStatus({ header: { functionExecutionStatus: { status: 'Expired' } } }, 'getBoundProfilePackage'));
  expect(explain(expired).sentence).toBe('The profile server did not finish in the time it has.');
  expect(explain({ code: 'EUICC_REFUSED', details: { result: 'unchanged', command: 'profile.enable' } }).sentence).toBe(
    'The chip said yes, but nothing has changed.',
  );
});

test.each(languages)('a chip in a modem without a free channel has a remedy of its own in %s', (language) => {
  const remedy = (via: string) => explain({ code: 'CHANNEL_UNAVAILABLE', details: { via } }, language).remedy;
  expect(remedy('modem')).toContain('leb modem free-channels');
  expect(remedy('reader')).not.toContain('leb modem');
});

test.each(languages)('a modem without a way to its chip says in %s what was tried', (language) => {
  const details = { modemChannel: '+CME ERROR: 4', csimChannel: '6881', csimBasic: 'ERROR' };
  const { sentence } = explain({ code: 'MODEM_NO_EUICC_ACCESS', details }, language);
  for (const answer of Object.values(details)) expect(sentence).toContain(answer);
});

test.each(languages)('a port says in %s whose it is, or who holds it', (language) => {
  const permission = (details: Problem['details']) =>
    explain({ code: 'PORT_PERMISSION', details: { port: '/dev/ttyUSB2', ...details } }, language);
  expect(permission({ access: 'group', group: 'dialout', user: 'ada' }).sentence).toContain('dialout');
  expect(permission({ access: 'group', group: 'dialout', user: 'ada' }).remedy).toContain('usermod -aG dialout ada');
  expect(permission({ access: 'signInAgain', group: 'uucp', user: 'ada' }).sentence).toContain('uucp');
  expect(permission({ access: 'rule' }).remedy).toContain('70-leb-companion-modem.rules');
  expect(explain({ code: 'PORT_BUSY', details: { holder: 'minicom' } }, language).sentence).toContain('minicom');
  const managed = (connected: boolean) => explain({ code: 'PORT_BUSY', details: { holder: 'ModemManager', connected } }, language);
  expect(managed(false).sentence).toContain('ModemManager');
  expect(managed(true).sentence).not.toBe(managed(false).sentence);
  // Without such knowledge the general words stand.
  expect(permission({ access: 'group' })).toEqual(permission({}));
});

test('an order that a modem took and did not carry out is no answer that cannot be read', () => {
  const unchanged: Problem = { code: 'AT_ANSWER', details: { command: '+URAT', reason: 'unchanged' } };
  for (const language of languages) expect(explain(unchanged, language)).not.toEqual(general(unchanged, language));
});
