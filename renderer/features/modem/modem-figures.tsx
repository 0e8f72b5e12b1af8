import type { ReactNode } from 'react';
import type { ModemStatus } from '#contract/desk/devices.ts';
import type { RadioReport } from '#contract/desk/modem.ts';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { writeMccMnc } from '#renderer/i18n/identifiers.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { Badge } from '#renderer/ui/surfaces.tsx';
import type { Measure } from './radio-history.ts';
import { gradeOf, scales } from './signal-scale.ts';

const gradeTones = { good: 'ok', fair: 'warn', poor: 'bad' } as const;

/** How the modem hears now, on which network, in six figures. */
export function ModemFigures({ modem, report }: { readonly modem: ModemStatus; readonly report: RadioReport | null }): ReactNode {
  const { t } = useWords();
  const { operator } = modem;
  const { registration, signal } = report ?? modem;
  const sinr = report?.sinr ?? null;
  const carriers = (report?.cells ?? []).flatMap(({ role, band }) => (role === 'neighbour' || band === null ? [] : [band]));
  return (
    <section className="card figures" aria-label={t('devices.signal')}>
      <Measured measure="rsrp" value={signal?.rsrp ?? null} />
      <Measured measure="rsrq" value={signal?.rsrq ?? null} />
      {sinr === null ? <Measured measure="rssi" value={signal?.rssi ?? null} /> : <Measured measure="sinr" value={sinr} />}
      <Figure
        text
        name={t('devices.technologyName')}
        value={registration.technology === null ? '–' : t(`devices.technology.${technologyKey(registration.technology)}`)}
        {...(carriers.length === 0 ? {} : { note: <span className="sub clip">{carriers.join(' + ')}</span> })}
      />
      <Figure
        text
        name={t('devices.operator')}
        value={operator?.name ?? '–'}
        {...(operator?.mccMnc === null || operator === null ? {} : { note: <span className="sub">{writeMccMnc(operator.mccMnc)}</span> })}
      />
      <Figure text name={t('devices.registrationName')} value={t(`devices.registrationShort.${registration.state}`)} />
    </section>
  );
}

function Measured({ measure, value }: { readonly measure: Measure; readonly value: number | null }): ReactNode {
  const { t, format } = useWords();
  const grade = value === null ? null : gradeOf(measure, value);
  return (
    <Figure
      name={measure.toUpperCase()}
      value={value === null ? '–' : format.signed(value)}
      unit={scales[measure].unit}
      {...(grade === null ? {} : { note: <Badge tone={gradeTones[grade]}>{t(`devices.grade.${grade}`)}</Badge> })}
    />
  );
}

function Figure(props: {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly text?: boolean;
}): ReactNode {
  return (
    <div>
      <span className="sub">{props.name}</span>
      <p className={`figure ${props.text === true ? 'text' : ''}`}>
        <span className="clip">{props.value}</span>
        {props.unit === undefined ? null : <small>{props.unit}</small>}
      </p>
      {props.note ?? <span className="sub"> </span>}
    </div>
  );
}
