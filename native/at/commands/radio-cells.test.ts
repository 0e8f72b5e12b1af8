import { expect, it } from 'vitest';
import { radioCellsCommand } from './radio-cells.ts';

const unknown = { mccMnc: null, areaCode: null, cellId: null, band: null, bandwidthMHz: null, rssi: null, sinr: null };

it('reads the cells of a Quectel modem, the serving one and its neighbours', () => {
  expect(
    radioCellsCommand.decode([
      '+QENG: "servingcell","NOCONN","LTE","FDD",001,01,A2B3C01,212,1850,3,5,5,1F0A,-96,-9,-71,14,20',
      '+QENG: "neighbourcell intra","LTE",1850,213,-13,-105,-78,2,30',
    ]),
  ).toEqual([
    {
      role: 'serving',
      technology: 'eutran',
      mccMnc: '00101',
      areaCode: '1F0A',
      cellId: 'A2B3C01',
      pci: 212,
      band: 'B3',
      channel: 1850,
      bandwidthMHz: 20,
      rssi: -71,
      rsrp: -96,
      rsrq: -9,
      sinr: 14,
    },
    { ...unknown, role: 'neighbour', technology: 'eutran', pci: 213, channel: 1850, rssi: -78, rsrp: -105, rsrq: -13, sinr: 2 },
  ]);
});

it('reads LTE with NR beside it as two serving cells', () => {
  const cells = radioCellsCommand.decode([
    '+QENG: "servingcell","NOCONN"',
    '+QENG: "LTE","FDD",001,01,A2B3C01,212,1850,3,5,5,1F0A,-96,-9,-71,14,20',
    '+QENG: "NR5G-NSA",001,01,77,-90,20,-10,630000,78,12',
  ]);
  expect(cells.map(({ technology, band, rsrp, role }) => [technology, band, rsrp, role])).toEqual([
    ['eutran', 'B3', -96, 'serving'],
    ['nr', 'n78', -90, 'serving'],
  ]);
});

it('reads those of SIMCom and of Fibocom', () => {
  expect(radioCellsCommand.decode(['+CPSI: LTE,Online,001-01,0x1F0A,170605569,212,EUTRAN-BAND3,1850,5,5,-92,-972,-718,15'])).toMatchObject([
    { role: 'serving', mccMnc: '00101', areaCode: '1F0A', cellId: 'A2B3C01', band: 'B3', rsrp: -97.2, rsrq: -9.2, sinr: 15 },
  ]);
  expect(radioCellsCommand.decode(['1,4,001,01,1F0A,A2B3C01,1850,212,103,100,14,45,60,20'])).toMatchObject([
    { role: 'serving', technology: 'eutran', cellId: 'A2B3C01', band: 'B3', channel: 1850, pci: 212, rsrp: -81 },
  ]);
});

it('finds no cell while the modem searches, and refuses what it cannot read', () => {
  expect(radioCellsCommand.decode(['+QENG: "servingcell","SEARCH"'])).toEqual([]);
  expect(radioCellsCommand.decode(['+CPSI: NO SERVICE,Online'])).toEqual([]);
  expect(() => radioCellsCommand.decode([])).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
});
