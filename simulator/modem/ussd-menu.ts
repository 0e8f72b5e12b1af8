/** What the network says, and whether it waits for an answer (`<m>` of 3GPP TS 27.007 §7.15). */
export type UssdAnswer = { readonly m: 0 | 1 | 2 | 4; readonly text: string };

/** By the code, and what was answered to it behind a slash each. */
export type UssdCodes = Readonly<Record<string, { readonly text: string; readonly more: boolean }>>;

const benchMenus: Readonly<Record<string, UssdAnswer>> = {
  '*100#': { m: 1, text: 'LEB\n1 Data left\n2 Valid until\n3 余量\n0 End' },
  '*100#/1': { m: 0, text: 'Data left: 3.80 GB [of 10 GB]' },
  '*100#/2': { m: 1, text: 'Your plan ends in 23 days.\n9 Back' },
  '*100#/3': { m: 0, text: '剩余流量：3.80 GB' },
  '*100#/0': { m: 2, text: '' },
};

/** One dialogue at a time. */
export type UssdMenu = {
  dial(text: string): UssdAnswer;
  end(): void;
  /** Other codes than the bench's. */
  setCodes(codes: UssdCodes): void;
};

export function makeUssdMenu(): UssdMenu {
  let place: string | null = null;
  let menus = benchMenus;
  return {
    setCodes(codes) {
      place = null;
      menus = Object.fromEntries(Object.entries(codes).map(([code, { text, more }]) => [code, { m: more ? 1 : 0, text }]));
    },
    dial(text) {
      const isBack = place !== null && text === '9';
      const next: string = isBack || place === null ? (isBack ? (place?.split('/')[0] ?? '') : text) : `${place}/${text}`;
      // A wrong answer ends the dialogue, a code that nobody knows is refused.
      const answer = menus[next] ?? (place === null ? { m: 4, text: '' } : { m: 2, text: '' });
      place = answer.m === 1 ? next : null;
      return answer;
    },
    end() {
      place = null;
    },
  };
}
