import { answerError } from '../answer-error.ts';
import { explainLine } from '../explain/explain-line.ts';
import { fieldsOf } from '../line-fields.ts';
import { records } from './radio/explained.ts';

/** A maker's way to the temperature of the modem, in degrees Celsius. */
export type TemperatureWay = { readonly line: string; readonly specification: string; decode(lines: readonly string[]): number };

/** What no modem that still speaks has: makers write such numbers for a sensor that is not there. */
const possible = (celsius: number): boolean => celsius > -60 && celsius < 150;

function celsius(text: string | undefined, unit = 1): number | null {
  const value = /^-?\d{1,6}(?:\.\d{1,3})?$/.test(text ?? '') ? Number(text) / unit : null;
  return value === null || !possible(value) ? null : value;
}

/** The number at a place of a line of its own. */
function numberAfter(line: string, specification: string, name: string, place = 0, unit = 1): TemperatureWay {
  return {
    line,
    specification,
    decode(lines) {
      const value = celsius(fieldsOf(lines, name)?.[place], unit);
      if (value === null) throw answerError(name, lines);
      return value;
    },
  };
}

/** The warmest of its sensors. */
export const quectelTemperature: TemperatureWay = {
  line: 'AT+QTEMP',
  specification: 'Quectel AT commands manuals, AT+QTEMP',
  decode(lines) {
    const sensors = lines.flatMap((line) => records(explainLine(line, { command: 'AT+QTEMP' })?.value['sensors']));
    const measured = sensors.flatMap(({ celsius: value }) => (typeof value === 'number' && value !== 0 && possible(value) ? [value] : []));
    if (measured.length === 0) throw answerError('+QTEMP', lines);
    return Math.max(...measured);
  },
};

export const simcomTemperature = numberAfter('AT+CPMUTEMP', 'SIMCom AT commands manuals, AT+CPMUTEMP', '+CPMUTEMP');
export const fibocomTemperature = numberAfter(
  'AT+GTSENRDTEMP=1',
  'Fibocom FM350 AT commands manual, AT+GTSENRDTEMP',
  '+GTSENRDTEMP',
  1,
  1_000,
);
export const intelTemperature = numberAfter('AT+MTSM=1', 'Fibocom L8 family AT commands manual, AT+MTSM', '+MTSM');
export const nordicTemperature = numberAfter('AT%XTEMP?', 'Nordic nRF91x1 AT commands reference guide, %XTEMP', '%XTEMP');
export const telitTemperature = numberAfter('AT#TEMPMON=1', 'Telit AT commands reference guide, #TEMPMON', '#TEMPMEAS', 1);

/** `Temp state: Normal` and `Temperature: 39.12 C` on lines of their own. */
export const sierraTemperature: TemperatureWay = {
  line: 'AT!PCTEMP?',
  specification: 'Sierra Wireless EM74xx and MC74xx AT command reference, AT!PCTEMP',
  decode(lines) {
    const text = lines.map((line) => /\bTemperature\s*:\s*(-?\d{1,3}(?:\.\d{1,3})?)/i.exec(line)?.[1]).find((found) => found !== undefined);
    const value = celsius(text);
    if (value === null) throw answerError('!PCTEMP', lines);
    return value;
  },
};
