import { describe, expect, it } from 'vitest';
import { explainAnswer } from '../explainer.ts';
import { explainLine } from '../explain-line.ts';

type Row = readonly [line: string, command: string | undefined, kind: string, fields: object];

const rows: readonly Row[] = [
  // Huawei and TD-Tech
  ['^HCSQ: "LTE",50,51,100,20', 'AT^HCSQ?', 'hcsq', { act: 'lte', rssi: -71, rsrp: -90, sinr: -0.2, rsrq: -10 }],
  [
    '^DHCP: 0200000A,00FFFFFF,0100000A,0100000A,3500000A,3600000A,1,1',
    undefined,
    'dhcp',
    { address: '10.0.0.2', prefix: 24, gateway: '10.0.0.1', dns1: '10.0.0.53' },
  ],
  ['^NDISSTAT: 0,,,"IPV6"', undefined, 'ndisstat', { ipv6Available: true, ipv6Connected: false, ipv4Connected: null }],
  ['^GETPORTMODE: TYPE: X: y,mass:2,PCUI:1,3g_modem:0', undefined, 'getportmode', { modes: ['modem', 'pcui', 'sd'] }],
  ['^NWTIME: 24/02/29,12:00:00+08,01', undefined, 'nwtime', { iso8601: '2024-02-29T12:00:00+02:00', dstOffsetMinutes: 60 }],
  ['^SYSCFG:2,1,680380,1,2', undefined, 'syscfg', { allowed: ['3g', '2g'], preferred: ['2g'], bandsHex: '680380' }],
  ['^SYSCFGEX: "0302",3FFFFFFF,1,2,800C5', 'AT^SYSCFGEX?', 'syscfgex', { allowed: ['4g', '3g'], preferred: ['4g'] }],
  ['^MONSC: NR,001,01,627264,1,1234567,1F,ABC,-90,-157,5', undefined, 'monsc', { rat: 'NR', pci: 31, band: 78, rsrp: -90, sinr: 5 }],
  // Telit
  [
    '#BND: 4,0,524420',
    'AT#BND?',
    'bnd',
    { gsm: ['egsm', 'dcs', 'pcs'], utran: ['utran-1'], eutran: ['eutran-3', 'eutran-8', 'eutran-20'] },
  ],
  ['#QSS: 2,3', undefined, 'qss', { status: 'sim-inserted-and-ready' }],
  // u-blox and Intel
  ['+URAT: 6,3', 'AT+URAT?', 'urat', { allowed: ['3g', '4g'], preferred: ['4g'] }],
  ['+UBANDSEL: 900,2100', undefined, 'ubandsel', { bands: ['egsm', 'utran-8', 'utran-1'] }],
  ['+UPINCNT: 3,2,10,9', undefined, 'upincnt', { pinAttempts: 3, puk2Attempts: 9 }],
  ['+XCESQ: 0,99,99,255,255,20,50,14', undefined, 'xcesq', { lte: { rsrp: -91, rsrq: -10, snr: 7 }, gsm: null }],
  ['+XACT: (0-6),(0-2),0,1,101,103', 'AT+XACT=?', 'xact-test', { bands: ['utran-1', 'eutran-1', 'eutran-3'] }],
  // Fibocom
  [
    'PCC:5041,7,504990,500,4',
    'AT+GTCAINFO?',
    'gtcainfo',
    { carriers: [{ carrier: 'PCC', technology: 'NR', band: 'n41', pci: 7, channel: 504_990, dlBandwidth: 500, dlBandwidthMHz: 100 }] },
  ],
  ['+GTDUALSIM : 0', undefined, 'gtdualsim', { slot: 0 }],
  [
    '1,4,001,01,1A2B,ABCDEF,1300,12,103,100,20,50,51,20',
    'AT+GTCCINFO?',
    'gtccinfo',
    {
      cells: [
        {
          serving: true,
          rat: 'LTE',
          mcc: '001',
          mnc: '01',
          tac: '1A2B',
          cellId: 'ABCDEF',
          channel: 1300,
          pci: 12,
          band: 'B3',
          rsrp: -90,
          rsrq: -10,
          sinr: 10,
        },
      ],
    },
  ],
  [
    '2,9,001,01,,,504990,34,50,80,67,65',
    'AT+GTCCINFO?',
    'gtccinfo',
    {
      cells: [
        {
          serving: false,
          rat: 'NR',
          mcc: '001',
          mnc: '01',
          tac: null,
          cellId: null,
          channel: 504_990,
          pci: 34,
          band: null,
          rsrp: -90,
          rsrq: -11,
          sinr: null,
        },
      ],
    },
  ],
  // Quectel
  ['+QCSQ: "LTE",-60,-90,130,-10', undefined, 'qcsq', { rsrp: -90, rsrq: -10, sinrRaw: 130, sinrDb: 6 }],
  [
    '+QENG: "servingcell","CONNECT","NR5G-SA","TDD",001,01,ABCDEF,7,1234,504990,41,12,-85,-11,20,1',
    undefined,
    'qeng',
    { rat: 'NR5G-SA', duplex: 'TDD', cellId: 'ABCDEF', tac: '1234', band: 41, dlBandwidthMHz: 100, rsrp: -85 },
  ],
  [
    '+QENG: "neighbourcell intra","LTE",1300,12,-9,-88,-60,-,1',
    undefined,
    'qeng-neighbour',
    { cells: [{ rat: 'LTE', relation: 'intra', earfcn: 1300, pci: 12, rsrq: -9, rsrp: -88, rssi: -60, sinr: null }] },
  ],
  [
    '+QCAINFO: "SCC",1300,75,"LTE BAND 3",1,12,-90,-9,-60,8',
    undefined,
    'qcainfo',
    { carriers: [{ role: 'SCC', channel: 1300, bandwidth: 75, band: 'LTE BAND 3', state: 1, pci: 12 }] },
  ],
  [
    '+QGPSLOC: 120000.00,4807.5000N,01130.0000W,1.0,500.0,3,90.00,3.6,1.9,290224,08',
    undefined,
    'qgpsloc',
    { latitude: 48.125, longitude: -11.5, utc: '2024-02-29T12:00:00Z', fix: '3d', satellites: 8 },
  ],
  ['+QTEMP: "modem","38"', undefined, 'qtemp', { sensors: [{ name: 'modem', celsius: 38 }] }],
  // SIMCom writes tenths on some models and whole decibels on others
  [
    '+CPSI: LTE,Online,001-01,0x1A2B,123456,12,EUTRAN-BAND3,1300,5,5,-95,-880,-580,14',
    undefined,
    'cpsi',
    { mode: 'LTE', mcc: '001', tac: '1A2B', rsrp: -88, rsrq: -9.5, rssi: -58 },
  ],
  ['+CPSI: LTE,Online,001-01,0x1A2B,123456,12,EUTRAN-BAND3,1300,5,5,-9,-88,-58,14', undefined, 'cpsi', { rsrp: -88, rsrq: -9 }],
  ['VOICE CALL: END: 000007', undefined, 'voice-call-urc', { begin: false, duration: 7 }],
  // Nordic
  ['%CESQ: 50,2,20,2', undefined, 'nrf-cesq', { signalQuality: { rsrp: 50, rsrpDecibel: -90, rsrq: 20, rsrqDecibel: -9.5 } }],
  ['%XSYSTEMMODE: 1,0,1,2', 'AT%XSYSTEMMODE?', 'nrf-xsystemmode', { modemSupportLTEM: true, modemSupportNBIoT: false }],
  // others
  ['^SMONI: 4G,1300,3,10,10,FDD,001,01,1A2B,0123456,12,20,-95,-8,CONN', undefined, 'smoni', { gen: '4g', band: 3, rsrp: -95, rsrq: -8 }],
  ['+ZPAS: "LTE","CS_PS"', undefined, 'zpas', { technology: 'LTE', domain: 'CS_PS' }],
];

describe('lines of single makers', () => {
  it.each(rows.map(([line, command, kind, fields]) => ({ line, command, kind, fields })))(
    '$line is $kind',
    ({ line, command, kind, fields }) => {
      const explanation = explainLine(line, { command });
      expect(explanation?.kind).toBe(kind);
      expect(explanation?.value).toMatchObject(fields);
    },
  );

  it('puts LTE and NR that serve together into one', () => {
    const lines = [
      '+QENG: "servingcell","NOCONN"',
      '+QENG: "LTE","FDD",001,01,ABCDEF,12,1300,3,5,5,1A2B,-90,-9,-60,15',
      '+QENG: "NR5G-NSA",001,01,34,-95,18,-11,504990,41',
    ];
    expect(explainAnswer(lines)).toMatchObject([
      {
        kind: 'qeng',
        value: { state: 'NOCONN', lte: { pci: 12, rsrp: -90 }, nr: { rat: 'NR5G-NSA', pci: 34, rsrp: -95, sinr: 18, rsrq: -11 } },
      },
    ]);
  });

  it('puts both types of address of a connection into one', () => {
    expect(explainAnswer(['^NDISSTAT: 1,,,"IPV4"', '^NDISSTAT: 0,,,"IPV6"'])).toEqual([
      { kind: 'ndisstat', value: { ipv4Available: true, ipv4Connected: true, ipv6Available: true, ipv6Connected: false } },
    ]);
  });
});
