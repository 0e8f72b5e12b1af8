import type { ReactNode } from 'react';
import type { Device } from '#contract/desk/devices.ts';
import type { MessagesSnapshot, MessageStorage } from '#contract/desk/messages.ts';
import { useDesk, useDevices, useMessages } from '#renderer/app/desk.tsx';
import { pathOfDevice } from '#renderer/app/navigation.ts';
import { Screen } from '#renderer/app/screen.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { portName } from '#renderer/features/devices/ladder.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Empty, FailureNote, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Banner, Card } from '#renderer/ui/surfaces.tsx';
import { CodeCard } from './code-card.tsx';
import { ComposeCard } from './compose-card.tsx';
import { MessageList } from './message-list.tsx';
import './messages.css';

/** The messages of one modem, a new one, and codes to the network. The archive is here also while the modem is not. */
export function MessagesScreen({ deviceId }: { readonly deviceId: string }): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const devices = useDevices();
  const { value, failure } = useMessages();
  const device = devices.value?.devices.find((candidate) => candidate.deviceId === deviceId) ?? null;
  const read = useAction(() => desk.client.messages.read({ deviceId }));
  const usable = device !== null && isUsable(device);
  return (
    <Screen
      name="messages"
      title={t('messages.title')}
      back={{ path: pathOfDevice(deviceId), label: device?.name ?? portName(deviceId) }}
      actions={
        usable ? (
          <Button kind="ghost" icon="refresh" label={t('messages.read')} working={read.running} onClick={() => void read.run()} />
        ) : undefined
      }
    >
      <FailureNote failure={read.failure} />
      {value === null ? (
        <Card>{failure === null ? <Skeleton /> : <FailureRow failure={failure} />}</Card>
      ) : (
        <Messages snapshot={value} deviceId={deviceId} usable={usable} />
      )}
    </Screen>
  );
}

function Messages(props: { readonly snapshot: MessagesSnapshot; readonly deviceId: string; readonly usable: boolean }): ReactNode {
  const { t } = useWords();
  const { deviceId, usable } = props;
  const messages = props.snapshot.messages.filter((message) => message.deviceId === deviceId);
  const storages = props.snapshot.storages.filter((storage) => storage.deviceId === deviceId);
  const full = storages.filter(({ used, total }) => total > 0 && used >= total);
  return (
    <>
      {full.length === 0 ? null : <FullBanner storages={full} deviceId={deviceId} usable={usable} />}
      <div className="two wide-left top-align">
        <Card
          title={t('messages.title')}
          sub={
            storages.length === 0
              ? undefined
              : storages.map((storage) => t(`messages.storage.${nameOf(storage)}`, { ...storage })).join(' · ')
          }
        >
          {messages.length === 0 ? (
            <Empty title={t('messages.none')} text={t('messages.noneText')} />
          ) : (
            <MessageList messages={messages} usable={usable} />
          )}
        </Card>
        <div className="stack">
          <ComposeCard deviceId={deviceId} usable={usable} />
          <CodeCard deviceId={deviceId} usable={usable} />
        </div>
      </div>
    </>
  );
}

function FullBanner(props: {
  readonly storages: readonly MessageStorage[];
  readonly deviceId: string;
  readonly usable: boolean;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const free = useAction(() => desk.client.messages.free({ deviceId: props.deviceId }));
  const onlySim = props.storages.every((storage) => nameOf(storage) === 'sim');
  return (
    <>
      <Banner
        tone="warn"
        icon="warn"
        title={t(onlySim ? 'messages.full.sim' : 'messages.full.modem')}
        actions={
          <Button
            size="compact"
            label={t('messages.full.free')}
            disabled={!props.usable}
            working={free.running}
            onClick={() => void free.run()}
          />
        }
      >
        {t('messages.full.text')}
      </Banner>
      <FailureNote failure={free.failure} />
    </>
  );
}

function nameOf({ name }: MessageStorage): 'sim' | 'modem' {
  return name === 'SM' ? 'sim' : 'modem';
}

function isUsable({ state, busyTaskId, modem }: Device): boolean {
  return state === 'ready' && busyTaskId === null && modem?.sim === 'ready';
}
