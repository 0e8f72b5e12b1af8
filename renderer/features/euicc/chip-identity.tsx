import type { ReactNode } from 'react';
import type { Device, EuiccOverview } from '#contract/desk/devices.ts';
import { hasValidCheckDigits } from '#contract/eid-check.ts';
import { useSettings } from '#renderer/app/desk.tsx';
import { profileName } from '#renderer/features/home/line-check.ts';
import { writeEid } from '#renderer/i18n/identifiers.ts';
import { useWords, type Words } from '#renderer/i18n/words.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Facts, Mono, type Fact } from '#renderer/ui/surfaces.tsx';

/** Who the chip is: its EID with its check digits, its maker, what it speaks, and how much room is left. */
export function ChipIdentity({ euicc }: { readonly device: Device; readonly euicc: EuiccOverview }): ReactNode {
  const words = useWords();
  const { t, format, language } = words;
  const technician = useSettings().value?.technicianMode === true;
  const fits = hasValidCheckDigits(euicc.eid);
  const facts: readonly Fact[] = [
    [t('euicc.maker'), makerOf(euicc, words) ?? t('euicc.notKnown')],
    ...(euicc.product === null ? [] : [[t('euicc.product'), euicc.product[language]] as const]),
    [t('euicc.country'), countryOf(euicc, language) ?? t('euicc.notKnown')],
    [t('profiles.freeMemory'), euicc.freeMemory === null ? '–' : format.memory(euicc.freeMemory)],
    [t('profiles.title'), format.integer(euicc.profiles.length)],
    ['SGP.22', `v${euicc.svn}`],
    [t('devices.firmware'), euicc.firmwareVersion],
    [t('euicc.sas'), euicc.sasAccreditationNumber === null ? '–' : <Mono key="sas">{euicc.sasAccreditationNumber}</Mono>],
    [t('euicc.enabledAtOnce'), enabledAtOnce(euicc, t)],
    ...ports(euicc, t),
    ...(technician ? [['ISD-R', <Mono key="isdr">{euicc.isdrAid}</Mono>] as const] : []),
  ];
  return (
    <section className="card identity" aria-label="EID">
      <div className="row s2 wrap">
        <span className="sub">EID</span>
        <p className="mono eid-digits">{writeEid(euicc.eid)}</p>
        <CopyButton text={euicc.eid} name="EID" />
        <span className={`row s2 ${fits ? 'success-text' : 'warning-text'}`}>
          <Icon name={fits ? 'check' : 'warn'} className="s" />
          {fits ? t('euicc.eidFits') : t('euicc.eidDoesNotFit')}
        </span>
      </div>
      <Facts form="cols wide" facts={facts} />
    </section>
  );
}

function makerOf({ manufacturer }: EuiccOverview, { language }: Words): string | null {
  return manufacturer?.name?.[language] ?? null;
}

/** ISO 3166 to the country's name; codes that `Intl` does not know stay as they are. */
function countryOf({ manufacturer }: EuiccOverview, language: Words['language']): string | null {
  const country = manufacturer?.country ?? null;
  if (country === null) return null;
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(country) ?? country;
}

function enabledAtOnce({ mep }: EuiccOverview, t: Words['t']): string {
  if (mep === null) return t('euicc.one');
  return mep.mode === null ? t('euicc.several') : t('euicc.severalMode', { mode: `MEP-${mep.mode}` });
}

/** Which profile is on which port, where a card has several. */
function ports({ profiles }: EuiccOverview, t: Words['t']): readonly Fact[] {
  return profiles
    .filter(({ port, state }) => port !== null && state === 'enabled')
    .toSorted((one, other) => (one.port ?? 0) - (other.port ?? 0))
    .map((profile) => [t('profiles.port', { number: profile.port }), profileName(profile)]);
}
