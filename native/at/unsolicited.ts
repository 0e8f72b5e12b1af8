/**
 * Lines that a modem sends by itself (unsolicited result codes). A line that stands here is never part of the answer to a command, unless the
 * command asks for exactly that (`AT+CREG?`, `AT+CSQ`). Sources: 3GPP TS 27.007 §7–§10, TS 27.005 §3.4, vendors' manuals.
 */
const prefixes: ReadonlySet<string> = new Set([
  // registration and network time
  '+CREG',
  '+CGREG',
  '+CEREG',
  '+C5GREG',
  '+CTZV',
  '+CTZE',
  '+CTZEU',
  '+NITZ',
  '^NWTIME',
  '+CSCON',
  '+CGEV',
  '+CIREPI',
  '+CIREPH',
  '+CNEMIU',
  '+CNEMS1',
  '+CNEMIU',
  // signal reports
  '+CSQ',
  '+CESQ',
  '+QCSQ',
  '^HCSQ',
  '^RSSI',
  '^MODE',
  '+ZPASR',
  '+ZDONR',
  '^SRVST',
  '^RFSWITCH',
  '+CIEV',
  '^SYSSTART',
  '^SHUTDOWN',
  '^MIPCALLU',
  '^NDISSTAT',
  '^RRCSTAT',
  '+XNITZINFO',
  '+XCESQI',
  // the card
  '+CPIN',
  '+QUSIM',
  '+QSIMSTAT',
  '+QSIMDET',
  '+SIMCARD',
  '+SIM',
  '^SIMST',
  '^SCKS',
  '#QSS',
  '+ZUSIMR',
  '+UUSIMSTAT',
  '+ESIMS',
  '+EUSIM',
  '^SIMHOTPLUG',
  '+MSTK',
  '+CUSATP',
  '+CUSATEND',
  '^STN',
  '+QSTK',
  // messages, calls, supplementary services
  '+CMT',
  '+CMTI',
  '+CDS',
  '+CDSI',
  '+CBM',
  '+CBMI',
  '+CUSD',
  '+CRING',
  '+CLIP',
  '+CCWA',
  '+COLP',
  '+CSSI',
  '+CSSU',
  '^CONF',
  '^CEND',
  '^ORIG',
  '^CONN',
  '+CDIP',
  '+CNAP',
  // start-up
  '+QIND',
  '+PBREADY',
  '^BOOT',
  '^DSFLOWRPT',
  '^EARST',
  '+XREADY',
  '+EIND',
  '+UUSORD',
  '+UUSORF',
  '+UUSOCL',
  '+UUPSDD',
  '+UUPSDA',
  '+QIURC',
  '+QGPSURC',
  '^HOTPLUG',
]);

/** The same without a colon: whole lines. */
const wholeLines: ReadonlySet<string> = new Set([
  'RDY',
  'RING',
  'SMS DONE',
  'PB DONE',
  'SMS READY',
  'CALL READY',
  '*ATREADY',
  'POWERED DOWN',
  'NORMAL POWER DOWN',
  'APP RDY',
  '+PBREADY',
  '^SYSSTART',
  '+SIM READY',
  '+SIM DROP',
  'SIM READY',
]);

/** The name in front of the colon, in capitals, or null where a line has none. */
export function linePrefix(line: string): string | null {
  if (line.charCodeAt(0) !== 0x2b && !otherSigns.includes(line.charAt(0))) return null;
  let end = 1;
  let isUpper = true;
  for (; end <= longestName; end += 1) {
    const code = line.charCodeAt(end);
    const isSmall = code >= 0x61 && code <= 0x7a;
    if (isSmall) isUpper = false;
    else if (!((code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f)) break;
  }
  if (end === 1) return null;
  if (line.charCodeAt(end) !== 0x3a && !line.slice(end).trimStart().startsWith(':')) return null;
  const name = line.slice(0, end);
  return isUpper ? name : name.toUpperCase();
}

/** Commands and their answers begin with `+` in the standards, with others by maker (ITU-T V.250 §5.4.1). */
const otherSigns = ['^', '#', '%', '!', '*', '$'];
const longestName = 20;

/** Whether the line is one that a modem sends by itself. */
export function isUnsolicited(line: string, prefix: string | null = linePrefix(line)): boolean {
  return prefix === null ? wholeLines.has(line.toUpperCase()) : prefixes.has(prefix);
}

/**
 * How many lines after this one belong to it: an incoming message, report or broadcast carries its PDU in the next line (3GPP TS 27.005 §3.4.1). A
 * status report in text mode is complete in itself and has many parameters. The text of a network's menu may go over several lines, up to its
 * closing quote (TS 27.007 §7.15).
 */
export function trailingLines(line: string): number {
  switch (linePrefix(line)) {
    case '+CMT':
    case '+CBM':
      return 1;
    case '+CDS':
      return line.includes(',') ? 0 : 1;
    case '+CUSD':
      return changesQuoting(line) ? mostTextLines : 0;
    default:
      return 0;
  }
}

/** A menu of 182 characters has no more lines; a quote that never closes must not swallow the answers that follow. */
const mostTextLines = 30;

/** Whether the line has a quote without its counterpart: it opens a text that goes on, or closes it. */
export function changesQuoting(line: string): boolean {
  return line.split('"').length % 2 === 0;
}
