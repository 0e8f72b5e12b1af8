import type { ReactNode } from 'react';
import type { RegistrationReport } from '#contract/desk/modem.ts';
import { useSettings } from '#renderer/app/desk.tsx';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { writeMccMnc } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Badge, Banner, Facts, type BadgeTone } from '#renderer/ui/surfaces.tsx';

type Domain = RegistrationReport['domains'][number];

const tones: Readonly<Record<Domain['state'], BadgeTone>> = {
  home: 'ok',
  roaming: 'ok',
  searching: 'info',
  notRegistered: 'neutral',
  unknown: 'neutral',
  denied: 'bad',
  emergencyOnly: 'warn',
};

/** On which network the modem is, for calls and for data of each generation, and why one of them refuses. */
export function RegistrationFacts({ report }: { readonly report: RegistrationReport }): ReactNode {
  const { t, explain } = useWords();
  const { registration, operator, domains, rejectCause } = report;
  const refusal = rejectCause === null ? null : explain({ code: 'NOT_REGISTERED', details: { rejectCause } });
  return (
    <>
      <div className="card-body stack s3">
        {refusal === null ? null : (
          <Banner tone="bad" icon="warn" title={refusal.sentence}>
            {refusal.remedy}
          </Banner>
        )}
        <Facts
          facts={[
            [t('modem.network.state'), t(`devices.registrationShort.${registration.state}`)],
            [t('devices.operator'), operator?.name ?? '–'],
            ['MCC MNC', operator?.mccMnc === null || operator === null ? '–' : writeMccMnc(operator.mccMnc)],
            [
              t('devices.technologyName'),
              registration.technology === null ? '–' : t(`devices.technology.${technologyKey(registration.technology)}`),
            ],
          ]}
        />
      </div>
      <ul className="list tight">
        {domains.map((domain) => (
          <DomainRow key={domain.domain} domain={domain} said={rejectCause} />
        ))}
      </ul>
    </>
  );
}

/** `said`: the cause that stands above already. */
function DomainRow({ domain, said }: { readonly domain: Domain; readonly said: number | null }): ReactNode {
  const { t, explain } = useWords();
  const technician = useSettings().value?.technicianMode === true;
  const { rejectCause } = domain;
  const place = [
    domain.areaCode === null ? null : `${t('devices.areaCode')} ${domain.areaCode}`,
    domain.cellId === null ? null : `${t('devices.cellId')} ${domain.cellId}`,
  ].filter((part) => part !== null);
  return (
    <li data-domain={domain.domain}>
      <div className="what">
        <span>{t(`modem.network.domain.${domain.domain}`)}</span>
        {rejectCause === null || rejectCause === said ? null : (
          <p className="why">{explain({ code: 'NOT_REGISTERED', details: { rejectCause } }).sentence}</p>
        )}
        {technician && place.length > 0 ? <p className="mono">{place.join(' · ')}</p> : null}
      </div>
      <Badge tone={tones[domain.state]}>{t(`devices.registrationShort.${domain.state}`)}</Badge>
    </li>
  );
}
