import { expect, it } from 'vitest';
import {
  fibocomCells,
  huaweiCells,
  intelCells,
  nordicCells,
  quectelCells,
  sierraCells,
  simcomCells,
  telitCells,
  ubloxCells,
} from './radio-cells.ts';

const unknown = { mccMnc: null, areaCode: null, cellId: null, band: null, bandwidthMHz: null, rssi: null, sinr: null };

it('reads the cells of a Quectel modem, the serving one and its neighbours', () => {
  expect(
    quectelCells.decode([
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
  const cells = quectelCells.decode([
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
  expect(simcomCells.decode(['+CPSI: LTE,Online,001-01,0x1F0A,170605569,212,EUTRAN-BAND3,1850,5,5,-92,-972,-718,15'])).toMatchObject([
    { role: 'serving', mccMnc: '00101', areaCode: '1F0A', cellId: 'A2B3C01', band: 'B3', rsrp: -97.2, rsrq: -9.2, sinr: 15 },
  ]);
  expect(fibocomCells.decode(['1,4,001,01,1F0A,A2B3C01,1850,212,103,100,14,45,60,20'])).toMatchObject([
    { role: 'serving', technology: 'eutran', cellId: 'A2B3C01', band: 'B3', channel: 1850, pci: 212, rsrp: -81 },
  ]);
});

it('finds no cell while the modem searches, and refuses what it cannot read', () => {
  expect(quectelCells.decode(['+QENG: "servingcell","SEARCH"'])).toEqual([]);
  expect(simcomCells.decode(['+CPSI: NO SERVICE,Online'])).toEqual([]);
  expect(() => quectelCells.decode([])).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
});

it('reads further carriers beside the serving one, and takes the first for what it is', () => {
  const cells = quectelCells.decode([
    '+QENG: "servingcell","NOCONN","LTE","FDD",001,01,A2B3C01,212,1850,3,5,5,1F0A,-96,-9,-71,14,20',
    '+QCAINFO: "PCC",1850,100,"LTE BAND 3",1,212,-96,-9,-71,14',
    '+QCAINFO: "SCC",3050,50,"LTE BAND 7",2,77,-99,-11,-74,9',
  ]);
  expect(
    cells.map(({ role, technology, band, channel, bandwidthMHz, pci }) => [role, technology, band, channel, bandwidthMHz, pci]),
  ).toEqual([
    ['serving', 'eutran', 'B3', 1850, 20, 212],
    ['secondary', 'eutran', 'B7', 3050, 10, 77],
  ]);
  expect(
    fibocomCells.decode(['1,4,001,01,1F0A,A2B3C01,1850,212,103,100,14,45,60,20', 'PCC:103,212,1850,100', 'SCC1:120,77,6300,50']),
  ).toMatchObject([
    { role: 'serving', band: 'B3' },
    { role: 'secondary', band: 'B20', channel: 6300, bandwidthMHz: 10, pci: 77 },
  ]);
});

it('reads those of Huawei, in hexadecimal where it writes so', () => {
  expect(huaweiCells.decode(['^MONSC: LTE,001,01,1850,A2B3C01,D4,1F0A,-96,-9,-71', '^MONNC: LTE,1850,D5,-105,-13,-78'])).toMatchObject([
    { role: 'serving', mccMnc: '00101', areaCode: '1F0A', cellId: 'A2B3C01', pci: 212, band: 'B3', rsrp: -96, rsrq: -9, rssi: -71 },
    { role: 'neighbour', pci: 213, channel: 1850, rsrp: -105, rsrq: -13, rssi: -78, sinr: null, cellId: null },
  ]);
});

it('reads those of Intel’s chips, of which neighbours have no name', () => {
  expect(
    intelCells.decode([
      '+XMCI: 4,001,01,"0x1F0A","0x0A2B3C01","0x00D4","0x0000073A","0x00004D8A","0xFFFFFFFF",45,22,28,"0x00000003","0x00000000"',
      '+XMCI: 5,000,000,"0xFFFE","0xFFFFFFFF","0x00D5","0x0000073A","0xFFFFFFFF","0xFFFFFFFF",36,14,255,"0x7FFFFFFF","0x00000000"',
    ]),
  ).toMatchObject([
    { role: 'serving', mccMnc: '00101', areaCode: '1F0A', pci: 212, channel: 1850, band: 'B3', rsrp: -96, rsrq: -9, sinr: 14 },
    { role: 'neighbour', mccMnc: null, areaCode: null, cellId: null, pci: 213, rsrp: -105, sinr: null },
  ]);
});

it('puts together what Sierra writes on many lines in two columns', () => {
  expect(
    sierraCells.decode([
      '!GSTATUS: ',
      'Current Time:  22016\t\tTemperature: 40',
      'System mode:   LTE        \tPS state:    Attached     ',
      'LTE band:      B3     \t\tLTE bw:      20 MHz  ',
      'LTE Rx chan:   1850\t\tLTE Tx chan: 19850',
      'LTE CA state:  ACTIVE      \t\tLTE Scell band:B7    ',
      'LTE Scell bw:10 MHz  \t\tLTE Scell chan:3050',
      'PCC RxM RSSI:  -71\t\tRSRP (dBm):  -96',
      'PCC RxD RSSI:  -75\t\tRSRP (dBm):  -99',
      'SCC RxM RSSI:  -74\t\tRSRP (dBm):  -101',
      'Tx Power:      15\t\tTAC:         1F0A (7946)',
      'RSRQ (dB):     -9.5\t\tCell ID:     0A2B3C01 (170605569)',
      'SINR (dB):     14.2',
    ]),
  ).toMatchObject([
    {
      role: 'serving',
      technology: 'eutran',
      band: 'B3',
      channel: 1850,
      bandwidthMHz: 20,
      areaCode: '1F0A',
      cellId: '0A2B3C01',
      rssi: -71,
      rsrp: -96,
      rsrq: -9.5,
      sinr: 14.2,
    },
    { role: 'secondary', band: 'B7', channel: 3050, bandwidthMHz: 10, rsrp: -101 },
  ]);
});

it('reads those of Telit and u-blox, and of LTE only', () => {
  expect(telitCells.decode(['#RFSTS: "001 01",1850,-96,-71,-9,1F0A,,128,3,1,A2B3C01,"001010000000001","Bench",3,3,108'])).toMatchObject([
    { role: 'serving', mccMnc: '00101', channel: 1850, band: 'B3', areaCode: '1F0A', cellId: 'A2B3C01', rsrp: -96, rssi: -71, rsrq: -9 },
  ]);
  expect(() => telitCells.decode(['#RFSTS: "204 04",1001,-80,00DE,01,5,19,10,2,9878,"001010000000001","Bench",1,2'])).toThrow();
  expect(
    ubloxCells.decode([
      '+UCGED: 2',
      '6,4,001,01',
      '1850,3,100,100,1f0a,a2b3c01,212,d60814d1,8001,01,45,22,13.75,3,1,10,28,-50,-6,0,255,255,0',
    ]),
  ).toMatchObject([
    {
      role: 'serving',
      mccMnc: '00101',
      channel: 1850,
      band: 'B3',
      bandwidthMHz: 20,
      areaCode: '1F0A',
      pci: 212,
      rsrp: -96,
      rsrq: -9,
      sinr: 13.75,
    },
  ]);
  expect(
    ubloxCells.decode([
      '+UCGED: 2',
      '6,2,fff,fff',
      '65535,255,255,255,ffff,0000000,65535,00000000,ffff,ff,255,255,255,1,255,255,255,255,255,0,255,255,0',
    ]),
  ).toEqual([]);
});

it('reads those of Nordic, whose LTE is LTE-M', () => {
  expect(
    nordicCells.decode(['%XMONITOR: 1,"Bench","Bench","00101","1F0A",7,20,"0A2B3C01",212,6300,45,38,"","00000001","00000110","01001001"']),
  ).toMatchObject([
    {
      role: 'serving',
      technology: 'ltem',
      mccMnc: '00101',
      areaCode: '1F0A',
      cellId: '0A2B3C01',
      pci: 212,
      band: 'B20',
      channel: 6300,
      rsrp: -95,
      sinr: 14,
    },
  ]);
  expect(nordicCells.decode(['%XMONITOR: 2'])).toEqual([]);
});
