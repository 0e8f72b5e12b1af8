import { CmeError } from '../cme-error.ts';
import type { ModemContext } from '../modem-state.ts';
import type { AtCommand } from './at-command.ts';
import { choose } from './at-command.ts';
import { assertCard, assertSim, identityOf } from './sim.ts';

const simPin = 'SC'; // the facility "SIM", 3GPP TS 27.007 §7.4

export const simLockCommands: readonly AtCommand[] = [
  {
    name: '+CPIN',
    takes: { read: 20, set: 20 },
    read(modem) {
      const { state } = modem.state.sim;
      if (state === 'pinRequired') return ['+CPIN: SIM PIN'];
      if (state === 'pukRequired') return ['+CPIN: SIM PUK'];
      assertSim(modem);
      return ['+CPIN: READY'];
    },
    test: () => [],
    set: enterCode,
  },
  {
    name: '+CLCK',
    takes: { set: 20 },
    test: () => ['+CLCK: ("SC")'],
    set(modem, [facility, mode, pin]) {
      choose(facility, [simPin]);
      const wanted = choose(mode, ['0', '1', '2']);
      const lock = modem.pinOf(identityOf(modem));
      if (wanted === '2') return [`+CLCK: ${lock.requested ? 1 : 0}`];
      assertSim(modem);
      settle(modem, lock.setRequested(wanted === '1', pin ?? ''));
      return [];
    },
  },
  {
    name: '+CPWD',
    takes: { set: 20 },
    test: () => ['+CPWD: ("SC",8)'],
    set(modem, [facility, pin, newPin]) {
      choose(facility, [simPin]);
      const lock = modem.pinOf(assertSim(modem));
      // A card takes no change of a PIN that it does not ask for (ETSI TS 102 221 §11.1.10).
      if (!lock.requested) throw new CmeError(3);
      settle(modem, lock.change(pin ?? '', readPin(newPin)));
      return [];
    },
  },
  {
    name: '+CPINR',
    takes: { execute: 20 },
    test: () => [],
    execute(modem) {
      assertCard(modem);
      const { pinLeft, pukLeft } = modem.pinOf(identityOf(modem));
      return [`+CPINR: SIM PIN,${pinLeft},3`, `+CPINR: SIM PUK,${pukLeft},10`, '+CPINR: SIM PIN2,3,3', '+CPINR: SIM PUK2,10,10'];
    },
  },
];

function enterCode(modem: ModemContext, [code = '', newPin]: readonly string[]): readonly string[] {
  const { state } = modem.state.sim;
  if (state !== 'pinRequired' && state !== 'pukRequired') {
    assertSim(modem);
    throw new CmeError(3);
  }
  const lock = modem.pinOf(identityOf(modem));
  settle(modem, state === 'pinRequired' ? lock.verify(code) : lock.unblock(code, readPin(newPin)));
  modem.unlockSim();
  return [];
}

/** A wrong code is an error, and after the last one the PUK is asked for. @throws CmeError 12, 16 */
function settle(modem: ModemContext, right: boolean): void {
  if (right) return;
  const { sim } = modem.state;
  const blocked = 'identity' in sim && modem.pinOf(sim.identity).pinLeft === 0;
  if (blocked && sim.state !== 'pukRequired') {
    modem.blockSim();
    throw new CmeError(12);
  }
  throw new CmeError(16);
}

function readPin(text: string | undefined): string {
  if (text === undefined || !/^\d{4,8}$/.test(text)) throw new CmeError(50);
  return text;
}
