import { describe, expect, it } from 'vitest';
import { explainLine } from './explain-line.ts';

/** Line, command that was sent (or none), kind, some of the fields. */
type Row = readonly [line: string, command: string | undefined, kind: string | null, fields?: object];

const rows: readonly Row[] = [
  // registration: news, answers, hexadecimal with and without quotes, a routing area in between, causes
  ['+CREG: 1', undefined, 'creg', { state: 'home', registered: true, areaCode: null }],
  [
    '+CREG: 2,5,"12AB","01C0FFEE",6',
    'AT+CREG?',
    'creg',
    { mode: 2, state: 'roaming', lac: '12AB', cellId: 0x01c0ffee, technology: 'hspa' },
  ],
  ['+CGREG: 1,"12AB","00000142",3,"0A"', undefined, 'cgreg', { state: 'home', technology: 'edge' }],
  ['+CEREG: 2, 0A0B, 00000200, 7', undefined, 'cereg', { state: 'searching', tac: '0A0B', ci: '00000200' }],
  ['+CEREG: 1, 0A0B, 2C ,1234567 ,7', undefined, 'cereg', { tac: '0A0B', ci: '1234567', technology: 'lte' }],
  ['+CEREG: 3,3,"0A0B","01234567",7,0,11', 'AT+CEREG?', 'cereg', { state: 'denied', causeType: 0, rejectCause: 11 }],
  [
    '+CEREG: 4,5,"0A0B","01234567",9,,,"00100011","00100110"',
    'AT+CEREG?',
    'cereg',
    {
      activeTime: { bitmask: '00100011', seconds: 180, activated: true },
      periodicUpdate: { bitmask: '00100110', seconds: 21_600, activated: true },
    },
  ],
  ['+C5GREG: 1,00000A,0123456789,11,3,010203', undefined, 'c5greg', { tac: '00000A', technology: '5gnr' }],
  ['+CREG: 2,1,"12AB,"0100701",7', 'AT+CREG?', null],
  ['+CREG: what', undefined, null],
  // operators
  ['+COPS: 0,0,"Example, Inc.",7', 'AT+COPS?', 'cops-query', { selection: 'automatic', operator: 'Example, Inc.', technology: 'lte' }],
  ['+COPS: 0', 'AT+COPS?', 'cops-query', { operator: null, act: null }],
  [
    '+COPS: (2,"One","1","00101",7),(3,"Two","2","00102"),,(0-4),(0-2)',
    'AT+COPS=?',
    'cops-scan',
    {
      networks: [
        { status: 'current', operatorLong: 'One', operatorShort: '1', operatorCode: '00101', act: 7, accessTech: 'lte' },
        { status: 'forbidden', operatorLong: 'Two', operatorShort: '2', operatorCode: '00102', act: 0, accessTech: 'gsm' },
      ],
    },
  ],
  ['+CPOL: 3,2,"00101",0,0,1,1', 'AT+CPOL?', 'cpol', { index: 3, operator: '00101', utran: true, eutran: true, ngran: false, actCount: 4 }],
  ['+WS46: 31', 'AT+WS46?', 'ws46', { allowed: ['3g', '4g'] }],
  ['+WS46: (12,25,28)', 'AT+WS46=?', 'ws46-test', { modes: [['2g'], ['2g', '4g'], ['4g']] }],
  // signal
  ['+CSQ: 14,99', 'AT+CSQ', 'csq', { rssi: 14, rssiDbm: -85, ber: null }],
  ['+CSQ: 99,99', undefined, 'csq', { rssi: null, rssiDbm: null }],
  ['+CESQ: 99,99,255,255,24,50', 'AT+CESQ', 'cesq', { rsrpDbm: -91, rsrqDb: -8, lte: { rsrp: -91, rsrq: -8 }, gsm: null }],
  ['+CESQ: 99,99,255,255,255,255,65,70,60', 'AT+CESQ', 'cesq', { rsrpDbm: -87, nr: { rsrp: -87, rsrq: -11, sinr: 6.5 }, lte: null }],
  // the card
  ['+CPIN: SIM PUK', 'AT+CPIN?', 'cpin', { state: 'pukRequired', lock: 'sim-puk' }],
  ['+CPIN: PH-CORP PIN', undefined, 'cpin', { lock: 'ph-corp-pin' }],
  ['+CME ERROR: 10', 'AT+CPIN?', 'cpin', { state: 'absent', code: 10 }],
  ['+CPINR: "SIM PIN",2,3', 'AT+CPINR', 'cpinr', { code: 'SIM PIN', retries: 2 }],
  ['+CRSM: 144, 0, "0a1B"', 'AT+CRSM=176,1,0,0,2', 'crsm', { sw1: 144, sw2: 0, hex: '0A1B', meaning: 'success' }],
  ['+CSIM: 4,"63C2"', 'AT+CSIM=10,"0020000100"', 'csim', { statusWord: '63C2', retries: 2, meaning: 'verification-failed' }],
  ['+CSIM: 6,"63C2"', undefined, null],
  ['3', 'AT+CCHO="A000"', 'ccho', { session: '3' }],
  ['+CGLA: 8,"0102910b"', undefined, 'cgla', { response: '0102910B', data: '0102', meaning: 'success-with-toolkit-command' }],
  ['+CCID: 8900112233445566778F', undefined, 'iccid', { iccid: '8900112233445566778' }],
  ['001019876543210', 'AT+CIMI', 'cimi', { imsi: '001019876543210', mcc: '001' }],
  ['490154203237518', 'AT+CGSN', 'cgsn', { imei: '490154203237518' }],
  ['"Example Modems"', 'AT+CGMI', 'cgmi', { manufacturer: 'Example Modems' }],
  // packet data
  [
    '+CGDCONT: 1,"IPV4V6","internet","0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0",0,0',
    'AT+CGDCONT?',
    'cgdcont',
    { contexts: [{ cid: 1, pdpType: 'ipv4v6', apn: 'internet', address: '::' }] },
  ],
  [
    '+CGPADDR: 1,"10.0.0.2","32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1"',
    undefined,
    'cgpaddr',
    {
      addresses: [
        { cid: 1, address: '10.0.0.2', family: 4 },
        { cid: 1, address: '2001:db8::1', family: 6 },
      ],
    },
  ],
  [
    '+CGCONTRDP: 1,5,"internet","10.0.0.2.255.255.255.0","10.0.0.1","10.0.0.53"',
    undefined,
    'cgcontrdp',
    {
      localAddress: '10.0.0.2',
      subnet: '255.255.255.0',
      gatewayAddress: '10.0.0.1',
      dnsPrimaryAddress: '10.0.0.53',
      dnsSecondaryAddress: null,
    },
  ],
  ['+CGEV: ME PDN ACT 1,0', undefined, 'cgev', { type: 'me-act-primary', cid: 1, reason: 'ipv4-only' }],
  ['NW DETACH', undefined, 'cgev', { type: 'nw-detach' }],
  ['+CGACT: 2,0', 'AT+CGACT?', 'cgact', { contexts: [{ cid: 2, active: false }] }],
  // the device
  ['+CFUN: 4', 'AT+CFUN?', 'cfun', { functionalMode: 4, powerState: 'low' }],
  ['+CFUN: (0,1,4-6),(0-1)', undefined, 'cfun-test', { modes: [0, 1, 4, 5, 6], resets: [0, 1] }],
  [
    '+CIND: ("battchg",(0-5)),("Roam",(0,1))',
    'AT+CIND=?',
    'cind-test',
    {
      indicators: [
        { index: 1, desc: 'battchg', min: 0, max: 5 },
        { index: 2, desc: 'roam', min: 0, max: 1 },
      ],
    },
  ],
  ['+CSCS: ("ASCII","UCS2")', 'AT+CSCS=?', 'cscs-test', { charsets: ['ira', 'ucs2'] }],
  ['+CCLK: "24/02/29,23:59:58+22"', 'AT+CCLK?', 'cclk', { iso8601: '2024-02-29T23:59:58+05:30', offsetMinutes: 330 }],
  ['+CCLK: "23/02/29,23:59:58+22"', 'AT+CCLK?', null],
  ['+CEDRXS: 5,"0101"', 'AT+CEDRXS?', 'cedrxs', { technology: 'nb-iot', requestedValue: '0101' }],
  // calls, messages, services
  [
    '+CLCC: 1,0,2,0,0,"+1555",145',
    'AT+CLCC',
    'clcc',
    {
      calls: [
        { index: 1, direction: 'outgoing', state: 'dialing', mode: 'voice', multiparty: false, number: '+1555', type: 145, voice: true },
      ],
    },
  ],
  ['+CLIP: "+1555",145', undefined, 'clip', { number: '+1555', type: 145 }],
  ['+CCWA: "+1555",145,1', undefined, 'ccwa-urc', { number: '+1555', class: 1 }],
  ['+CCWA: 1,1', 'AT+CCWA=1,2', 'ccwa-query', { voiceEnabled: true }],
  ['+CCFC: 1,4,"+1555",145', 'AT+CCFC=0,2', 'ccfc', { active: true, classes: ['fax'], number: '+1555' }],
  ['+CUSD: 1,"00480065006C006C006F",72', undefined, 'cusd', { sessionActive: true, message: 'Hello', dcs: 72 }],
  ['+CMTI: "SM",7', undefined, 'cmti', { memory: 'sm', index: 7 }],
  ['+CPMS: "SM",1,30,"ME",0,255', 'AT+CPMS?', 'cpms-query', { mem1: 'sm', used1: 1, total1: 30, mem2: 'me' }],
  ['+CNMI: (0-2),(0-3),(0,2),(0,1),(0,1)', 'AT+CNMI=?', 'cnmi-test', { mode: [0, 1, 2], ds: [0, 1] }],
  ['+CSCA: "002B0031003500350035",145', 'AT+CSCA?', 'csca', { number: '+1555', type: 145 }],
  [
    '+CSCB: 0,"4370,4383-4385",""',
    'AT+CSCB?',
    'cscb',
    {
      channels: [
        { start: 4370, end: 4370 },
        { start: 4383, end: 4385 },
      ],
    },
  ],
  ['+CPBR: 1,"+1555",145,"004C00E91F"', 'AT+CPBR=1', 'cpbr', { entries: [{ index: 1, number: '+1555', type: 145, text: '004C00E91F' }] }],
  // the ends of answers
  ['OK', undefined, 'final-result', { error: false, class: 'ok' }],
  ['+CME ERROR: SIM busy', undefined, 'cme-error', { code: 14, name: 'SIM busy' }],
  ['+CMS ERROR: 331', 'AT+CMGS=20', 'cms-error', { code: 331, name: 'No network' }],
  ['AT+CPIN="1234"', undefined, 'command', { commands: [{ name: '+CPIN', form: 'set' }] }],
  ['RDY', undefined, 'notice', { text: 'RDY' }],
  ['nothing that anybody knows', undefined, null],
];

describe('explainLine', () => {
  it.each(rows.map(([line, command, kind, fields = {}]) => ({ line, command, kind, fields })))(
    '$line is $kind',
    ({ line, command, kind, fields }) => {
      const explanation = explainLine(line, { command });
      expect(explanation?.kind ?? null).toBe(kind);
      if (kind !== null) expect(explanation?.value).toMatchObject(fields);
    },
  );

  it('keeps the arguments of a repeated command to itself', () => {
    expect(JSON.stringify(explainLine('AT+CPIN="1234"'))).not.toContain('1234');
  });

  it('takes what a number means from the maker', () => {
    expect(explainLine('+CFUN: 0', { vendor: 'u-blox SARA' })?.value).toMatchObject({ powerState: 'low' });
    expect(explainLine('+CFUN: 0')?.value).toMatchObject({ powerState: 'off' });
  });
});
