import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups } from '../groups.ts';
import { flag, hexDigits, namedFields, readFields, scaled, signed, whole, word } from '../readers.ts';
import { activeTime, extendedPeriodicUpdate, periodicUpdate, timerOf } from '../standard/power-saving.ts';
import { technologyName } from '../technology-name.ts';

const manual = 'Nordic nRF91x1 AT commands reference guide';

/** Nordic counts from the upper end of a step, where the standard has the lower one: both are true of a step of one decibel. */
const rsrp = scaled(-17, 97, (index) => index - 140);
const rsrq = scaled(-30, 46, (index) => index / 2 - 19.5);
const snr = scaled(0, 49, (index) => index - 24);

function signalQuality(level: string, quality: string, noise?: string): ExplainedFields {
  return {
    rsrp: signed(level),
    rsrpDecibel: rsrp(level),
    rsrq: signed(quality),
    rsrqDecibel: rsrq(quality),
    ...(noise === undefined ? {} : { snr: signed(noise), snrDecibel: snr(noise) }),
  };
}

/** Firmware has been seen that closes a text with a typographic quote. */
function fieldsOf(rest: string): readonly string[] {
  return splitFields(rest.replaceAll(/[“”]/g, '"'));
}

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

export const nordicDecoders: readonly LineDecoder[] = [
  {
    kind: 'nrf-cesq',
    names: ['%CESQ'],
    specification: manual,
    decode(rest) {
      const [level = '', levelStep = '', quality = '', qualityStep = ''] = fieldsOf(rest);
      if (signed(level) === null || signed(quality) === null) return null;
      return {
        signalQuality: {
          ...signalQuality(level, quality),
          rsrpThresholdIndex: whole(levelStep),
          rsrqThresholdIndex: whole(qualityStep),
        },
      };
    },
  },
  {
    kind: 'nrf-coneval',
    names: ['%CONEVAL'],
    specification: manual,
    decode(rest) {
      const fields = fieldsOf(rest);
      const value = namedFields(fields, [
        ['result', whole],
        ['rrcState', whole],
        ['energyEstimate', whole],
      ]);
      if (value === null) return null;
      const [level = '', quality = '', noise = ''] = fields.slice(3);
      const cell = namedFields(
        fields.slice(6),
        [
          ['cellId', hexDigits],
          ['plmn', word],
          ['physicalCellId', whole],
          ['earfcn', whole],
          ['band', whole],
          ['tauTriggered', whole],
          ['coverageEnhancementLevel', whole],
          ['txPower', signed],
          ['txRepetitions', whole],
          ['rxRepetitions', whole],
          ['dlPathLoss', whole],
        ],
        0,
      );
      return { ...value, signalQuality: signalQuality(level, quality, noise), ...cell };
    },
  },
  {
    kind: 'nrf-xcband',
    names: ['%XCBAND'],
    specification: manual,
    decode(rest) {
      if (rest.startsWith('(')) return { availableBands: numbersOf(splitGroups(rest)[0]) };
      const band = whole(rest);
      return band === null ? null : { band, currentBand: band };
    },
  },
  {
    kind: 'nrf-xmonitor',
    names: ['%XMONITOR'],
    specification: manual,
    decode: cellMonitor,
    decodeBare: (line) => (/^\d{1,2},/.test(line) ? cellMonitor(line) : null),
  },
  { kind: 'nrf-hwversion', names: ['%HWVERSION'], specification: manual, decode: (rest) => readFields(rest, [['hardwareVersion', word]]) },
  { kind: 'nrf-xmodemuuid', names: ['%XMODEMUUID'], specification: manual, decode: (rest) => readFields(rest, [['modemUuid', word]]) },
  { kind: 'nrf-xdataprfl', names: ['%XDATAPRFL'], specification: manual, decode: (rest) => readFields(rest, [['dataProfile', whole]]) },
  {
    kind: 'nrf-xconnstat',
    names: ['%XCONNSTAT'],
    specification: manual,
    decode: (rest) =>
      readFields(rest, [
        ['smsSent', whole],
        ['smsReceived', whole],
        ['sentKilobytes', whole],
        ['receivedKilobytes', whole],
        ['largestPacketBytes', whole],
        ['averagePacketBytes', whole],
      ]),
  },
  { kind: 'nrf-xt3412', names: ['%XT3412'], specification: manual, decode: (rest) => readFields(rest, [['remainingMilliseconds', whole]]) },
  {
    kind: 'nrf-xsim',
    names: ['%XSIM'],
    specification: manual,
    decode(rest) {
      const [state = '', cause = ''] = fieldsOf(rest);
      const initialised = flag(state);
      return initialised === null ? null : { uiccInitialised: initialised, uiccInitialisedErrorCauseCode: whole(cause) };
    },
  },
  {
    kind: 'nrf-xsystemmode',
    names: ['%XSYSTEMMODE'],
    specification: manual,
    decode: (rest) =>
      readFields(
        rest,
        [
          ['modemSupportLTEM', flag],
          ['modemSupportNBIoT', flag],
          ['modemSupportGNSS', flag],
          ['modemSystemPreference', whole],
        ],
        3,
      ),
  },
];
