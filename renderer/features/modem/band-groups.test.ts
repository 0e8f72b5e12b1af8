import { expect, test } from 'vitest';
import { groupBands } from './band-groups.ts';

test('bands stand by generation and number, each once', () => {
  expect(groupBands(['B20', 'n78', 'B3', 'GSM1800', 'n5', 'U8', 'B3', 'U1', 'GSM900', 'CDMA-BC0'])).toEqual([
    { technology: 'nr', bands: ['n5', 'n78'] },
    { technology: 'eutran', bands: ['B3', 'B20'] },
    { technology: 'utran', bands: ['U1', 'U8'] },
    { technology: 'gsm', bands: ['GSM900', 'GSM1800'] },
  ]);
  expect(groupBands([])).toEqual([]);
});
