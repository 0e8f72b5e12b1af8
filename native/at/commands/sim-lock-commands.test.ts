import { describe, expect, it } from 'vitest';
import { isDeviceError } from '../../errors.ts';
import { noPinAttempts, pinAttemptsCommand } from './pin-attempts.ts';
import { changePinCommand, enterPinCommand, pinRequestCommand, setPinRequestCommand } from './sim-pin.ts';

describe('attempts left, as each modem tells them', () => {
  it.each([
    [['+CPINR: SIM PIN,2,3', '+CPINR: SIM PUK,9,10', '+CPINR: SIM PIN2,1,3'], { pin: 2, puk: 9, pin2: 1 }],
    [['+CPINR: "SIM PIN",3'], { pin: 3 }],
    [['+QPINC: "SC",1,7', '+QPINC: "P2",3,10'], { pin: 1, puk: 7, pin2: 3, puk2: 10 }],
    [['+EPINC: 3, 2, 10, 9'], { pin: 3, pin2: 2, puk: 10, puk2: 9 }],
    [['+CPINC: 3,2,10,9'], { pin: 3, pin2: 2, puk: 10, puk2: 9 }],
    [['+UPINCNT: 3,2,10,9'], { pin: 3, pin2: 2, puk: 10, puk2: 9 }],
    [['+SPIC: 3,10,2,9'], { pin: 3, puk: 10, pin2: 2, puk2: 9 }],
    [['^CPIN: SIM PIN,3,10,3,9,2'], { puk: 10, pin: 3, puk2: 9, pin2: 2 }],
    [['+CSIM: 4,"63C2"', '+CSIM: 4,"63CA"'], { pin: 2, puk: 10 }],
    [['+CSIM: 4,"6983"', '+CSIM: 4,"63C8"'], { pin: 0, puk: 8 }],
    [['+CSIM: 4,"9000"', '+CSIM: 4,"63CA"'], { pin: null, puk: 10 }],
  ])('%j', (lines, expected) => {
    expect(pinAttemptsCommand.decode(lines)).toEqual({ ...noPinAttempts, ...expected });
  });

  it.each([[[]], [['+CPINR: x,y']], [['+CSIM: 4,"6D00"', '+CSIM: 4,"6D00"']], [['+CSIM: 4,"63C2"']], [['+QPINC: "XX",3,3']]])(
    'says nothing where %j says nothing',
    (lines) => {
      expect(() => pinAttemptsCommand.decode(lines)).toThrow(expect.objectContaining({ code: 'AT_ANSWER' }));
    },
  );
});

it('asks whether the PIN is asked for', () => {
  expect(pinRequestCommand.decode(['+CLCK: 1'])).toBe(true);
  expect(pinRequestCommand.decode(['+CLCK: 0,7'])).toBe(false);
  for (const lines of [[], ['+CLCK: ("SC")'], ['+CLCK: 2']]) {
    expect(() => pinRequestCommand.decode(lines)).toThrow(expect.toSatisfy(isDeviceError));
  }
});

it('encodes each command to its line', () => {
  expect([
    enterPinCommand.encode({ code: '4711' }),
    enterPinCommand.encode({ code: '87654321', newPin: '4711' }),
    pinRequestCommand.encode(),
    setPinRequestCommand.encode({ requested: true, pin: '4711' }),
    setPinRequestCommand.encode({ requested: false, pin: '4711' }),
    changePinCommand.encode({ pin: '4711', newPin: '0815' }),
    pinAttemptsCommand.encode('+QPINC?'),
  ]).toEqual([
    'AT+CPIN="4711"',
    'AT+CPIN="87654321","4711"',
    'AT+CLCK="SC",2',
    'AT+CLCK="SC",1,"4711"',
    'AT+CLCK="SC",0,"4711"',
    'AT+CPWD="SC","4711","0815"',
    'AT+QPINC?',
  ]);
});
