import { describe, expect, it } from 'vitest';
import { bndBands } from './bnd.ts';
import { gtactBands } from './gtact.ts';
import { qcfgBands } from './qcfg-band.ts';
import { qnwprefcfgBands } from './qnwprefcfg.ts';
import type { Answers, BandWay, BandWish } from './setting-way.ts';
import { syscfgexBands } from './syscfgex.ts';
import { uactBands } from './urat.ts';
import { xactBands } from './xact.ts';
import { xbandlockBands } from './xsystemmode.ts';

type Case = {
  readonly name: string;
  readonly way: BandWay;
  readonly answers: Answers;
  readonly supported: string;
  readonly enabled: string;
  readonly orders: readonly (readonly [BandWish, readonly string[] | null])[];
};

const cases: readonly Case[] = [
  {
    name: 'Quectel’s masks, of a model that is known',
    way: qcfgBands,
    answers: [['+QCFG: "band",0x93,0x80045,0x0'], ['EC25EFAR06A01M4G']],
    supported: 'GSM900 GSM1800 U1 U5 U8 B1 B3 B5 B7 B8 B20 B38 B40 B41',
    enabled: 'GSM900 GSM1800 U1 U8 B1 B3 B7 B20',
    orders: [
      [['GSM900', 'U8', 'B3', 'B20'], ['AT+QCFG="band",0x81,0x80004,0,1']],
      [null, ['AT+QCFG="band",0xffff,0x7fffffffffffffff,0,1']],
      [['B3'], null],
    ],
  },
  {
    name: 'Quectel’s masks, of a model that is not',
    way: qcfgBands,
    answers: [['+QCFG: "band",0x0,0x2000000004,0x0'], null],
    supported: 'B3 B38',
    enabled: 'B3 B38',
    orders: [[['B3'], ['AT+QCFG="band",0x0,0x4,0,1']]],
  },
  {
    name: 'Quectel’s lists for 5G',
    way: qnwprefcfgBands,
    answers: [
      [
        '+QNWPREFCFG: "gw_band",1:8',
        '+QNWPREFCFG: "lte_band",1:3:7:20',
        '+QNWPREFCFG: "nsa_nr5g_band",78',
        '+QNWPREFCFG: "nr5g_band",28:78',
      ],
      ['+QNWPREFCFG: "gw_band",1:8'],
      ['+QNWPREFCFG: "lte_band",3:7'],
      ['+QNWPREFCFG: "nsa_nr5g_band",78'],
      ['+QNWPREFCFG: "nr5g_band",28:78'],
    ],
    supported: 'U1 U8 B1 B3 B7 B20 n28 n78',
    enabled: 'U1 U8 B3 B7 n28 n78',
    orders: [
      [
        ['U1', 'B20', 'n28'],
        ['AT+QNWPREFCFG="gw_band",1', 'AT+QNWPREFCFG="lte_band",20', 'AT+QNWPREFCFG="nsa_nr5g_band",0', 'AT+QNWPREFCFG="nr5g_band",28'],
      ],
      [['U1', 'B3'], null],
    ],
  },
  {
    name: 'Fibocom’s numbers',
    way: gtactBands,
    answers: [
      ['+GTACT: 20,6,3,1,8,101,103,5078'],
      ['+GTACT: (1,2,4,10,14,16,17,20),(2,3,6),(2,3,6),(),(1,8),(101,103,120),(),(),(501,5078)'],
    ],
    supported: 'U1 U8 B1 B3 B20 n1 n78',
    enabled: 'U1 U8 B1 B3 n78',
    orders: [
      [['B3', 'n78'], ['AT+GTACT=20,6,3,103,5078']],
      [null, ['AT+GTACT=20,6,3,1,8,101,103,120,501,5078']],
    ],
  },
  {
    name: 'Fibocom’s numbers where nothing is left out',
    way: gtactBands,
    answers: [['+GTACT: 10,3,2,0'], ['+GTACT: (1,2,4,10),(2,3),(),0,1,8,101,103']],
    supported: 'U1 U8 B1 B3',
    enabled: 'U1 U8 B1 B3',
    orders: [[['U1', 'B3'], ['AT+GTACT=10,3,2,1,103']]],
  },
  {
    name: 'the numbers of Intel’s chips, behind the technologies',
    way: xactBands,
    answers: [['+XACT: 2,2,,1,8,101'], ['+XACT: (0-6),(0-2),0,1,8,101,103,120']],
    supported: 'U1 U8 B1 B3 B20',
    enabled: 'U1 U8 B1',
    orders: [
      [['U1', 'B3'], ['AT+XACT=2,2,,1,103']],
      [null, ['AT+XACT=2,2,,1,8,101,103,120']],
    ],
  },
  {
    name: 'u-blox’s numbers',
    way: uactBands,
    answers: [['+UACT: ,,,900,1800,1,8,101'], ['+UACT: ,,,(900,1800),(1,8),(101,103,120)']],
    supported: 'GSM900 GSM1800 U1 U8 B1 B3 B20',
    enabled: 'GSM900 GSM1800 U1 U8 B1',
    orders: [
      [['GSM900', 'B3'], ['AT+UACT=,,,900,103']],
      [null, ['AT+UACT=,,,900,1800,1,8,101,103,120']],
    ],
  },
  {
    name: 'Huawei’s masks',
    way: syscfgexBands,
    answers: [
      ['^SYSCFGEX: "00",3FFFFFFF,1,2,5,,'],
      [
        '^SYSCFGEX: ("00","03","02"),((2000000400180,"GSM900/GSM1800/WCDMA900/WCDMA2100"),(3fffffff,"All bands")),(0-3),(0-4),' +
          '((800c5,"LTE"),(7fffffffffffffff,"All bands"))',
      ],
    ],
    supported: 'GSM900 GSM1800 U1 U8 B1 B3 B7 B8 B20',
    enabled: 'GSM900 GSM1800 U1 B1 B3',
    orders: [
      [['U1', 'B3', 'B20'], ['AT^SYSCFGEX="99",400000,2,4,80004,,']],
      [null, ['AT^SYSCFGEX="99",3FFFFFFF,2,4,7FFFFFFFFFFFFFFF,,']],
      [['B3'], ['AT^SYSCFGEX="99",40000000,2,4,4,,']],
    ],
  },
  {
    name: 'Telit’s sets and mask',
    way: bndBands,
    answers: [['#BND: 0,0,524353'], ['#BND: (0),(0,5,6),(1,64,524288,524353)']],
    supported: 'GSM900 GSM1800 U1 U8 B1 B7 B20',
    enabled: 'GSM900 GSM1800 U1 B1 B7 B20',
    orders: [
      [['GSM900', 'GSM1800', 'U1', 'U8', 'B20'], ['AT#BND=0,6,524288']],
      [['GSM900', 'B20'], null],
    ],
  },
  {
    name: 'Nordic’s lock, which nobody has set',
    way: xbandlockBands,
    answers: [['%XCBAND: (2,3,4,13,20)'], ['%XBANDLOCK: "",""']],
    supported: 'B2 B3 B4 B13 B20',
    enabled: 'B2 B3 B4 B13 B20',
    orders: [
      [['B4', 'B13'], ['AT%XBANDLOCK=2,"1000000001000"']],
      [null, ['AT%XBANDLOCK=0']],
    ],
  },
  {
    name: 'Nordic’s lock for now, before the lasting one',
    way: xbandlockBands,
    answers: [['%XCBAND: (2,3,4,13,20)'], ['%XBANDLOCK: "1111","1000000001000"']],
    supported: 'B2 B3 B4 B13 B20',
    enabled: 'B4 B13',
    orders: [],
  },
];

describe.each(cases)('$name', ({ way, answers, supported, enabled, orders }) => {
  it('are read', () => {
    expect(way.decode(answers)).toEqual({ supported: supported.split(' '), enabled: enabled.split(' ') });
  });

  it.each(orders)('are told %j', (wish, lines) => {
    expect(way.encode(wish, answers)).toEqual(lines);
  });

  it('are not guessed from what is no answer', () => {
    expect(() => way.decode([['OK?'], null])).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
  });
});
