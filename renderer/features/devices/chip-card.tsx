import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { pathOfEuicc, pathOfProfiles } from '#renderer/app/navigation.ts';
import { chipAddress, type Chip } from '#renderer/features/add-profile/chips.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { writeEid } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Card, Mono } from '#renderer/ui/surfaces.tsx';

/** The eUICC in a device, in short, with the ways to its page and to its profiles. */
export function ChipCard({ device, euicc }: Chip): ReactNode {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const enabled = euicc.profiles.find(({ state }) => state === 'enabled');
  return (
    <Card
      title={t('devices.chip')}
      actions={
        <>
          <Button size="compact" label={t('profiles.details')} onClick={() => navigate(pathOfEuicc(chipAddress({ device, euicc })))} />
          <Button size="compact" label={t('devices.profiles')} onClick={() => navigate(pathOfProfiles(device.deviceId))} />
        </>
      }
    >
      <div className="card-body stack s3">
        <p className="row s2">
          <span className="muted">EID</span>
          <Mono>{writeEid(euicc.eid)}</Mono>
          <CopyButton text={euicc.eid} name="EID" />
        </p>
        <p>{enabled === undefined ? t('devices.noneEnabled') : t('check.profileEnabled', { name: profileName(enabled) })}</p>
        <p className="muted">{t('devices.summary.euicc', { count: euicc.profiles.length })}</p>
      </div>
    </Card>
  );
}
