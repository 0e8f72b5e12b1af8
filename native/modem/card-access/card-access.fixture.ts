import { onTestFinished } from 'vitest';
import type { CardAccess } from '../../apdu/card-access.ts';
import type { Modem } from '../modem.ts';
import { openModem } from '../open-modem.ts';
import { createScriptedModem, quickTimings, type ScriptedModem } from '../scripted-modem.fixture.ts';

export const isdR = Uint8Array.from(Buffer.from('A0000005591010FFFFFFFF8900000100', 'hex'));
export const openIsdR = '+CCHO="A0000005591010FFFFFFFF8900000100"';

/** The card in a scripted modem; for tests only. */
export async function reach(
  answers: Readonly<Record<string, string>>,
  respond?: (part: string) => string | undefined,
  raw?: (line: string) => string | null | undefined,
): Promise<{ scripted: ScriptedModem; modem: Modem; access: CardAccess }> {
  const scripted = createScriptedModem(answers, { ...(respond === undefined ? {} : { respond }), ...(raw === undefined ? {} : { raw }) });
  const modem = await openModem(scripted.connection, quickTimings);
  onTestFinished(() => modem.close());
  return { scripted, modem, access: await modem.cardAccess() };
}
