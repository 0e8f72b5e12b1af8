import { useRef, useState, type ReactNode } from 'react';
import type { PacketData } from '#contract/desk/modem.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { MenuButton } from '#renderer/ui/menu.tsx';
import { Modal } from '#renderer/ui/modal.tsx';
import { Empty, FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card, Tile } from '#renderer/ui/surfaces.tsx';
import { ContextDialog, typeNames } from './context-dialog.tsx';
import { freeCid, type PacketContext } from './contexts.ts';
import { ReadPart } from './read-part.tsx';
import type { Reading } from './use-reading.ts';

type Edited = { readonly cid: number; readonly context: PacketContext | null };

/** The contexts of the modem: where each leads to, what address it has got, what went through it; made, changed, activated, removed. */
export function ContextsCard(props: {
  readonly deviceId: string;
  readonly data: Reading<PacketData>;
  readonly usable: boolean;
}): ReactNode {
  const { t } = useWords();
  const { deviceId, data, usable } = props;
  const [edited, edit] = useState<Edited | null>(null);
  return (
    <Card
      title={t('modem.data.title')}
      actions={
        data.value === null ? undefined : (
          <Button
            size="compact"
            icon="plus"
            label={t('modem.data.new')}
            disabled={!usable}
            onClick={() => edit({ cid: freeCid(data.value ?? { contexts: [] }), context: null })}
          />
        )
      }
    >
      <ReadPart reading={data}>
        {({ contexts }) =>
          contexts.length === 0 ? (
            <Empty title={t('modem.data.none')} text={t('modem.data.noneText')} />
          ) : (
            <ul className="list contexts">
              {contexts.map((context) => (
                <ContextRow
                  key={context.cid}
                  deviceId={deviceId}
                  context={context}
                  usable={usable}
                  onChange={data.put}
                  onEdit={() => edit({ cid: context.cid, context })}
                />
              ))}
            </ul>
          )
        }
      </ReadPart>
      {edited === null ? null : (
        <ContextDialog
          {...edited}
          deviceId={deviceId}
          onClose={() => edit(null)}
          onSaved={(after) => {
            data.put(after);
            edit(null);
          }}
        />
      )}
    </Card>
  );
}

function ContextRow(props: {
  readonly deviceId: string;
  readonly context: PacketContext;
  readonly usable: boolean;
  readonly onChange: (data: PacketData) => void;
  readonly onEdit: () => void;
}): ReactNode {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const { deviceId, context, usable, onChange } = props;
  const { cid, active } = context;
  const [removing, setRemoving] = useState(false);
  const activate = useAction(() => desk.client.modem.activateContext({ deviceId, cid, active: !active }));
  const go = async (): Promise<void> => {
    const after = await activate.run();
    if (after !== null) onChange(after);
  };
  const name = context.apn === '' ? t('modem.data.networksOwn') : context.apn;
  return (
    <li data-context={cid} data-active={active}>
      <Tile tone={active ? 'ok' : 'neutral'}>{cid}</Tile>
      <div className="what">
        <strong className={context.apn === '' ? '' : 'mono'}>{name}</strong>
        {notesOf(context, words).map((note) => (
          <p key={note}>{note}</p>
        ))}
        <FailureNote failure={activate.failure} />
      </div>
      <Badge tone={active ? 'ok' : 'neutral'}>{t(active ? 'modem.data.active' : 'modem.data.inactive')}</Badge>
      <span className="acts">
        <Button
          size="compact"
          label={t(active ? 'modem.data.deactivate' : 'modem.data.activate')}
          aria-label={t(active ? 'modem.data.deactivateNamed' : 'modem.data.activateNamed', { cid })}
          disabled={!usable}
          working={activate.running}
          onClick={() => void go()}
        />
        <MenuButton
          trigger={<Button kind="ghost" size="compact" icon="more" iconOnly label={t('modem.data.more', { cid })} disabled={!usable} />}
          entries={[
            { key: 'edit', label: t('modem.data.change'), icon: 'edit', onSelect: props.onEdit },
            { key: 'remove', label: t('modem.data.remove'), icon: 'trash', danger: true, onSelect: () => setRemoving(true) },
          ]}
        />
      </span>
      {removing ? <RemoveContext deviceId={deviceId} context={context} onClose={() => setRemoving(false)} onRemoved={onChange} /> : null}
    </li>
  );
}

/** Kind and sign-in, addresses and name servers, and what went through: a line each, without what the modem does not tell. */
function notesOf({ type, authentication, addresses, dnsServers, counters }: PacketContext, { t, format }: Words): readonly string[] {
  const kind = [
    type === 'other' ? t('modem.data.otherType') : typeNames[type],
    ...(authentication === null || authentication.protocol === 'none'
      ? []
      : [`${authentication.protocol.toUpperCase()} ${authentication.userName}`.trim()]),
  ];
  return [
    kind.join(' · '),
    ...(addresses.length === 0 ? [] : [addresses.join(' · ')]),
    ...(dnsServers.length === 0 ? [] : [t('modem.data.dns', { servers: dnsServers.join(' · ') })]),
    ...(counters === null
      ? []
      : [t('modem.data.counters', { received: format.size(counters.received), sent: format.size(counters.sent) })]),
  ];
}

function RemoveContext(props: {
  readonly deviceId: string;
  readonly context: PacketContext;
  readonly onClose: () => void;
  readonly onRemoved: (data: PacketData) => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { deviceId, context } = props;
  const safe = useRef<HTMLButtonElement>(null);
  const remove = useAction(() => desk.client.modem.removeContext({ deviceId, cid: context.cid }));
  const go = async (): Promise<void> => {
    const after = await remove.run();
    if (after === null) return;
    props.onClose();
    props.onRemoved(after);
  };
  return (
    <Modal
      open
      onClose={props.onClose}
      title={t('modem.data.removal.title', { cid: context.cid })}
      description={t(context.active ? 'modem.data.removal.active' : 'modem.data.removal.text')}
      initialFocus={safe}
      actions={
        <>
          <Button ref={safe} label={t('ui.cancel')} onClick={props.onClose} />
          <Button kind="danger" label={t('modem.data.remove')} working={remove.running} onClick={() => void go()} />
        </>
      }
    >
      <FailureNote failure={remove.failure} />
    </Modal>
  );
}
