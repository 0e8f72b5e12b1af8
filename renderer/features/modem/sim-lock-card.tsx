import { useState, type ReactNode } from 'react';
import type { SimLock } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card } from '#renderer/ui/surfaces.tsx';
import { LastAttempt } from './last-attempt.tsx';
import { ReadPart } from './read-part.tsx';
import { SimCodeForm, type SimCodes } from './sim-code-form.tsx';
import { isUsable, type ModemOf } from './usable.ts';
import { useReading } from './use-reading.ts';

type Way = 'turnOn' | 'turnOff' | 'change';
/** Sends codes; false: only if they cannot be the last ones that the SIM takes. */
type Send = (confirmLastAttempt: boolean) => Promise<SimLock>;

/** The lock of the SIM: what it waits for, how many attempts are left, and the PIN turned on, off, or changed. */
export function SimLockCard({ device, modem }: ModemOf): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId } = device;
  const usable = isUsable(device);
  const lock = useReading({ key: deviceId, occasion: `${modem.sim} ${modem.iccid}`, possible: usable }, (signal) =>
    desk.client.modem.simLock({ deviceId }, { signal }),
  );
  const [way, setWay] = useState<Way | null>(null);
  const [held, setHeld] = useState<Send | null>(null);
  const attempt = useAction((send: Send, confirmed: boolean) => send(confirmed));
  const asksAgain = held !== null && attempt.failure?.code === 'SIM_LAST_ATTEMPT';
  // Codes are kept for that question only.
  if (held !== null && attempt.failure !== null && !asksAgain) setHeld(null);
  const go = async (send: Send, confirmed = false): Promise<void> => {
    setHeld(() => send);
    const after = await attempt.run(send, confirmed);
    if (after === null) {
      lock.again();
      return;
    }
    setHeld(null);
    setWay(null);
    lock.put(after);
  };
  const forget = (): void => {
    setHeld(null);
    attempt.clear();
  };
  const choose = (next: Way | null): void => {
    forget();
    setWay(next);
  };
  const shared = { disabled: !usable, working: attempt.running };
  const { value } = lock;
  return (
    <Card
      title={t('modem.lock.title')}
      sub={value === null ? undefined : <LockSentence lock={value} />}
      actions={<Attempts lock={value} />}
    >
      <ReadPart reading={lock} rows={1}>
        {(read) => (
          <LockBody
            lock={read}
            onChoose={choose}
            disabled={!usable}
            unlock={
              <SimCodeForm
                {...shared}
                primary
                fields={['pin']}
                act={t('modem.lock.unlock')}
                onSend={({ pin }) => go((confirmLastAttempt) => desk.client.modem.unlockSim({ deviceId, pin, confirmLastAttempt }))}
              />
            }
            unblock={
              <SimCodeForm
                {...shared}
                primary
                fields={['puk', 'newPin']}
                act={t('modem.lock.unblock')}
                onSend={({ puk, newPin }) =>
                  go((confirmLastAttempt) => desk.client.modem.unblockSim({ deviceId, puk, newPin, confirmLastAttempt }))
                }
              />
            }
            form={
              way === null ? null : (
                <SimCodeForm
                  key={way}
                  {...shared}
                  fields={way === 'change' ? ['pin', 'newPin'] : ['pin']}
                  act={t(`modem.lock.${way}`)}
                  onCancel={() => choose(null)}
                  onSend={(codes) => go((confirmLastAttempt) => sendChange(way, codes, confirmLastAttempt))}
                />
              )
            }
            note={asksAgain ? null : <FailureNote failure={attempt.failure} />}
          />
        )}
      </ReadPart>
      {asksAgain && attempt.failure !== null ? (
        <LastAttempt failure={attempt.failure} onClose={forget} onConfirm={() => void go(held, true)} />
      ) : null}
    </Card>
  );

  function sendChange(chosen: Way, { pin, newPin }: SimCodes, confirmLastAttempt: boolean): Promise<SimLock> {
    if (chosen === 'change') return desk.client.modem.changePin({ deviceId, pin, newPin, confirmLastAttempt });
    return desk.client.modem.setPinRequested({ deviceId, pin, requested: chosen === 'turnOn', confirmLastAttempt });
  }
}

function LockBody(props: {
  readonly lock: SimLock;
  readonly onChoose: (way: Way) => void;
  readonly disabled: boolean;
  readonly unlock: ReactNode;
  readonly unblock: ReactNode;
  /** Of the change that was chosen. */
  readonly form: ReactNode;
  readonly note: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { state, pinRequested } = props.lock;
  const ways: readonly Way[] = pinRequested === null ? ['turnOn', 'turnOff', 'change'] : pinRequested ? ['change', 'turnOff'] : ['turnOn'];
  if (state === 'absent' || state === 'failed' || state === 'busy' || state === 'unknown') return props.note;
  return (
    <div className="card-body stack s3">
      {state === 'pinRequired' ? (
        props.unlock
      ) : state === 'pukRequired' ? (
        props.unblock
      ) : props.form === null ? (
        <div className="row s2 wrap">
          {ways.map((way) => (
            <Button key={way} label={t(`modem.lock.${way}`)} disabled={props.disabled} onClick={() => props.onChoose(way)} />
          ))}
        </div>
      ) : (
        props.form
      )}
      {props.note}
    </div>
  );
}

function LockSentence({ lock }: { readonly lock: SimLock }): ReactNode {
  const { t } = useWords();
  if (lock.state !== 'ready') return t(`modem.lock.state.${lock.state}`);
  return lock.pinRequested === null ? t('modem.lock.state.notTold') : t(lock.pinRequested ? 'modem.lock.state.on' : 'modem.lock.state.off');
}

/** How many wrong codes the SIM still takes: of the PUK where it asks for that, else of the PIN. */
function Attempts({ lock }: { readonly lock: SimLock | null }): ReactNode {
  const { t } = useWords();
  if (lock === null || lock.state === 'absent') return null;
  const left = lock.state === 'pukRequired' ? lock.attempts.puk : lock.attempts.pin;
  if (left === null) return null;
  return <Badge tone={left <= 1 ? 'bad' : left === 2 ? 'warn' : 'neutral'}>{t('modem.lock.attempts', { count: left })}</Badge>;
}
