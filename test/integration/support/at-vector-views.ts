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
      'cpms-query cnmi-test cscb cpbr'
    )
      .split(' ')
      .map((kind) => [kind, kind]),
  ),
  cgsn: 'cgsn',
  'cgsn-ati': 'cgsn',
  'clcc-urc': 'clcc',
  'csim-retries': 'csim',
  'cmgl-text': 'cmgl',
  'cmgl-pdu': 'cmgl',
  'cmgr-text': 'cmgr',
  'cmt-pdu': 'cmt',
  'cusd-flow': 'cusd',
};

/** The command that was sent, where a suite leaves it to the kind: its errors say nothing without it. */
export const impliedCommands: Readonly<Record<string, string>> = { cpin: 'AT+CPIN?' };

/** Kinds of a suite that ask for something else than what the line says. */
export const otherQuestions: ReadonlySet<string> = new Set([
  'ident/modemmanager', // a hash over several answers, by which that program tells devices apart
  'cgcontrdp/go-modem', // which of several contexts a program would choose
]);

/** Ours in the other suite's words; undefined where that suite calls it an error. */
type View = (value: ExplainedFields) => ExplainedValue | undefined;

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

const timers = (extended: string, active: string, others: ExplainedFields = {}): View => {
  return (value) => ({ T3412Extended: value[extended] ?? null, T3324: value[active] ?? null, ...others });
};

function nordicTimer(timer: ExplainedValue | undefined): ExplainedValue {
  if (typeof timer !== 'object' || timer === null) return null;
  const fields = timer as ExplainedFields;
  return { ...fields, value: fields['seconds'] ?? null, unit: 'seconds' };
}

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
  'cclk/modemmanager': (value) => ({ ...value, iso8601: textOf(value['iso8601']).replace(/([+-]\d\d):00$/, '$1') }),
  'csim-retries/modemmanager': (value) => (value['retries'] === null ? undefined : value),
  'ccho/fm350-gui': (value) => ({ session: Number(value['session']) }),
  'cgev/modemmanager': (value) => ({ ...value, cid: value['cid'] ?? 0 }),
  'cgev/nrf-cellular-monitor': (value) => byCid([value], ({ cid = null, reason }) => ({ cid, info: onlyAddress(reason) })),
  'clcc/modemmanager': (value) => ({ calls: listOf(value, 'calls').filter((call) => call['voice'] === true) }),
  'cedrxs/nrf-cellular-monitor': (value) => ({ [value['technology'] === 'lte' ? 'eDrxLteM' : 'eDrxNbIot']: value }),
  'cedrxrdp/nrf-cellular-monitor': (value) => ({ [value['technology'] === 'lte' ? 'eDrxLteM' : 'eDrxNbIot']: value }),
  'cpsms/nrf-cellular-monitor': (value) => ({
    powerSavingMode: { requested: timers('requestedPeriodicUpdate', 'requestedActiveTime')(value) ?? null },
  }),
  'cpms-test/gammu': (value) => ({ read: memoriesOf(value['mem1']), save: memoriesOf(value['mem2']) }),
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
  'creg-036': 'the quote never closes: a cut area code would be shown as a real one',
};
