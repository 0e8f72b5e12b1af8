import { expect, it } from 'vitest';
import {
  activateContextCommand,
  activeContextsCommand,
  contextAddressesCommand,
  packetAttachedCommand,
  pdpContextsCommand,
  removePdpContextCommand,
  setPdpContextCommand,
} from './pdp-context.ts';

it('reads the contexts, with and without the quotes', () => {
  expect(
    pdpContextsCommand.decode([
      '+CGDCONT: 1,"IPV4V6","internet","0.0.0.0",0,0',
      '+CGDCONT: 2,IP,ims',
      '+CGDCONT: 5,"PPP",""',
      '+CGACT: 1,1',
      '+CGDCONT: x,"IP","y"',
    ]),
  ).toEqual([
    { cid: 1, type: 'ipv4v6', apn: 'internet' },
    { cid: 2, type: 'ipv4', apn: 'ims' },
    { cid: 5, type: 'other', apn: '' },
  ]);
  expect(pdpContextsCommand.decode([])).toEqual([]);
});

it('knows which of them are active, and under which addresses', () => {
  expect(activeContextsCommand.decode(['+CGACT: 1,1', '+CGACT: 2,0', '+CGACT: 3,1', '+CGACT:'])).toEqual([1, 3]);
  expect(
    contextAddressesCommand.decode([
      '+CGPADDR: 1,"100.64.3.9","32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.7"',
      '+CGPADDR: 2,0.0.0.0',
      '+CGPADDR: 3,"2001:DB8:0:0::5"',
      '+CGPADDR: 4',
    ]),
  ).toEqual([
    { cid: 1, addresses: ['100.64.3.9', '2001:db8::7'] },
    { cid: 2, addresses: [] },
    { cid: 3, addresses: ['2001:db8::5'] },
    { cid: 4, addresses: [] },
  ]);
});

it('knows whether the modem is attached', () => {
  expect([packetAttachedCommand.decode(['+CGATT: 1']), packetAttachedCommand.decode(['+CGATT: 0'])]).toEqual([true, false]);
  expect(() => packetAttachedCommand.decode(['+CGATT: (0,1)'])).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
});

it('encodes each command to its line', () => {
  expect([
    setPdpContextCommand.encode({ cid: 2, type: 'ipv4v6', apn: 'web.example' }),
    removePdpContextCommand.encode({ cid: 2 }),
    activateContextCommand.encode({ cid: 2, active: true }),
    activateContextCommand.encode({ cid: 2, active: false }),
  ]).toEqual(['AT+CGDCONT=2,"IPV4V6","web.example"', 'AT+CGDCONT=2', 'AT+CGACT=1,2', 'AT+CGACT=0,2']);
});
