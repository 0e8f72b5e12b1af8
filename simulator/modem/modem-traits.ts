/** Where a modem is awkward. The parts of the modem ask this and know no names of traits. */
export type ModemTraits = {
  readonly ccho: boolean;
  readonly cgla: boolean;
  readonly cchc: boolean;
  /** How AT+CCHO answers: `+CCHO: 1`, or the session alone. */
  readonly openAnswer: 'prefixed' | 'bare';
  /** What it calls a session: the channel's number, or 32 bits of its own in hex, with leading zeros. */
  readonly sessions: 'channels' | 'handles';
  /** APDUs of AT+CSIM that name a logical channel: carried, answered 6881 except for those that manage channels, or all answered so. */
  readonly csimChannels: 'carried' | 'managed' | 'none';
  /** It does GET RESPONSE itself (61xx) and repeats with the right Le (6Cxx); else both are left to the host. */
  readonly fetchesAnswers: boolean;
  /** The length in +CGLA and +CSIM: right, or not that of what follows. */
  readonly lengths: 'right' | 'wrong';
  /** How long STORE DATA takes, in milliseconds of the modem's time, beside what every APDU takes. */
  readonly writeTime: number;
  /** Whether a REFRESH of the card makes it read the card again; else it keeps what it knows until the card's power is switched. */
  readonly heedsRefresh: boolean;
  /** `=?` (a scan of networks apart): answered, refused, or left without any answer by the commands for the card and refused by none. */
  readonly testForms: 'answered' | 'refused' | 'silent';
  /** ATE is always taken; it works, or leaves the echo on, or off. */
  readonly echo: 'switchable' | 'on' | 'off';
  /** Errors as AT+CMEE wants them, or always in words. */
  readonly errors: 'asTold' | 'words';
  /** Every fourth answer comes so many milliseconds late; 0: none. */
  readonly lateBy: number;
  /** It talks of other things between the lines of an answer. */
  readonly storm: boolean;
  /** What it writes comes in pieces, parted anywhere. */
  readonly splits: boolean;
  /** Its port has another name after a restart. */
  readonly renames: boolean;
  /** The laptop maker's lock keeps the radio off. */
  readonly fccLocked: boolean;
};

export const ordinaryTraits: ModemTraits = {
  ccho: true,
  cgla: true,
  cchc: true,
  openAnswer: 'prefixed',
  sessions: 'channels',
  csimChannels: 'carried',
  fetchesAnswers: true,
  lengths: 'right',
  writeTime: 0,
  heedsRefresh: true,
  testForms: 'answered',
  echo: 'switchable',
  errors: 'asTold',
  lateBy: 0,
  storm: false,
  splits: false,
  renames: false,
  fccLocked: false,
};

/** No AT+CCHO and what goes with it. */
const withoutChannels = { ccho: false, cgla: false, cchc: false } as const;

type NumberField = 'lateBy' | 'writeTime';

type Trait = {
  readonly about: string;
  readonly change: Partial<ModemTraits>;
  /** `name=N` where another number is wanted than the one in `change`. */
  readonly number?: { readonly field: NumberField; readonly most: number };
};

/** By the names of the command line. */
export const knownTraits: Readonly<Record<string, Trait>> = {
  bareCcho: { about: 'AT+CCHO answers with the session alone', change: { openAnswer: 'bare' } },
  handle32: { about: 'sessions are 32 bits in hex, with leading zeros', change: { sessions: 'handles' } },
  noCgla: { about: 'has no AT+CGLA', change: { cgla: false } },
  noCchc: { about: 'has no AT+CCHC', change: { cchc: false } },
  csimOnly: { about: 'reaches the card through AT+CSIM alone', change: withoutChannels },
  csimNoChannels: {
    about: 'the same, and on a logical channel that was opened every other command is answered 6881',
    change: { ...withoutChannels, csimChannels: 'managed' },
  },
  csimBasicOnly: { about: 'the same on the basic channel alone', change: { ...withoutChannels, csimChannels: 'none' } },
  needs61: { about: 'leaves GET RESPONSE to the host', change: { fetchesAnswers: false } },
  lyingLength: { about: 'the length in +CGLA and +CSIM is wrong', change: { lengths: 'wrong' } },
  slowWrites: {
    about: 'STORE DATA takes N milliseconds (2500)',
    change: { writeTime: 2500 },
    number: { field: 'writeTime', most: 600_000 },
  },
  staleIccid: { about: 'knows of a switch only after AT+CFUN=0 or a restart', change: { heedsRefresh: false } },
  noTestForms: { about: '=? is refused', change: { testForms: 'refused' } },
  silentTestForms: { about: '=? of the commands for the card gets no answer at all', change: { testForms: 'silent' } },
  echoStuckOn: { about: 'ATE0 is taken, the echo stays', change: { echo: 'on' } },
  echoStuckOff: { about: 'ATE1 is taken, no echo comes', change: { echo: 'off' } },
  textErrors: { about: '+CME ERROR: SIM not inserted, whatever AT+CMEE says', change: { errors: 'words' } },
  lateAnswers: {
    about: 'every fourth answer comes N milliseconds late (6000)',
    change: { lateBy: 6000 },
    number: { field: 'lateBy', most: 600_000 },
  },
  urcStorm: { about: 'talks of other things between the lines of an answer', change: { storm: true } },
  splitLines: { about: 'what it writes is parted anywhere', change: { splits: true } },
  renamesOnReset: { about: 'its port has another name after a restart', change: { renames: true } },
  fccLocked: { about: 'the radio stays off', change: { fccLocked: true } },
};
