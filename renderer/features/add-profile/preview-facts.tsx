import type { ReactNode } from 'react';
import type { ProfilePreview } from '#contract/desk/tasks.ts';
import { profileName } from '#renderer/features/home/line-check.ts';
import { writeIccid, writeMccMnc } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Meter } from '#renderer/ui/figures.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Badge, Banner, Facts, Mono, Tile } from '#renderer/ui/surfaces.tsx';

export const previewName = (preview: ProfilePreview): string => profileName({ ...preview, nickname: null });

/** A package that is larger than what is free. Chips unpack profiles differently: it may still fit. */
export function mayNotFit({ packageSize, freeMemory }: ProfilePreview): boolean {
  return packageSize !== null && freeMemory !== null && packageSize > freeMemory;
}

/** What would be installed: who offers it, what it is, how large, and what the provider's rules mean. */
export function PreviewFacts({ preview }: { readonly preview: ProfilePreview }): ReactNode {
  const { t } = useWords();
  return (
    <>
      <div className="preview-head">
        <ProfilePicture preview={preview} />
        <div className="grow">
          <h2>{previewName(preview)}</h2>
          <p className="muted">{preview.serviceProviderName ?? '–'}</p>
        </div>
        <Badge tone={preview.profileClass === 'operational' ? 'accent' : 'neutral'}>{t(`profiles.classes.${preview.profileClass}`)}</Badge>
      </div>
      <Facts
        form="cols wide"
        facts={[
          ['ICCID', <Mono key="iccid">{writeIccid(preview.iccid)}</Mono>],
          [t('addProfile.preview.operator'), preview.ownerMccMnc === null ? '–' : writeMccMnc(preview.ownerMccMnc)],
          [t('addProfile.preview.server'), <Mono key="server">{preview.server}</Mono>],
        ]}
      />
      <Size preview={preview} />
      <Rules preview={preview} />
    </>
  );
}

/** The provider's own picture, else the first letter of the name. */
export function ProfilePicture({ preview }: { readonly preview: ProfilePreview }): ReactNode {
  const { icon } = preview;
  if (icon === null) return <Tile tone="accent">{Array.from(previewName(preview))[0]?.toUpperCase()}</Tile>;
  return <img className="profile-picture" alt="" src={`data:${icon.type};base64,${icon.base64}`} />;
}

function Size({ preview }: { readonly preview: ProfilePreview }): ReactNode {
  const { t, format } = useWords();
  const { packageSize, freeMemory } = preview;
  const large = mayNotFit(preview);
  const words =
    packageSize === null
      ? t('addProfile.preview.sizeUnknown')
      : freeMemory === null
        ? t('addProfile.preview.sizeAlone', { size: format.memory(packageSize) })
        : t('addProfile.preview.sizeOf', { size: format.memory(packageSize), free: format.memory(freeMemory) });
  return (
    <div className="stack s2">
      <div className="row between">
        <span>
          <span className="muted">{t('addProfile.preview.size')}</span> {words}
        </span>
        {packageSize === null || freeMemory === null ? null : (
          <Badge tone={large ? 'warn' : 'ok'}>{large ? t('addProfile.preview.mayNotFit') : t('addProfile.preview.fits')}</Badge>
        )}
      </div>
      {packageSize === null || freeMemory === null ? null : (
        <Meter value={packageSize} max={Math.max(freeMemory, packageSize)} label={words} tone={large ? 'warning' : 'normal'} />
      )}
      {large ? (
        <Banner tone="warn" icon="warn" title={t('addProfile.preview.large')}>
          {t('addProfile.preview.largeText')}
        </Banner>
      ) : null}
    </div>
  );
}

/** Rules that need no consent are told all the same; the others stand beside their boxes. */
function Rules({ preview }: { readonly preview: ProfilePreview }): ReactNode {
  const { t } = useWords();
  const told = preview.policyRules.filter((rule) => !preview.needsConsent.includes(rule));
  if (told.length === 0) return null;
  return (
    <div className="stack s2">
      <h3>{t('addProfile.preview.rules')}</h3>
      <ul className="stack s2">
        {told.map((rule) => (
          <li key={rule} className="row s2">
            <Icon name="lock" className="s" />
            {t(`addProfile.preview.rule.${rule}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}
