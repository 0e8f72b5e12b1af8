import { describe, expect, it } from 'vitest';
import { fibocomSlots, quectelSlots, sierraSlots, simcomSlots } from './card-slots.ts';
import { clockCommand } from './clock.ts';
import { quectelCounters, ubloxCounters } from './data-counters.ts';
import { imeiSvCommand, makersSerialNumberCommand } from './identity.ts';
import { ownNumbersCommand } from './own-numbers.ts';
import { gtFccStatus, sierraPowerVotes } from './radio-lock.ts';
import {
  fibocomTemperature,
  intelTemperature,
  nordicTemperature,
  quectelTemperature,
  sierraTemperature,
  simcomTemperature,
  telitTemperature,
} from './temperature.ts';

const noAnswer = expect.objectContaining({ code: 'AT_ANSWER' }) as Error;

it('the clock is told as an instant, and a clock that nobody has set as none', () => {
  expect(clockCommand.decode(['+CCLK: "26/11/24,17:05:09+04"'])).toEqual({ at: Date.UTC(2026, 10, 24, 16, 5, 9), offsetMinutes: 60 });
  expect(clockCommand.decode(['+CCLK: "26/11/24,17:05:09"'])).toEqual({ at: Date.UTC(2026, 10, 24, 17, 5, 9), offsetMinutes: null });
  expect(clockCommand.decode(['+CCLK: "80/01/06,00:00:14+00"'])).toBeNull();
  expect(clockCommand.decode(['+CCLK: "04/01/01,00:00:14+00"'])).toBeNull();
  expect(() => clockCommand.decode([])).toThrow(noAnswer);
});

it('own numbers are told as one dials them', () => {
  expect(ownNumbersCommand.decode(['+CNUM: "Data","447700900482",145', '+CNUM: ,"07700900482",129', '+CNUM: "",""'])).toEqual([
    { number: '+447700900482', name: 'Data' },
    { number: '07700900482', name: null },
  ]);
  expect(ownNumbersCommand.decode([])).toEqual([]);
});

it('the numbers of the device are told apart', () => {
  expect(imeiSvCommand.decode(['+CGSN: "8667580400000207"'])).toBe('8667580400000207');
  expect(() => imeiSvCommand.decode(['866758040000003'])).toThrow(noAnswer);
  expect(makersSerialNumberCommand.decode(['+CGSN: "MPA19E1ABC000123"'])).toBe('MPA19E1ABC000123');
});

describe('places for a card', () => {
  it.each([
    [quectelSlots, '+QUIMSLOT: 2', '+QUIMSLOT: (1,2)', 'AT+QUIMSLOT=1'],
    [fibocomSlots, '+GTDUALSIM : 1,"SUB2","L"', '+GTDUALSIM: (0,1)', 'AT+GTDUALSIM=0'],
    [simcomSlots, '+SMSIMCFG: 1,2', null, 'AT+SMSIMCFG=1,1'],
    [sierraSlots, '!UIMS: 1', null, 'AT!UIMS=0'],
  ])('are counted from one', (way, now, list, line) => {
    const answers = [[now], list === null ? null : [list]];
    expect(way.decode(answers)).toEqual({ active: 2, count: 2 });
    expect(way.encode(1, answers)).toEqual([line]);
    expect(way.encode(3, answers)).toBeNull();
    expect(() => way.decode([['OK?'], null])).toThrow(noAnswer);
  });
});

describe('the temperature', () => {
  it.each([
    [quectelTemperature, ['+QTEMP: 31,29,33'], 33],
    [quectelTemperature, ['+QTEMP:"modem-lte-sub6-pa1","37"', '+QTEMP:"modem-sdr0-pa0","0"', '+QTEMP:"aoss-0","41"'], 41],
    [simcomTemperature, ['+CPMUTEMP: 29'], 29],
    [fibocomTemperature, ['+GTSENRDTEMP: 1,36500'], 36.5],
    [intelTemperature, ['+MTSM: 33'], 33],
    [nordicTemperature, ['%XTEMP: 28'], 28],
    [telitTemperature, ['#TEMPMEAS: 0,-4'], -4],
    [sierraTemperature, ['Temp state: Normal', 'Temperature: 39.12 C'], 39.12],
  ])('is read in degrees', (way, lines, celsius) => {
    expect(way.decode(lines)).toBe(celsius);
    expect(() => way.decode(['OK?'])).toThrow(noAnswer);
  });

  it('is not that of a sensor that is not there', () => {
    expect(() => quectelTemperature.decode(['+QTEMP: -273,0'])).toThrow(noAnswer);
  });
});

it('bytes are counted by sent and received', () => {
  expect(quectelCounters.decode(['+QGDCNT: 48213,1907344'])).toEqual([{ cid: null, sent: 48_213, received: 1_907_344 }]);
  expect(ubloxCounters.decode(['+UGCNTRD: 1,100,200,1000,2000'])).toEqual([{ cid: 1, sent: 100, received: 200 }]);
  expect(() => quectelCounters.decode([])).toThrow(noAnswer);
});

function votes(bios: number): readonly string[] {
  return ['State: LowPowerMode', `LPM voters - Temp:0, Volt:0, User:0, W_DISABLE:0, IMSWITCH:0, BIOS:${bios}, LWM2M:0`];
}

it('the lock of a laptop’s maker is told from a radio that is merely off', () => {
  expect(gtFccStatus.decode(['+GTFCCEFFSTATUS: 2,0'])).toBe(true);
  expect(gtFccStatus.decode(['+GTFCCEFFSTATUS: 2,1'])).toBe(false);
  expect(gtFccStatus.decode(['+GTFCCEFFSTATUS: 0,0'])).toBe(false);
  expect(sierraPowerVotes.decode(votes(1))).toBe(true);
  expect(sierraPowerVotes.decode(votes(0))).toBe(false);
  expect(() => sierraPowerVotes.decode(['State: 1 (ONLINE)'])).toThrow(noAnswer);
});
