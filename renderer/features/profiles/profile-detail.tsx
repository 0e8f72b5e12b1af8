import type { ReactNode } from 'react';
import type { Profile } from '#contract/desk/devices.ts';
import { useAccount, useOutbox, useSettings } from '#renderer/app/desk.tsx';
import type { Chip } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { NotificationList } from '#renderer/features/notifications/notification-list.tsx';
import { notificationRows } from '#renderer/features/notifications/notification-rows.ts';
import { writeIccid, writeMccMnc, writePhone } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';
import { useProfileIcon } from './use-profile-icon.ts';

/** The chosen profile: what it is, what its provider allows, and what was not told yet. */
export function ProfileDetail({ profile, chip }: { readonly profile: Profile; readonly chip: Chip }): ReactNode {
  const { t } = useWords();
  const technician = useSettings().value?.technicianMode === true;
  const line = useLineOf(profile.iccid);
  const icon = useProfileIcon(chip, profile.iccid);
  const waiting = notificationRows(chip.euicc, useOutbox().value ?? []).filter(({ iccid }) => iccid === profile.iccid);
  const facts: readonly Fact[] = [
    [t('profiles.class'), t(`profiles.classes.${profile.profileClass}`)],
    ['ICCID', <Mono key="iccid">{writeIccid(profile.iccid)}</Mono>],
    [t('profiles.provider'), profile.serviceProviderName ?? '–'],
    [t('profiles.operator'), profile.ownerMccMnc === null ? '–' : writeMccMnc(profile.ownerMccMnc)],
    ...(profile.port === null ? [] : [[t('profiles.portName'), String(profile.port)] as const]),
    ...(profile.policyRules.length === 0 ? [[t('profiles.rules'), t('profiles.noRules')] as const] : []),
    [
      t('profiles.onAccount'),
      line === null ? (
        t('profiles.notOnAccount')
      ) : (
        <span key="line" className="row s2">
          <Icon name="check" className="s success-text" />
          {writePhone(line.msisdn)}
        </span>
      ),
    ],
    ...(technician ? [['ISD-P', profile.isdpAid === null ? '–' : <Mono key="aid">{profile.isdpAid}</Mono>] as const] : []),
  ];
  return (
    <>
      <div className="detail">
        <div className="row">
          {icon === null ? null : <img className="profile-icon" alt="" src={`data:${icon.type};base64,${icon.base64}`} />}
          <h3>{profileName(profile)}</h3>
        </div>
        <Facts form="cols" facts={facts} />
        {profile.policyRules.length === 0 ? null : (
          <ul className="stack s2" aria-label={t('profiles.rules')}>
            {profile.policyRules.map((rule) => (
              <li key={rule} className="row s2">
                <Icon name="lock" className="s" />
                {t(`addProfile.preview.rule.${rule}`)}
              </li>
            ))}
          </ul>
        )}
      </div>
      {waiting.length === 0 ? null : (
        <div className="told">
          <h3>{t('profiles.notifications')}</h3>
          <NotificationList rows={waiting} carrier={chip} />
        </div>
      )}
    </>
  );
}

/** The line of the account that lives in a profile, or null. */
export function useLineOf(iccid: string): { readonly msisdn: string } | null {
  return useAccount().value?.lines.find((line) => line.iccid === iccid) ?? null;
}
