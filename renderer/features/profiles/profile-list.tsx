import { useState, type ReactNode } from 'react';
import type { Profile } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAction } from '#renderer/app/use-action.ts';
import { chipAddress, type Chip } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { writeIccid, writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { MenuButton } from '#renderer/ui/menu.tsx';
import { Empty, FailureNote } from '#renderer/ui/states.tsx';
import { Badge, Card, Tile } from '#renderer/ui/surfaces.tsx';
import { DeleteProfile } from './delete-profile.tsx';
import { ProfileDetail, useLineOf } from './profile-detail.tsx';
import { RenameProfile } from './rename-profile.tsx';

type Asked = { readonly what: 'rename' | 'delete'; readonly profile: Profile } | null;

/** What is on the chip, with the act for each profile in its row; the details of the chosen one stand below. */
export function ProfileList(props: { readonly chip: Chip; readonly actions: ReactNode; readonly note: ReactNode }): ReactNode {
  const { t } = useWords();
  const { chip } = props;
  const { device, euicc } = chip;
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const profiles = euicc.profiles.toSorted((one, other) => Number(other.state === 'enabled') - Number(one.state === 'enabled'));
  const selected = profiles.find(({ iccid }) => iccid === chosen) ?? profiles[0];
  const busy = device.busyTaskId !== null || device.state !== 'ready';
  return (
    <Card
      className="scroll"
      title={
        <>
          {t('profiles.onChip')} <span className="faint">{profiles.length}</span>
        </>
      }
      actions={props.actions}
    >
      <div className="body">
        {props.note}
        {profiles.length === 0 ? (
          <Empty title={t('profiles.empty.title')} text={t('profiles.empty.text')} />
        ) : (
          <table className="profile-table">
            <thead>
              <tr>
                <th>{t('profiles.name')}</th>
                <th>{t('profiles.state')}</th>
                <th className="hide-narrow">ICCID</th>
                <th className="num">
                  <span className="sr">{t('profiles.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {profiles.map((profile) => (
                <ProfileRow
                  key={profile.iccid}
                  chip={chip}
                  profile={profile}
                  selected={profile === selected}
                  busy={busy}
                  onChoose={() => setChosen(profile.iccid)}
                  onAsk={(what) => setAsked({ what, profile })}
                />
              ))}
            </tbody>
          </table>
        )}
        {selected === undefined ? null : <ProfileDetail key={selected.iccid} profile={selected} chip={chip} />}
      </div>
      {asked?.what === 'rename' ? (
        <RenameProfile key={asked.profile.iccid} chip={chip} profile={asked.profile} onClose={() => setAsked(null)} />
      ) : null}
      {asked?.what === 'delete' ? (
        <DeleteProfile key={asked.profile.iccid} chip={chip} profile={asked.profile} onClose={() => setAsked(null)} />
      ) : null}
    </Card>
  );
}

function ProfileRow(props: {
  readonly chip: Chip;
  readonly profile: Profile;
  readonly selected: boolean;
  readonly busy: boolean;
  readonly onChoose: () => void;
  readonly onAsk: (what: 'rename' | 'delete') => void;
}): ReactNode {
  const { t } = useWords();
  const desk = useDesk();
  const { chip, profile, busy } = props;
  const enabled = profile.state === 'enabled';
  const on = { ...chipAddress(chip), iccid: profile.iccid };
  const change = useAction(() => (enabled ? desk.client.profiles.disable(on) : desk.client.profiles.enable(on)));
  const line = useLineOf(profile.iccid);
  const name = profileName(profile);
  const by = [profile.serviceProviderName, line === null ? null : writePhone(line.msisdn)].filter((part) => part !== null).join(' · ');
  return (
    <tr className={props.selected ? 'selected' : ''} data-iccid={profile.iccid} data-state={profile.state}>
      <td>
        <button type="button" className="who whole-link" aria-pressed={props.selected} onClick={props.onChoose}>
          <Tile tone={enabled ? 'ok' : 'neutral'} {...(enabled ? { icon: 'check' } : {})}>
            {Array.from(name)[0]?.toUpperCase()}
          </Tile>
          <span className="clip">
            <strong>{name}</strong>
            <span className="sub clip">{by}</span>
          </span>
        </button>
        <FailureNote failure={change.failure} />
      </td>
      <td>
        <span className="row s2">
          <Badge tone={enabled ? 'ok' : 'neutral'}>{t(`profiles.states.${profile.state}`)}</Badge>
          {profile.port === null || !enabled ? null : <Badge tone="line">{t('profiles.port', { number: profile.port })}</Badge>}
        </span>
      </td>
      <td className="mono hide-narrow">{writeIccid(profile.iccid)}</td>
      <td className="num">
        <span className="acts end">
          <Button
            size="compact"
            label={enabled ? t('profiles.disable') : t('profiles.enable')}
            aria-label={t(enabled ? 'profiles.disableNamed' : 'profiles.enableNamed', { name })}
            disabled={busy}
            working={change.running}
            onClick={() => void change.run()}
          />
          <MenuButton
            trigger={<Button kind="ghost" size="compact" icon="more" iconOnly label={t('profiles.more', { name })} />}
            entries={[
              { key: 'rename', label: t('profiles.rename'), icon: 'edit', disabled: busy, onSelect: () => props.onAsk('rename') },
              {
                key: 'delete',
                label: t('profiles.delete'),
                icon: 'trash',
                danger: true,
                disabled: busy,
                onSelect: () => props.onAsk('delete'),
              },
            ]}
          />
        </span>
      </td>
    </tr>
  );
}
