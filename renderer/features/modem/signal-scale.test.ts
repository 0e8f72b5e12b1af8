import { expect, test } from 'vitest';
import { keptMs, sampleOf, withSample, type RadioSample } from './radio-history.ts';
import { gradeOf, heightOf, movesOf, piecesOf, spanOf } from './signal-scale.ts';

const sample = (seconds: number, rsrp: number | null, cell: string | null = '214'): RadioSample => ({
  at: seconds * 1000,
  rsrp,
  rsrq: null,
  sinr: null,
  rssi: null,
  cell,
});

test.each([
  ['rsrp', -95, 'good'],
  ['rsrp', -96, 'fair'],
  ['rsrp', -106, 'poor'],
  ['sinr', 13, 'good'],
  ['sinr', -1, 'poor'],
  ['rsrq', -12, 'fair'],
] as const)('%s %d is %s', (measure, value, grade) => {
  expect(gradeOf(measure, value)).toBe(grade);
});

test('a value has its height; beyond the scale it lies on the edge', () => {
  expect([-60, -70, -95, -120, -140].map((value) => heightOf('rsrp', value))).toEqual([0, 0, 50, 100, 100]);
  expect(heightOf('sinr', 10)).toBe(50);
});

test('a chart shows two, five or ten minutes, whichever holds what there is', () => {
  expect(spanOf([])).toBeNull();
  expect(spanOf([sample(100, -90)])).toEqual({ from: -20_000, to: 100_000, minutes: 2 });
  expect(spanOf([sample(0, -90), sample(121, -90)])?.minutes).toBe(5);
  expect(spanOf([sample(0, -90), sample(600, -90)])?.minutes).toBe(10);
});

test('where nothing was measured there is no line', () => {
  const pieces = piecesOf([sample(0, -90), sample(5, -91), sample(10, null), sample(15, -92), sample(60, -93)], 'rsrp');
  expect(pieces.map((piece) => piece.map(({ value }) => value))).toEqual([[-90, -91], [-92], [-93]]);
});

test('a move is told where the cell changes, not where its name was missing', () => {
  const samples = [sample(0, -90, null), sample(5, -90, '1'), sample(10, -90, null), sample(15, -90, '1'), sample(20, -90, '2')];
  expect(movesOf(samples)).toEqual([{ at: 20_000, cell: '2' }]);
});

test('samples are kept for ten minutes, each moment once', () => {
  const first = [sample(0, -90), sample(5, -91)];
  expect(withSample(first, sample(5, -80))).toBe(first);
  expect(withSample(first, sample(keptMs / 1000 + 5, -80)).map(({ rsrp }) => rsrp)).toEqual([-91, -80]);
});

test('a report becomes a sample of its serving cell', () => {
  const cell = {
    role: 'serving',
    serving: true,
    technology: 'eutran',
    mccMnc: null,
    areaCode: null,
    cellId: '01C3D4E5',
    pci: 214,
    band: 'B3',
    channel: 1300,
    bandwidthMHz: 20,
    rssi: null,
    rsrp: -87,
    rsrq: -10,
    sinr: 17,
  } as const;
  const report = {
    registration: { state: 'home', technology: 'eutran', areaCode: null, cellId: null },
    signal: { rssi: -61, rsrp: -87, rsrq: -10, bars: 3 },
    sinr: 17,
    quality: 'good',
    cells: [cell],
    readAt: '2026-05-14T10:00:00.000Z',
  } as const;
  const at = Date.parse(report.readAt);
  expect(sampleOf({ ...report, cells: [cell] })).toEqual({ at, rsrp: -87, rsrq: -10, sinr: 17, rssi: -61, cell: '214' });
  expect(sampleOf({ ...report, cells: [{ ...cell, pci: null }] }).cell).toBe('01C3D4E5');
  expect(sampleOf({ ...report, cells: [] }).cell).toBeNull();
});
