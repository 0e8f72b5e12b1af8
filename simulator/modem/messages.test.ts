import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeChipSlot } from '../euicc/make-chip-slot.ts';
import { lebEurope, modemProfiles } from '../sample.ts';
import { makeImei } from './imei.ts';
import { makeVirtualModem, type VirtualModem } from './virtual-modem.ts';

/** "hello" to the modem's own number, as AT+CMGS takes it: without a service centre, with a report asked for in the second one. */
const toItself = '0001000C91447700094028000005E8329BFD06';
const withReport = '0021000C91447700094028000005E8329BFD06';

describe('messages of the simulated modem, in literal lines', () => {
  let modem: VirtualModem;
  let output = '';

  const pass = (milliseconds: number): string => {
    vi.advanceTimersByTime(milliseconds);
    const said = output;
    output = '';
    return said;
  };
  const ask = (line: string): string => {
    modem.receive(Buffer.from(`${line}\r`));
    return pass(60);
  };
  beforeEach(() => {
    vi.useFakeTimers();
    const slot = makeChipSlot({ stateDir: null, profiles: modemProfiles, serial: 2 });
    modem = makeVirtualModem({ slot, imei: makeImei(2), timeScale: 1 });
    modem.onOutput((bytes) => {
      output += Buffer.from(bytes).toString();
    });
    modem.powerOn();
    pass(2000);
    ask('ATE0');
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('prompts, takes the message at Ctrl-Z, and gives it back to its sender', () => {
    expect(ask('AT+CMGS=18')).toBe('\r\n> ');
    modem.receive(Buffer.from(`${toItself}\u001a`));
    expect(pass(300)).toBe('\r\n+CMGS: 1\r\n\r\nOK\r\n');
    expect(pass(300)).toBe('\r\n+CMTI: "SM",0\r\n');
    expect(ask('AT+CPMS="SM"')).toBe('\r\n+CPMS: 1,10,1,10,1,10\r\n\r\nOK\r\n');
    expect(ask('AT+CMGL=4')).toMatch(/^\r\n\+CMGL: 0,0,,24\r\n0791447700[0-9A-F]*05E8329BFD06\r\n\r\nOK\r\n$/);
    expect(ask('AT+CMGR=0')).toContain('+CMGR: 1,,24');
    expect(ask('AT+CMGD=0')).toBe('\r\nOK\r\n');
    expect(ask('AT+CMGR=0')).toBe('\r\n+CMS ERROR: 321\r\n');
  });

  it('leaves the prompt at ESC, and refuses what is no message or has another length', () => {
    ask('AT+CMGS=18');
    modem.receive(Buffer.from(`${toItself}\u001b`));
    expect(pass(10)).toBe('\r\nOK\r\n');
    for (const [length, text] of [
      ['17', toItself],
      ['18', 'AT'],
    ]) {
      expect(ask(`AT+CMGS=${length}`)).toBe('\r\n> ');
      modem.receive(Buffer.from(`${text}\u001a`));
      expect(pass(300)).toBe('\r\n+CMS ERROR: 304\r\n');
    }
  });

  it('reports where that was asked for and the host wants reports, and waits for acknowledgements in phase 2+', () => {
    expect(ask('AT+CSMS=1;+CNMI=2,2,0,1,0')).toBe('\r\n+CSMS: 1,1,1\r\n\r\nOK\r\n');
    ask('AT+CMGS=18');
    modem.receive(Buffer.from(`${withReport}\u001a`));
    expect(pass(300)).toContain('+CMGS: 1');
    expect(pass(1000)).toMatch(/^\r\n\+CMT: ,24\r\n[0-9A-F]+05E8329BFD06\r\n$/);
    expect(ask('AT+CNMA')).toMatch(/^\r\n\+CDS: 25\r\n[0-9A-F]+0601[0-9A-F]*00\r\n\r\nOK\r\n$/);
    expect(ask('AT+CNMA')).toBe('\r\nOK\r\n');
    expect(ask('AT+CNMA')).toBe('\r\n+CMS ERROR: 340\r\n');
  });

  it('keeps what comes while there is no network', () => {
    ask('AT+CFUN=4');
    pass(500);
    modem.receiveText({ from: 'LEB', to: lebEurope.msisdn, text: 'hello' });
    expect(pass(1000)).toBe('');
    ask('AT+CFUN=1');
    expect(pass(2000)).toContain('+CMTI: "SM",0');
  });

  it('has a menu behind *100#', () => {
    expect(ask('AT+CUSD=1,"*100#",15')).toBe('\r\nOK\r\n');
    expect(pass(500)).toMatch(/^\r\n\+CUSD: 1,"004C00450042000A[0-9A-F]+",72\r\n$/);
    ask('AT+CUSD=1,"1",15');
    expect(pass(500)).toBe('\r\n+CUSD: 0,"Data left: 3.80 GB [of 10 GB]",15\r\n');
  });
});
