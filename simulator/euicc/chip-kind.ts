import { UsageError } from '../usage-error.ts';

/** Where makers put the ISD-R; the first is the one of the specification (SGP.02 v4.2 annex H). */
const makersAids = {
  gsma: 'A0000005591010FFFFFFFF8900000100',
  '5ber': 'A0000005591010FFFFFFFF8900050500',
  'esim.me': 'A0000005591010000000008900000300',
  xesim: 'A0000005591010FFFFFFFF8900000177',
  'estk.me': 'A06573746B6D65FFFF4953442D522030',
  'estk.me-second': 'A06573746B6D65FFFF4953442D522031',
  'estk.me-older': 'A06573746B6D65FFFFFFFF4953442D52',
  linksfield: 'A000000559104C696E6B736669656C64',
  glocalme: 'A0000006281010FFFFFFFF8900000100',
} as const;

export type MepMode = 'A1' | 'A2' | 'B';

/** How a card is built and where it is awkward. The commands ask this and know no names of kinds. */
export type ChipKind = {
  /** As it is written in the chip's folder and on the command line. */
  readonly text: string;
  readonly protocol: 'T=0' | 'T=1';
  /** The AID of the ISD-R in each of its secure elements, upper-case hex. */
  readonly isdrAids: readonly string[];
  /** The applet of eSTK.me that says what product this is. */
  readonly productApplet: boolean;
  /** Several profiles enabled at once (SGP.22 v3 §2.12), in a mode that the maker agreed on beforehand. */
  readonly mep: MepMode | null;
  /** Which identifier EnableProfile, DisableProfile and DeleteProfile take. */
  readonly identifier: 'both' | 'iccid' | 'aid';
  /** Which refresh flag EnableProfile and DisableProfile take. */
  readonly refresh: 'both' | 'with' | 'without';
  /** How it says no to the other form; `done` says yes, and does nothing. */
  readonly refusal: 'undefinedError' | 'notFound' | 'wrongData' | 'done';
  /** So many switches in a row are answered catBusy; a reset or a TERMINAL RESPONSE ends it earlier, a switch begins it anew. */
  readonly catBusyTimes: number;
  /** Where SELECT of the ISD-R finds it selected by someone who left: on channel 1, or on the first channel that is handed out. */
  readonly staleChannel: 'none' | 'elsewhere' | 'itself';
  /** Channels under this one are never free. */
  readonly firstChannel: number;
  /** Longer STORE DATA is answered 6700. */
  readonly longestBlock: number;
  /** A list of tags with one of a later version in it is refused. */
  readonly strictTags: boolean;
  /** Bytes that a new chip has left beside its profiles; null: an ordinary size. */
  readonly freeMemory: number | null;
  /** Bytes that a profile can really have, whatever EUICCInfo2 says. */
  readonly usableMemory: number;
  readonly iccidDigits: 18 | 19;
  /** Of a new chip. */
  readonly nextSeqNumber: number;
};

const ordinary: ChipKind = {
  text: 'normal',
  protocol: 'T=0',
  isdrAids: [makersAids.gsma],
  productApplet: false,
  mep: null,
  identifier: 'both',
  refresh: 'both',
  refusal: 'undefinedError',
  catBusyTimes: 0,
  staleChannel: 'none',
  firstChannel: 1,
  longestBlock: 255,
  strictTags: false,
  freeMemory: null,
  usableMemory: Number.MAX_SAFE_INTEGER,
  iccidDigits: 19,
  nextSeqNumber: 1,
};

type NumberField = 'catBusyTimes' | 'firstChannel' | 'longestBlock' | 'nextSeqNumber';

type Trait = {
  readonly about: string;
  readonly change: Partial<ChipKind>;
  /** `name=N` where another number is wanted than the one in `change`. */
  readonly number?: { readonly field: NumberField; readonly least: number; readonly most: number };
};

const traits: Readonly<Record<string, Trait>> = {
  normal: { about: 'as the specification has it', change: {} },
  full: { about: 'memory for no further profile', change: { freeMemory: 2048 } },
  'less-memory': { about: 'memory that EUICCInfo2 promises and an installation does not find', change: { usableMemory: 2048 } },
  'two-se': {
    about: 'two secure elements, each with an EID, profiles and notifications of its own, and the applet that names the product',
    change: { isdrAids: [makersAids['estk.me'], makersAids['estk.me-second']], productApplet: true },
  },
  mep: { about: 'two profiles enabled at once; the terminal assigns the ports (MEP-A1)', change: { mep: 'A1' } },
  'mep-a2': { about: 'the same; the card assigns the ports', change: { mep: 'A2' } },
  'mep-b': { about: 'the same; the port is the one on which the command comes in', change: { mep: 'B' } },
  'only-iccid': { about: 'takes profiles by ICCID alone', change: { identifier: 'iccid' } },
  'only-aid': { about: 'takes profiles by AID alone', change: { identifier: 'aid' } },
  'only-refresh': { about: 'switches with the refresh flag alone', change: { refresh: 'with' } },
  'only-no-refresh': {
    about: 'switches without the refresh flag alone; these four answer undefinedError, or with one of the next',
    change: { refresh: 'without' },
  },
  silent: { about: '"done", and it is not done', change: { refusal: 'done' } },
  'says-not-found': { about: 'iccidOrAidNotFound', change: { refusal: 'notFound' } },
  'says-6a80': { about: 'status word 6A80', change: { refusal: 'wrongData' } },
  'cat-busy': {
    about: 'the first N switches are answered catBusy (3)',
    change: { catBusyTimes: 3 },
    number: { field: 'catBusyTimes', least: 1, most: 1000 },
  },
  'short-iccid': { about: 'ICCIDs of 18 digits', change: { iccidDigits: 18 } },
  'stale-channel': {
    about: 'SELECT is answered 6999 until channel 1, which someone left open, is closed',
    change: { staleChannel: 'elsewhere' },
  },
  'stale-own-channel': { about: 'SELECT is answered 6999 on the first channel, whatever is closed', change: { staleChannel: 'itself' } },
  'high-channels': {
    about: 'no channel under N is free (4)',
    change: { firstChannel: 4 },
    number: { field: 'firstChannel', least: 2, most: 19 },
  },
  'short-block': {
    about: 'STORE DATA of more than N bytes is answered 6700 (100)',
    change: { longestBlock: 100 },
    number: { field: 'longestBlock', least: 63, most: 254 },
  },
  'strict-tags': { about: 'refuses a list of tags with one that it does not know', change: { strictTags: true } },
  sequence: {
    about: 'the next notification has the number N (126)',
    change: { nextSeqNumber: 126 },
    number: { field: 'nextSeqNumber', least: 0, most: 2_000_000_000 },
  },
  t1: { about: 'speaks T=1', change: { protocol: 'T=1' } },
};

const isdrAidTrait = 'isdr-aid';

/**
 * `two-se`, `only-aid+only-refresh`, `short-block=63`: traits of a card, joined by plus signs or commas.
 * @throws UsageError that names what it does not know
 */
export function parseChipKind(text: string): ChipKind {
  const parts = text.split(/[+,]/).map((part) => part.trim());
  const kind = parts.reduce((made, part) => ({ ...made, ...parseTrait(part) }), ordinary);
  return { ...kind, text: parts.join('+') };
}

function parseTrait(part: string): Partial<ChipKind> {
  const [name = '', value, ...rest] = part.split('=');
  if (name === isdrAidTrait && value !== undefined && rest.length === 0) return { isdrAids: [parseIsdrAid(value)] };
  const trait = Object.hasOwn(traits, name) && rest.length === 0 ? traits[name] : undefined;
  if (trait === undefined) throw new UsageError(`Unknown kind of card "${part}". Known:\n${listChipKinds()}`);
  if (value === undefined) return trait.change;
  const { number } = trait;
  if (number === undefined || !/^\d{1,10}$/.test(value) || Number(value) < number.least || Number(value) > number.most) {
    throw new UsageError(
      number === undefined ? `"${name}" takes no number.` : `"${name}=N" takes a number from ${number.least} to ${number.most}.`,
    );
  }
  return { ...trait.change, [number.field]: Number(value) };
}

/** 5 to 16 bytes in hex, or a maker. */
function parseIsdrAid(value: string): string {
  const known = Object.entries(makersAids).find(([maker]) => maker === value.toLowerCase());
  if (known === undefined && !/^(?:[0-9A-Fa-f]{2}){5,16}$/.test(value)) {
    throw new UsageError(`"${value}" is no AID in hex, and none of ${Object.keys(makersAids).join(', ')}.`);
  }
  return known?.[1] ?? value.toUpperCase();
}

/** One line each, for the usage text. */
export function listChipKinds(): string {
  const lines = Object.entries(traits).map(([name, { about, number }]) => [number === undefined ? name : `${name}[=N]`, about] as const);
  return [...lines, [`${isdrAidTrait}=AID`, 'the ISD-R lies under this AID, or under that of a maker'] as const]
    .map(([name, about]) => `  ${name.padEnd(20)}${about}`)
    .join('\n');
}
