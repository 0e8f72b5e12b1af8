/** The codes that `+CPIN` can ask for (3GPP TS 27.007 §8.3). */
export const codes: ReadonlySet<string> = new Set(
  ['READY', 'SIM PIN', 'SIM PUK', 'SIM PIN2', 'SIM PUK2', 'PH-SIM PIN'].concat(
    ['FSIM', 'NET', 'NETSUB', 'SP', 'CORP'].flatMap((lock) => [`PH-${lock} PIN`, `PH-${lock} PUK`]),
  ),
);
