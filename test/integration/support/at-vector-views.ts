import type { ExplainedFields, ExplainedValue } from '#native/at/explain/explanation.ts';

/**
 * The kinds of vectors that are claimed, and what ours is called where the name differs: several suites ask different things of one command.
 */
export const kindsOfOurs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (
      'creg cgreg cereg c5greg cops-scan cops-query cpol cnum cscon cemode ws46 ws46-test csq cesq cpin cpinr clck crsm csim ccho cgla ' +
      'iccid cimi cgmi cgmr ident cgdcont cgdcont-test cgact cgpaddr cgcontrdp cgerep-test cgev cfun cfun-test cpas cmer-test cind-test ' +
      'cscs-test ceer ifc-test cpsms cedrxs cedrxrdp clcc slcc-urc clip cring-urc ccwa-query ccwa-urc ccfc cclk ctzu-test cusd cmgl cmgr cds csca cpms-test ' +
      'cpms-query cnmi-test cscb cpbr ' +
      'hcsq dhcp ndisstat getportmode huawei-time nwtime sysinfo sysinfoex monsc monnc rrcstat prefmode prefmode-test syscfg syscfg-test ' +
      'syscfgex syscfgex-test nrf-cesq nrf-coneval nrf-xcband nrf-xmonitor nrf-hwversion nrf-xmodemuuid nrf-xdataprfl nrf-xsim nrf-xsystemmode ' +
      'bnd bnd-test qss swpkgv uact uact-test urat urat-test ubandsel uauthreq-test ubmconf uusbconf ugcntrd uipaddr upincnt xact xact-test xcesq ' +
      'xlcsslp gtcainfo gtccinfo epinc gtsenrdtemp qcsq qeng qeng-neighbour qnwinfo qcainfo qgdcnt qgpsloc qrsrp cpsi cgpsinfo rxdtmf-urc missed-call-urc ' +
      'voice-call-urc smoni sgauth scact pcoinfo cginfo'
    )
      .split(' ')
      .map((kind) => [kind, kind]),
  ),
  cgsn: 'cgsn',
  'final-result': 'final-result cme-error cms-error',
  'cgsn-ati': 'cgsn',
  'clcc-urc': 'clcc',
  'csim-retries': 'csim',
  'cmgl-text': 'cmgl',
  'cmgl-pdu': 'cmgl',
  'cmgr-text': 'cmgr',
  'cmgr-pdu': 'cmgr',
  'cmt-pdu': 'cmt',
  'cbm-urc': 'cbm-urc',
  'cusd-flow': 'cusd',
};

/** The command that was sent, where a suite leaves it to the kind: its errors say nothing without it. */
export const impliedCommands: Readonly<Record<string, string>> = { cpin: 'AT+CPIN?' };

/** Kinds of a suite that ask for something else than what the line says. */
export const otherQuestions: ReadonlySet<string> = new Set([
  'ident/modemmanager', // a hash over several answers, by which that program tells devices apart
  'final-result/sigmo', // which lines belong to an answer
  'final-result/warthog618', // the same
  'cgcontrdp/go-modem', // which of several contexts a program would choose
]);

/** Ours in the other suite's words; undefined where that suite calls it an error. */
export type View = (value: ExplainedFields, circumstances: Circumstances) => ExplainedValue | undefined;

/** What a suite says of the modem besides the line: which technologies it has, which context was asked for. */
type Circumstances = { readonly config?: Readonly<Record<string, boolean>>; readonly cid?: number };

function listOf(value: ExplainedFields, name: string): readonly ExplainedFields[] {
  const list = value[name];
  return Array.isArray(list) ? (list as readonly ExplainedFields[]) : [];
}

/** What has to be a word or a number for the view to make sense. */
function textOf(value: ExplainedValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function capitalised(word: ExplainedValue | undefined): string {
  const text = textOf(word);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const registration: View = (value) => ({
  ...value,
  lac: value['areaCode'] ?? 0,
  ci: value['cellId'] ?? 0,
  act: value['technology'] ?? 'unknown',
});

/** That suite has one table of contexts by number. */
function byCid(contexts: readonly ExplainedFields[], view: (context: ExplainedFields) => ExplainedFields): ExplainedFields {
  return { accessPointNames: Object.fromEntries(contexts.map((context) => [textOf(context['cid']), view(context)])) };
}

function nordicTimer(timer: ExplainedValue | undefined): ExplainedValue {
  if (typeof timer !== 'object' || timer === null) return null;
  const fields = timer as ExplainedFields;
  return { ...fields, value: fields['seconds'] ?? null, unit: 'seconds' };
}

/** Its models have only some of the technologies, and the line does not say which. */
const ofModel: View = (value, { config = {} }) => {
  const lists = [config['modem_is_2g'] && value['gsm'], config['modem_is_3g'] && value['utran'], config['modem_is_4g'] && value['eutran']];
  return { bands: lists.flatMap((list) => (Array.isArray(list) ? (list as readonly ExplainedValue[]) : [])) };
};

const withoutMinutes: View = (value) => ({ ...value, iso8601: textOf(value['iso8601']).replace(/([+-]\d\d):00$/, '$1') });

const ofContext: View = (value, { cid }) => (cid === undefined || value['cid'] === cid ? value : undefined);

/** How another suite names or counts what we say, without a look at what it expects. */
export const viewsOfSuites: Readonly<Record<string, View>> = {
  'creg/modemmanager': registration,
  'cgreg/modemmanager': registration,
  'cereg/modemmanager': registration,
  'c5greg/modemmanager': registration,
  'cereg/nrf-cellular-monitor': (value) => ({
    ...value,
    networkStatus: value['stat'] ?? null,
    AcTState: value['act'] ?? null,
    ceregCauseType: value['causeType'] ?? null,
    ceregRejectCause: value['rejectCause'] ?? null,
    powerSavingMode: {
      granted: { T3412Extended: nordicTimer(value['periodicUpdate']), T3324: nordicTimer(value['activeTime']) },
    },
  }),
  'cops-query/modemmanager': (value) => ({ ...value, act: value['technology'] ?? 'unknown' }),
  'cgdcont/nrf-cellular-monitor': (value) =>
    byCid(listOf(value, 'contexts'), (context) => ({
      ...context,
      pdnType: context['pdpType'] === 'ipv4' ? 'IP' : (context['pdpType'] ?? null),
      ipv4: context['address'] ?? null,
    })),
  'cpin/fm350-gui': ({ state, pinCodeStatus, code }) => {
    // It has no name for the second PIN, which ours says is not needed, nor for a wrong SIM.
    if ((state === 'ready' && pinCodeStatus !== 'READY') || code === 15) return { state: 'Other' };
    return { state: state === 'failed' ? 'Failure' : capitalised(state) };
  },
  'cpin/nrf-cellular-monitor': (value) => ({ pinCodeStatus: value['pinCodeStatus'] ?? 'Unknown' }),
  'cpinr/nrf-cellular-monitor': (value) => ({ pinRetries: { [textOf(value['code']).replace(' ', '_')]: value['retries'] ?? null } }),
  'cgmr/nrf-cellular-monitor': (value) => ({ revisionID: value['revision'] ?? null }),
  'cgsn/nrf-cellular-monitor': (value) => ({ IMEI: value['imei'] ?? null }),
  // It leaves out the minutes of the zone where they are zero.
  'cclk/modemmanager': withoutMinutes,
  'nwtime/modemmanager': withoutMinutes,
  'csim-retries/modemmanager': (value) => (value['retries'] === null ? undefined : value),
  'ccho/fm350-gui': (value) => ({ session: Number(value['session']) }),
  'cgev/modemmanager': (value) => ({ ...value, cid: value['cid'] ?? 0 }),
  'cgev/nrf-cellular-monitor': (value) => byCid([value], ({ cid = null, reason }) => ({ cid, info: onlyAddress(reason) })),
  'clcc/modemmanager': (value) => ({ calls: listOf(value, 'calls').filter((call) => call['voice'] === true) }),
  'cedrxs/nrf-cellular-monitor': (value) => ({ [value['technology'] === 'lte' ? 'eDrxLteM' : 'eDrxNbIot']: value }),
  'cedrxrdp/nrf-cellular-monitor': (value) => ({ [value['technology'] === 'lte' ? 'eDrxLteM' : 'eDrxNbIot']: value }),
  'cpsms/nrf-cellular-monitor': (value) => ({
    powerSavingMode: {
      requested: { T3412Extended: value['requestedPeriodicUpdate'] ?? null, T3324: value['requestedActiveTime'] ?? null },
    },
  }),
  'cpms-test/gammu': (value) => ({ read: memoriesOf(value['mem1']), save: memoriesOf(value['mem2']) }),
  // A line can be read without what is in it: that suite asks for both.
  'cmgr-pdu/gammu': (value) => (value['message'] === null ? undefined : value),
  'cmt-pdu/warthog618': (value) => (value['message'] === null ? undefined : value),
  'final-result/fm350-gui': (value) => ({ ...value, text: textOf(value['code']) }),
  'bnd/modemmanager': ofModel,
  'bnd-test/modemmanager': ofModel,
  'sgauth/modemmanager': ofContext,
  'ugcntrd/modemmanager': ofContext,
  'prefmode-test/modemmanager': (value) => ({ modes: listOf(value, 'modes').toReversed() }),
  'monsc/mt5700-console': (value) => ({ ...value, channel: textOf(value['channel']) }),
  'monnc/mt5700-console': (value) => {
    const cells = listOf(value, 'cells');
    const [first, second, third, fourth] = cells;
    return {
      count: cells.length,
      first: first ?? null,
      second: second ?? null,
      thirdBand: third?.['band'] ?? null,
      fourthBand: fourth?.['band'] ?? null,
    };
  },
  'nrf-coneval/nrf-cellular-monitor': (value) => ({
    ...value,
    conevalResult: value['result'] ?? null,
    conevalEnergyEstimate: value['energyEstimate'] ?? null,
    cellID: value['cellId'] ?? null,
    physicalCellID: value['physicalCellId'] ?? null,
    TAUTriggered: value['tauTriggered'] ?? null,
    conevalCoverageEnhancementLevel: value['coverageEnhancementLevel'] ?? null,
    conevalTXPower: value['txPower'] ?? null,
    conevalTXRepetitions: value['txRepetitions'] ?? null,
    conevalRXRepetitions: value['rxRepetitions'] ?? null,
    conevalDLPathLoss: value['dlPathLoss'] ?? null,
  }),
  'nrf-xmonitor/nrf-cellular-monitor': (value) => ({
    ...value,
    AcTState: value['act'] ?? null,
    cellID: value['cellId'] ?? null,
    phys_cell_id: value['physicalCellId'] ?? null,
    powerSavingMode: {
      granted: {
        T3324: nordicTimer(value['activeTime']),
        T3412Extended: nordicTimer(value['extendedPeriodicUpdate']),
        T3412: nordicTimer(value['periodicUpdate']),
      },
    },
  }),
  'cmgl-text/python-gsmmodem': (value) => ({
    messages: listOf(value, 'messages').map((message) => ({ ...message, status: message['state'] ?? null })),
  }),
};

function onlyAddress(reason: ExplainedValue | undefined): ExplainedValue {
  return reason === 'ipv4-only' ? 'IPv4 Only' : reason === 'ipv6-only' ? 'IPv6 Only' : null;
}

function memoriesOf(names: ExplainedValue | undefined): ExplainedFields {
  const has = (name: string): boolean => Array.isArray(names) && names.includes(name);
  return { me: has('me'), sm: has('sm'), sr: has('sr') };
}

/** Where we differ on purpose, and what the specification says. */
export const acceptedDifferences: Readonly<Record<string, string>> = {
  'cesq-005': 'TS 27.007 §8.69: the lower end of step n is n − 141 dBm, that suite takes the upper end',
  'iccid-012': 'ITU-T E.118: an ICCID is digits; the F behind it fills the last byte of the file',
  'cpms-test-011': 'TS 27.005 §3.2.2: an answer without memories names none; that suite falls back to its own',
  'hcsq-006': 'Huawei’s manual: NOSERVICE is one of the modes, and no damaged line',
  'bnd-009': 'a few models count sets of UTRA bands otherwise, and the line does not say which',
  'nrf-xmonitor-002': 'TS 24.008 §10.5.7.3: the unit of T3412 is six minutes; that suite takes the table of the extended timer',
  'nrf-xmonitor-003': 'TS 24.008 §10.5.7.3: the unit of T3412 is six minutes; that suite takes the table of the extended timer',
  'syscfgex-005': 'what 00 and 3FFFFFFF stand for is in the answer to the test command, which is not there',
  'syscfgex-008': 'what 3FFFFFFF stands for is in the answer to the test command, which is not there',
  'syscfgex-009': 'what 3FFFFFFF stands for is in the answer to the test command, which is not there',
  'uact-test-004': 'u-blox’ manual: bands of the TDD group are bands too; that suite leaves them out',
  'urat-test-009': 'that suite takes away what a model does not have; the line offers it',
  'urat-test-010': 'that suite takes away what a model does not have; the line offers it',
  'cbm-urc-004': 'TS 23.041 §9.4.1.2: carriage returns at the end fill the page, they are no text',
  'cmgr-pdu-035': 'TS 23.040 §9.2.3.16: the user data are shorter than their length says; the PDU is shown, not read',
  'creg-036': 'the quote never closes: a cut area code would be shown as a real one',
};
