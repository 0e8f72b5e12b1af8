import { afterPrefix } from './line-fields.ts';

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
  const match = /^([+^#%!*$][A-Z0-9_]{1,20})\s*:/i.exec(line);
  return match?.[1]?.toUpperCase() ?? null;
}

/** Whether the line is one that a modem sends by itself. */
export function isUnsolicited(line: string): boolean {
  const prefix = linePrefix(line);
  return prefix === null ? wholeLines.has(line.toUpperCase()) : prefixes.has(prefix);
}

/**
 * How many lines after this one belong to it: an incoming message, report or broadcast carries its PDU in the next line (3GPP TS 27.005 §3.4.1). A
 * status report in text mode is complete in itself and has many parameters. The text of a network's menu may go over several lines, up to its
 * closing quote (TS 27.007 §7.15).
 */
export function trailingLines(line: string): number {
  if (afterPrefix(line, '+CMT') !== null || afterPrefix(line, '+CBM') !== null) return 1;
  const menu = afterPrefix(line, '+CUSD');
  if (menu !== null) return changesQuoting(menu) ? mostTextLines : 0;
  const report = afterPrefix(line, '+CDS');
  return report !== null && !report.includes(',') ? 1 : 0;
}

/** A menu of 182 characters has no more lines; a quote that never closes must not swallow the answers that follow. */
const mostTextLines = 30;

/** Whether the line has a quote without its counterpart: it opens a text that goes on, or closes it. */
export function changesQuoting(line: string): boolean {
  return line.split('"').length % 2 === 0;
}
