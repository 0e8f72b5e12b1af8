import { describe, expect, it } from 'vitest';
import { networkScanCommand, networkSelectionCommand, selectNetworkCommand } from './network-scan.ts';
import { registrationCauseCommand } from './registration.ts';

describe('networks that a scan finds', () => {
  it.each([
    [
      ['+COPS: (2,"Harbour Mobile","Harbour","00101",7),(1,"Op, Inc.","","310410",2),(3,"","","00102",0),,(0-4),(0-2)'],
      [
        { state: 'current', name: 'Harbour Mobile', mccMnc: '00101', technology: 'eutran' },
        { state: 'available', name: 'Op, Inc.', mccMnc: '310410', technology: 'utran' },
        { state: 'forbidden', name: null, mccMnc: '00102', technology: 'gsm' },
      ],
    ],
    [['+COPS: (1,"00101","00101","00101",11)'], [{ state: 'available', name: null, mccMnc: '00101', technology: 'nr' }]],
    [['+COPS: ,,(0-4),(0-2)'], []],
    [[], []],
    [['+COPS: (9,"x","y","z"),(('], []],
  ])('%j', (lines, networks) => {
    expect(networkScanCommand.decode(lines)).toEqual(networks);
  });
});

it('says who chooses the network', () => {
  expect(
    ['+COPS: 0', '+COPS: 1,2,"00101",7', '+COPS: 2', '+COPS: 4,0,"Name"'].map((line) => networkSelectionCommand.decode([line])),
  ).toEqual(['automatic', 'manual', 'deregistered', 'manualThenAutomatic']);
  expect(() => networkSelectionCommand.decode(['+COPS: x'])).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
});

it('encodes each command to its line', () => {
  expect([
    networkScanCommand.encode(),
    networkSelectionCommand.encode(),
    selectNetworkCommand.encode(null),
    selectNetworkCommand.encode('00101'),
    registrationCauseCommand.encode('+CEREG'),
  ]).toEqual(['AT+COPS=?', 'AT+COPS?', 'AT+COPS=0', 'AT+COPS=1,2,"00101"', 'AT+CEREG=3']);
});
