import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { hexDigits, namedFields, whole, word } from '../../readers.ts';
import { activeTime, extendedPeriodicUpdate, periodicUpdate, timerOf } from '../../standard/power-saving/power-saving-timers.ts';
import { technologyName } from '../../technology-name.ts';
import { fieldsOf } from './fields-of.ts';
import { rsrp, snr } from './signal-quality.ts';

function cellMonitor(rest: string): ExplainedFields | null {
  const fields = fieldsOf(rest);
  const value = namedFields(fields, [
    ['networkStatus', whole],
    ['operatorFullName', word],
    ['operatorShortName', word],
    ['plmn', word],
    ['tac', hexDigits],
    ['act', whole],
    ['band', whole],
    ['cellId', hexDigits],
    ['physicalCellId', whole],
    ['earfcn', whole],
  ]);
  if (value === null || fields.length < 2) return fields.length === 1 ? value : null;
  const [level = '', noise = '', edrx = '', active = '', ...periodic] = fields.slice(10);
  const [extended, plain] = periodic.length > 1 ? periodic : ['', periodic[0] ?? ''];
  return {
    ...value,
    technology: technologyName(whole(fields[5] ?? '')),
    rsrpDbm: rsrp(level),
    snrDb: snr(noise),
    edrxValue: word(edrx),
    activeTime: timerOf(active, activeTime),
    extendedPeriodicUpdate: timerOf(extended ?? '', extendedPeriodicUpdate),
    periodicUpdate: timerOf(plain ?? '', periodicUpdate),
  };
}

export const xmonitor: readonly LineDecoder[] = [
  {
    kind: 'nrf-xmonitor',
    names: ['%XMONITOR'],
    specification: 'Nordic nRF91x1 AT commands reference guide, %XMONITOR',
    decode: cellMonitor,
    decodeBare: (line) => (/^\d{1,2},/.test(line) ? cellMonitor(line) : null),
  },
];
