import { describe, expect, it } from 'vitest';
import { parseModemKind } from './modem-kind.ts';
import { startModem, startRegistered } from './modem-stage.fixture.ts';

const ok = '\r\nOK\r\n';
const openIsdr = 'AT+CCHO="A0000005591010FFFFFFFF8900000100"';
const getEid = '80E2910006BF3E035C015A00';
const eid = 'BF3E125A1089044990000000000000000000000285';

const manageChannel = 'AT+CSIM=10,"0070000001"';
const select = (cla: string): string => `AT+CSIM=42,"${cla}A4040010A0000005591010FFFFFFFF8900000100"`;
const ask = (cla: string): string => `AT+CSIM=${getEid.length},"${cla}${getEid.slice(2)}"`;

describe('the name of a kind', () => {
  it('is a vendor and traits in any order, the first vendor where there is none', () => {
    expect(parseModemKind('generic').vendor.manufacturer).toBe('Bench');
    expect(parseModemKind('bareCcho+generic')).toMatchObject({ vendor: { manufacturer: 'Bench' }, traits: { openAnswer: 'bare' } });
    expect(parseModemKind('noCgla+noCchc')).toMatchObject({
      vendor: { manufacturer: 'Quectel' },
      traits: { ccho: true, cgla: false, cchc: false },
    });
    expect(parseModemKind('slowWrites=40').traits.writeTime).toBe(40);
  });

  it.each([
    ['quectel+generic', 'one vendor'],
    ['bareccho', 'Unknown kind of modem "bareccho"'],
    ['bareCcho=1', 'takes no number'],
    ['lateAnswers=x', 'a number from 0 to 600000'],
  ])('%s is refused: %s', (text, words) => {
    expect(() => parseModemKind(text)).toThrow(words);
  });
});

describe('ways to the chip', () => {
  it('bareCcho: the session alone', () => {
    expect(startRegistered({ kind: 'bareCcho' }).ask(openIsdr)).toBe(`\r\n1\r\n${ok}`);
  });

  it('handle32: 32 bits that are to be sent back as they came', () => {
    const stage = startRegistered({ kind: 'generic+handle32' });
    const handle = /\+CCHO: (00[0-9A-F]{6})\r/.exec(stage.ask(openIsdr))?.[1];
    expect(handle).toBeDefined();
    expect(stage.ask(openIsdr)).not.toContain(handle);
    expect(stage.ask(`AT+CGLA=${handle},${getEid.length},"${getEid}"`)).toBe(`\r\n+CGLA: 46,"${eid}9000"\r\n${ok}`);
    expect(stage.ask(`AT+CGLA=${handle?.replace(/^0+/, '')},${getEid.length},"${getEid}"`)).toContain('"6881"');
    expect(stage.ask(`AT+CCHC=${handle?.replace(/^0+/, '')}`)).toBe('\r\n+CME ERROR: 21\r\n');
    expect(stage.ask(`AT+CCHC=${handle}`)).toBe(ok);
  });

  it.each([
    ['noCgla', ['+CGLA']],
    ['noCchc', ['+CCHC']],
    ['csimOnly', ['+CCHO', '+CGLA', '+CCHC']],
    ['csimBasicOnly', ['+CCHO', '+CGLA', '+CCHC']],
  ])('%s: without %s', (kind, missing) => {
    const stage = startRegistered({ kind });
    const known = ['+CCHO', '+CGLA', '+CCHC', '+CSIM'].filter((name) => stage.ask(`AT${name}=?`) === ok);
    expect(['+CCHO', '+CGLA', '+CCHC', '+CSIM'].filter((name) => !known.includes(name))).toEqual(missing);
  });

  it('csimOnly: through a channel that the host opens', () => {
    const stage = startRegistered({ kind: 'generic+csimOnly' });
    expect(stage.ask(manageChannel)).toContain('"019000"');
    expect(stage.ask(select('01'))).toContain('9000"');
    expect(stage.ask(ask('81'))).toContain(`"${eid}9000"`);
  });

  it('csimNoChannels: opens one, and answers nothing on it', () => {
    const stage = startRegistered({ kind: 'generic+csimNoChannels' });
    expect(stage.ask(manageChannel)).toContain('"019000"');
    expect(stage.ask(select('01'))).toContain('"6881"');
    expect(stage.ask('AT+CSIM=10,"0070800100"')).toContain('"9000"');
  });

  it('csimBasicOnly: on the basic channel, until the modem looks into a file', () => {
    const stage = startRegistered({ kind: 'generic+csimBasicOnly' });
    expect(stage.ask(manageChannel)).toContain('"6881"');
    expect(stage.ask(select('01'))).toContain('"6881"');
    expect(stage.ask(select('00'))).toContain('9000"');
    expect(stage.ask(ask('80'))).toContain(`"${eid}9000"`);
    stage.ask('AT+CRSM=176,12258,0,0,10');
    expect(stage.ask(ask('80'))).toContain('"6D00"');
  });

  it('needs61: the host fetches the answer', () => {
    const stage = startRegistered({ kind: 'generic+needs61' });
    stage.ask(openIsdr);
    expect(stage.ask(`AT+CGLA=1,${getEid.length},"${getEid}"`)).toBe(`\r\n+CGLA: 4,"6115"\r\n${ok}`);
    expect(stage.ask('AT+CGLA=1,10,"80C0000015"')).toContain(`"${eid}9000"`);
  });

  it('lyingLength: not the length of what follows', () => {
    const stage = startRegistered({ kind: 'generic+lyingLength' });
    stage.ask(openIsdr);
    expect(stage.ask(`AT+CGLA=1,${getEid.length},"${getEid}"`)).toBe(`\r\n+CGLA: 48,"${eid}9000"\r\n${ok}`);
  });

  it('slowWrites: STORE DATA takes its time, other APDUs do not', () => {
    const stage = startRegistered({ kind: 'generic+slowWrites' });
    stage.ask(openIsdr);
    expect(stage.ask(`AT+CGLA=1,${getEid.length},"${getEid}"`)).toBe('');
    expect(stage.pass(2500)).toContain(eid);
    expect(stage.ask('AT+CGLA=1,10,"80C0000000"')).toContain('OK');
  });

  it('staleIccid: knows the former profile until the power of the card is switched', () => {
    const stage = startRegistered({ kind: 'staleIccid' });
    const former = '8944990000004821602';
    stage.ask(openIsdr);
    stage.ask('AT+CGLA=1,50,"80E2910014BF3111A00C5A0A984499020000303319F58101FF"');
    expect(stage.ask('AT+CGLA=1,10,"80C0000006"')).toContain('"BF3103800100910B"');
    for (const command of ['', 'AT+CFUN=4', 'AT+CFUN=1']) {
      stage.ask(command);
      expect(stage.pass(3000)).not.toContain('NOT READY');
      expect(stage.ask('AT+CCID')).toContain(former);
      expect(stage.ask('AT+CRSM=176,12258,0,0,10')).toContain('984499000000841206F2');
    }
    stage.ask('AT+CFUN=0');
    stage.pass(1000);
    stage.ask('AT+CFUN=1');
    stage.pass(3000);
    expect(stage.ask('AT+CCID')).toContain('8944992000000333915');
    expect(stage.ask('AT+CRSM=176,12258,0,0,10')).toContain('984499020000303319F5');
  });
});

describe('manners', () => {
  it('noTestForms: refused, a scan apart', () => {
    const stage = startRegistered({ kind: 'noTestForms' });
    expect(stage.ask('AT+CCHO=?')).toBe('\r\n+CME ERROR: 4\r\n');
    stage.ask('AT+COPS=?');
    expect(stage.pass(6000)).toContain('+COPS: (');
  });

  it('silentTestForms: not a word, and ready for the next line', () => {
    const stage = startRegistered({ kind: 'silentTestForms' });
    expect(stage.ask('AT+CCHO=?')).toBe('');
    expect(stage.ask('AT')).toBe(ok);
  });

  it.each([
    ['echoStuckOn', 'AT\r'],
    ['echoStuckOff', ''],
  ])('%s: whatever ATE says', (kind, echo) => {
    const stage = startRegistered({ kind });
    for (const command of ['ATE0', 'ATE1']) {
      expect(stage.ask(command)).toContain(ok);
      expect(stage.ask('AT')).toBe(echo + ok);
    }
  });

  it('textErrors: in words, though numbers were asked for', () => {
    const stage = startRegistered({ kind: 'textErrors' });
    stage.slot.controls.remove();
    stage.heard();
    expect(stage.ask('AT+CMEE=1;+CPIN?')).toBe('\r\n+CME ERROR: SIM not inserted\r\n');
  });

  it('lateAnswers: every fourth, and what was asked meanwhile is echoed and answered behind it', () => {
    const stage = startModem({ kind: 'lateAnswers' });
    stage.pass(2000);
    for (const _ of [1, 2, 3]) expect(stage.ask('AT')).toBe(`AT\r${ok}`);
    expect(stage.ask('AT+CSQ')).toBe('AT+CSQ\r');
    expect(stage.ask('AT+CGMM')).toBe('');
    expect(stage.pass(6000)).toBe(`\r\n+CSQ: 21,99\r\n${ok}AT+CGMM\r\r\nEG25\r\n${ok}`);
  });

  it('urcStorm: other news between the lines of an answer', () => {
    const answer = startRegistered({ kind: 'urcStorm' })
      .ask('ATI')
      .split('\r\n')
      .filter((line) => line !== '');
    expect(answer).toHaveLength(3 + 4 + 1);
    expect(answer.filter((_, index) => index % 2 === 1)).toEqual(['Quectel', 'EG25', 'Revision: EG25GGBR07A08M2G', 'OK']);
  });

  it('splitLines: the same bytes, in pieces', () => {
    const stage = startRegistered({ kind: 'splitLines' });
    const pieces: string[] = [];
    stage.modem.onOutput((bytes) => pieces.push(Buffer.from(bytes).toString()));
    stage.ask('AT+CGSN');
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(`\r\n001017000000029\r\n${ok}`);
  });

  it('fccLocked: takes AT+CFUN=1, and the radio stays off', () => {
    const stage = startRegistered({ kind: 'fccLocked' });
    stage.modem.receive(Buffer.from('AT+CFUN=1\r'));
    expect(stage.pass(5000)).toBe(ok);
    expect(stage.ask('AT+CFUN?')).toContain('+CFUN: 4');
    expect(stage.ask('AT+CREG?')).toContain('+CREG: 0,0');
    expect(stage.ask('AT+CPIN?')).toContain('READY');
  });
});
