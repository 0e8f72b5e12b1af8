import type { PacketData, SuggestedContext } from '#contract/desk/modem.ts';

export type PacketContext = PacketData['contexts'][number];

/** Names under which networks offer calls, messages and emergency calls, not data (GSMA IR.88 §6.3). */
const notForData = /^(?:ims|sos|xcap|hos|emergency)(?:$|\.)/iu;
const isForData = ({ apn }: PacketContext): boolean => !notForData.test(apn);

/** The context that data goes through: the active one, else the first one, else the one that every modem begins with. */
export function dataContext({ contexts }: PacketData): { readonly cid: number; readonly context: PacketContext | null } {
  const usable = contexts.filter(isForData).toSorted((one, other) => one.cid - other.cid);
  const context = usable.find(({ active }) => active) ?? usable[0] ?? null;
  return { cid: context?.cid ?? freeCid({ contexts }), context };
}

/** The first number that no context has. */
export function freeCid({ contexts }: Pick<PacketData, 'contexts'>): number {
  const taken = new Set(contexts.map(({ cid }) => cid));
  let cid = 1;
  while (taken.has(cid)) cid += 1;
  return cid;
}

/** Whether a context is already what a carrier suggests. An address type that is not told apart, and a password, are not compared. */
export function isSuggestion(context: PacketContext, suggestion: SuggestedContext): boolean {
  const userName = suggestion.authentication?.protocol === 'none' ? '' : (suggestion.authentication?.userName ?? '');
  return (
    context.apn.toLowerCase() === suggestion.apn.toLowerCase() &&
    context.type === suggestion.type &&
    (context.authentication === null || context.authentication.userName === userName)
  );
}
