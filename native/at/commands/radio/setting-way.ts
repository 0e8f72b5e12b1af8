import type { AccessTechnologyName } from '../access-technology.ts';

/** What the modem said to each of the questions, in their order; null where it refused one. */
export type Answers = readonly (readonly string[] | null)[];

/**
 * One maker's way to a setting: what to ask, what the answers say, and what brings another value about. Pure, so that its test is a table of
 * literal lines.
 */
export type SettingWay<Value, Wish> = {
  readonly name: string;
  /** Where the commands are defined. */
  readonly specification: string;
  /** Each a line of its own. A modem that refuses the first does not have this way; the others may be refused. */
  readonly questions: readonly string[];
  /** The modem takes the order only while its radio is off. */
  readonly radioOffMeanwhile?: true;
  /** @throws DeviceError AT_ANSWER where the answers cannot be read */
  decode(answers: Answers): Value;
  /** The lines that bring it about, or null where the modem cannot be told that. */
  encode(wish: Wish, answers: Answers): readonly string[] | null;
};

export type RadioTechnology = Exclude<AccessTechnologyName, 'unknown'>;

/** Which technologies the modem may use. */
export type Technologies = {
  /** Every set that it can be told. */
  readonly choices: readonly (readonly RadioTechnology[])[];
  readonly allowed: readonly RadioTechnology[];
  readonly preferred: RadioTechnology | null;
  /** Whether a preference can be told. */
  readonly canPrefer: boolean;
};
export type TechnologyWish = Pick<Technologies, 'allowed' | 'preferred'>;
export type TechnologyWay = SettingWay<Technologies, TechnologyWish>;

/** Bands by name: B3 (LTE), n78 (NR), U1 (UMTS), GSM900. */
export type Bands = { readonly supported: readonly string[]; readonly enabled: readonly string[] };
/** Null: all that the modem has. */
export type BandWish = readonly string[] | null;
export type BandWay = SettingWay<Bands, BandWish>;
