import { describe, expect, it } from 'vitest';
import { cnmpTechnologies } from './cnmp.ts';
import { gtactTechnologies } from './gtact.ts';
import { iotopmodeTechnologies } from './iotopmode.ts';
import { nwscanmodeTechnologies } from './nwscanmode.ts';
import { qnwprefcfgTechnologies } from './qnwprefcfg.ts';
import { selratTechnologies } from './selrat.ts';
import type { Answers, Technologies, TechnologyWay, TechnologyWish } from './setting-way.ts';
import { syscfgexTechnologies } from './syscfgex.ts';
import { uratTechnologies } from './urat.ts';
import { ws46Technologies } from './ws46.ts';
import { xactTechnologies } from './xact.ts';
import { xsystemmodeTechnologies } from './xsystemmode.ts';
import { zsntTechnologies } from './zsnt.ts';

type Case = {
  readonly name: string;
  readonly way: TechnologyWay;
  readonly answers: Answers;
  readonly now: Pick<Technologies, 'allowed' | 'preferred' | 'canPrefer'>;
  readonly choices: readonly string[];
  /** What is told, and the lines that it takes; null where the modem cannot be told that. */
  readonly orders: readonly (readonly [TechnologyWish, readonly string[] | null])[];
};

const only = (...allowed: TechnologyWish['allowed']): TechnologyWish => ({ allowed, preferred: null });
const first = (preferred: TechnologyWish['preferred'], ...allowed: TechnologyWish['allowed']): TechnologyWish => ({ allowed, preferred });

const cases: readonly Case[] = [
  {
    name: 'the standard’s numbers',
    way: ws46Technologies,
    answers: [['+WS46: 28'], ['+WS46: (12,22,25,28-31)']],
    now: { allowed: ['eutran'], preferred: null, canPrefer: false },
    choices: ['gsm', 'utran', 'eutran', 'gsm utran', 'gsm eutran', 'utran eutran', 'gsm utran eutran'],
    orders: [
      [only('gsm', 'utran', 'eutran'), ['AT+WS46=25']],
      [only('utran', 'eutran'), ['AT+WS46=31']],
      [only('nr'), null],
      [first('eutran', 'utran', 'eutran'), null],
    ],
  },
  {
    name: 'Quectel’s scan mode',
    way: nwscanmodeTechnologies,
    answers: [['+QCFG: "nwscanmode",0'], ['+QCFG: "nwscanmode",(0-3),(0,1)', '+QCFG: "band",(0-FFFF),(0-7FF)']],
    now: { allowed: ['gsm', 'utran', 'eutran'], preferred: null, canPrefer: false },
    choices: ['gsm', 'utran', 'eutran', 'gsm utran eutran'],
    orders: [
      [only('eutran'), ['AT+QCFG="nwscanmode",3,1']],
      [only('gsm', 'utran', 'eutran'), ['AT+QCFG="nwscanmode",0,1']],
      [only('gsm', 'eutran'), null],
    ],
  },
  {
    name: 'Quectel’s preference of technologies',
    way: qnwprefcfgTechnologies,
    answers: [['+QNWPREFCFG: "mode_pref",LTE:NR5G'], ['+QNWPREFCFG: "rat_acq_order",LTE:NR5G:WCDMA']],
    now: { allowed: ['eutran', 'nr'], preferred: 'eutran', canPrefer: true },
    choices: ['utran', 'eutran', 'nr', 'utran eutran', 'utran nr', 'eutran nr', 'utran eutran nr'],
    orders: [
      [only('utran', 'eutran', 'nr'), ['AT+QNWPREFCFG="mode_pref",AUTO']],
      [first('nr', 'eutran', 'nr'), ['AT+QNWPREFCFG="mode_pref",LTE:NR5G', 'AT+QNWPREFCFG="rat_acq_order",NR5G:LTE:WCDMA']],
      [only('gsm'), null],
    ],
  },
  {
    name: 'Quectel’s LTE-M and NB-IoT, with GSM',
    way: iotopmodeTechnologies,
    answers: [['+QCFG: "iotopmode",2,1'], ['+QCFG: "nwscanmode",3']],
    now: { allowed: ['nbIot', 'ltem'], preferred: null, canPrefer: false },
    choices: ['ltem', 'nbIot', 'gsm', 'nbIot ltem', 'gsm ltem', 'gsm nbIot', 'gsm nbIot ltem'],
    orders: [
      [only('ltem'), ['AT+QCFG="nwscanmode",3,1', 'AT+QCFG="iotopmode",0,1']],
      [only('gsm'), ['AT+QCFG="nwscanmode",1,1']],
      [only('gsm', 'nbIot'), ['AT+QCFG="nwscanmode",0,1', 'AT+QCFG="iotopmode",1,1']],
      [only('eutran'), null],
    ],
  },
  {
    name: 'SIMCom’s modes, listed in words',
    way: cnmpTechnologies,
    answers: [['+CNMP: 2'], ['+CNMP: ((2-Automatic),(13-GSM Only),(38-LTE Only),(51-GSM And LTE Only))']],
    now: { allowed: ['gsm', 'eutran'], preferred: null, canPrefer: false },
    choices: ['gsm', 'eutran', 'gsm eutran'],
    orders: [
      [only('gsm', 'eutran'), ['AT+CNMP=2']],
      [only('eutran'), ['AT+CNMP=38']],
      [only('utran'), null],
    ],
  },
  {
    name: 'Fibocom’s technologies with a preference',
    way: gtactTechnologies,
    answers: [
      ['+GTACT: 20,6,3,1,8,101,103,501,5078'],
      ['+GTACT: (1,2,4,10,14,16,17,20),(2,3,6),(2,3,6),(),(1,8),(101,103),(),(),(501,5078)'],
    ],
    now: { allowed: ['utran', 'eutran', 'nr'], preferred: 'nr', canPrefer: true },
    choices: ['utran', 'eutran', 'nr', 'utran eutran', 'utran nr', 'eutran nr', 'utran eutran nr'],
    orders: [
      [only('eutran'), ['AT+GTACT=2']],
      [first('nr', 'eutran', 'nr'), ['AT+GTACT=17,6,3']],
      [first('eutran', 'utran', 'eutran', 'nr'), ['AT+GTACT=20,3,6']],
      [only('gsm'), null],
    ],
  },
  {
    name: 'the technologies of Intel’s chips',
    way: xactTechnologies,
    answers: [['+XACT: 4,2,1,1,2,4,5,8,101,103'], ['+XACT: (0-6),(0-2),0,1,2,4,5,8,101,103']],
    now: { allowed: ['utran', 'eutran'], preferred: 'eutran', canPrefer: true },
    choices: ['utran', 'eutran', 'utran eutran'],
    orders: [
      [only('eutran'), ['AT+XACT=2,,']],
      [first('utran', 'utran', 'eutran'), ['AT+XACT=4,1,']],
      [first('gsm', 'utran', 'eutran'), null],
      [only('nr'), null],
    ],
  },
  {
    name: 'Sierra’s selection, by its words',
    way: selratTechnologies,
    answers: [
      ['!SELRAT: 00, Automatic'],
      ['!SELRAT: Index, Name', '00, Automatic', '01, UMTS 3G Only', '06, LTE Only', '09, CDMA only', '11, UMTS and LTE Only'],
    ],
    now: { allowed: ['utran', 'eutran'], preferred: null, canPrefer: false },
    choices: ['utran', 'eutran', 'utran eutran'],
    orders: [
      [only('eutran'), ['AT!SELRAT=06']],
      [only('utran', 'eutran'), ['AT!SELRAT=00']],
      [only('gsm'), null],
    ],
  },
  {
    name: 'u-blox’s technologies',
    way: uratTechnologies,
    answers: [['+URAT: 4,3'], ['+URAT: (0-6),(0,2,3)']],
    now: { allowed: ['gsm', 'utran', 'eutran'], preferred: 'eutran', canPrefer: true },
    choices: ['gsm', 'utran', 'eutran', 'gsm utran', 'gsm eutran', 'utran eutran', 'gsm utran eutran'],
    orders: [
      [only('eutran'), ['AT+URAT=3']],
      [first('utran', 'utran', 'eutran'), ['AT+URAT=6,2']],
      [only('nr'), null],
    ],
  },
  {
    name: 'Huawei’s order of search',
    way: syscfgexTechnologies,
    answers: [
      ['^SYSCFGEX: "0302",3FFFFFFF,1,2,7FFFFFFFFFFFFFFF,,'],
      [
        '^SYSCFGEX: ("00","03","02","01","0302","0203"),((2000004e80380,"GSM850/GSM900/WCDMA900/WCDMA2100"),(3FFFFFFF,"All bands")),(0-3),(0-4),' +
          '((800c5,"LTE2100/LTE1800/LTE2600/LTE900/LTE800"),(7fffffffffffffff,"All bands"))',
      ],
    ],
    now: { allowed: ['utran', 'eutran'], preferred: 'eutran', canPrefer: true },
    choices: ['eutran', 'utran', 'gsm', 'utran eutran', 'gsm utran eutran'],
    orders: [
      [first('utran', 'utran', 'eutran'), ['AT^SYSCFGEX="0203",40000000,2,4,40000000,,']],
      [only('gsm', 'utran', 'eutran'), ['AT^SYSCFGEX="00",40000000,2,4,40000000,,']],
      [only('gsm', 'eutran'), null],
    ],
  },
  {
    name: 'ZTE’s selection',
    way: zsntTechnologies,
    answers: [['+ZSNT: 0,0,2'], ['+ZSNT: (0-2,6),(0-3),(0-2)']],
    now: { allowed: ['gsm', 'utran', 'eutran'], preferred: 'utran', canPrefer: true },
    choices: ['gsm', 'utran', 'eutran', 'gsm utran eutran'],
    orders: [
      [only('eutran'), ['AT+ZSNT=6,0,0']],
      [first('gsm', 'gsm', 'utran', 'eutran'), ['AT+ZSNT=0,0,1']],
      [first('eutran', 'gsm', 'utran', 'eutran'), null],
      [only('gsm', 'utran'), null],
    ],
  },
  {
    name: 'Nordic’s modes, with its satellites left alone',
    way: xsystemmodeTechnologies,
    answers: [['%XSYSTEMMODE: 1,1,1,2']],
    now: { allowed: ['nbIot', 'ltem'], preferred: 'nbIot', canPrefer: true },
    choices: ['ltem', 'nbIot', 'nbIot ltem'],
    orders: [
      [only('ltem'), ['AT%XSYSTEMMODE=1,0,1,0']],
      [first('ltem', 'ltem', 'nbIot'), ['AT%XSYSTEMMODE=1,1,1,1']],
      [only('eutran'), null],
    ],
  },
];

describe.each(cases)('$name', ({ way, answers, now, choices, orders }) => {
  it('is read', () => {
    const { choices: sets, ...rest } = way.decode(answers);
    expect(rest).toEqual(now);
    expect(sets.map((set) => set.join(' ')).toSorted()).toEqual(choices.toSorted());
  });

  it.each(orders)('is told %j', (wish, lines) => {
    expect(way.encode(wish, answers)).toEqual(lines);
  });

  it('is not guessed from what is no answer', () => {
    for (const lines of [[], ['OK?'], ['+CSQ: 20,99']]) {
      expect(() => way.decode([lines, null])).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
    }
  });
});

it('what is chosen automatically is not known where a modem does not list what it has', () => {
  expect(() => nwscanmodeTechnologies.decode([['+QCFG: "nwscanmode",0'], null])).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
  expect(nwscanmodeTechnologies.decode([['+QCFG: "nwscanmode",3'], null])).toMatchObject({ allowed: ['eutran'], choices: [['eutran']] });
});
