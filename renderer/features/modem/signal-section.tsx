import { useState, type ReactNode } from 'react';
import type { RadioReport } from '#contract/desk/modem.ts';
import { technologyKey } from '#renderer/features/devices/technology.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { SignalBars } from '#renderer/ui/figures.tsx';
import { Segments } from '#renderer/ui/form.tsx';
import { Empty, FailureRow, Skeleton } from '#renderer/ui/states.tsx';
import { Badge, Card, Facts, Mono, type BadgeTone, type Fact } from '#renderer/ui/surfaces.tsx';
import { CellsCard } from './cells-card.tsx';
import { measures, type Measure } from './radio-history.ts';
import { SignalChart } from './signal-chart.tsx';
import { spanOf } from './signal-scale.ts';
import type { Radio } from './use-radio.ts';

/** How the modem hears: over the last minutes, the cell that serves it, and every cell that it knows. */
export function SignalSection({ radio }: { readonly radio: Radio }): ReactNode {
  const { t } = useWords();
  const { report, history, failure, possible } = radio;
  const known = measures.filter((measure) => history.some((sample) => sample[measure] !== null));
  const [chosen, choose] = useState<Measure | null>(null);
  const measure = known.find((candidate) => candidate === chosen) ?? known[0] ?? 'rsrp';
  const span = spanOf(history);
  return (
    <>
      <div className="two">
        <Card
          title={span === null ? t('devices.signal') : t('modem.signal.title', { count: span.minutes })}
          actions={
            known.length < 2 ? undefined : (
              <Segments
                label={t('modem.signal.measure')}
                value={measure}
                items={known.map((name) => ({ value: name, label: name.toUpperCase() }))}
                onChange={choose}
              />
            )
          }
        >
          <div className="card-body">
            {report === null && history.length === 0 && possible ? (
              failure === null ? (
                <Skeleton rows={1} />
              ) : (
                <FailureRow failure={failure} />
              )
            ) : (
              <SignalChart samples={history} measure={measure} />
            )}
          </div>
        </Card>
        <Card title={t('modem.signal.now')} actions={report === null ? undefined : <Quality report={report} />}>
          {report !== null ? <Serving report={report} /> : possible ? <Skeleton /> : <Empty title={t('modem.later')} />}
        </Card>
      </div>
      {report === null ? null : <CellsCard cells={report.cells} />}
    </>
  );
}

const tones: Readonly<Record<RadioReport['quality'], BadgeTone>> = { good: 'ok', fair: 'warn', poor: 'bad', none: 'neutral' };

function Quality({ report }: { readonly report: RadioReport }): ReactNode {
  const { t } = useWords();
  const { bars } = report.signal;
  return (
    <>
      <SignalBars bars={bars} label={t('devices.signalBars', { count: bars })} />
      <Badge tone={tones[report.quality]}>{t(`modem.signal.quality.${report.quality}`)}</Badge>
    </>
  );
}

/** The serving cell. What the modem does not tell is left out. */
function Serving({ report }: { readonly report: RadioReport }): ReactNode {
  const { t, format } = useWords();
  const { signal, sinr, cells, registration } = report;
  const cell = cells.find(({ serving }) => serving);
  const carriers = cells.filter(({ role }) => role !== 'neighbour').flatMap(({ band }) => (band === null ? [] : [band]));
  const technology = cell?.technology ?? registration.technology;
  const measured = (value: number | null, unit: string): string | null => (value === null ? null : `${format.signed(value)} ${unit}`);
  const told: readonly (readonly [string, ReactNode | null])[] = [
    [t('devices.technologyName'), technology === null ? null : t(`devices.technology.${technologyKey(technology)}`)],
    [t('modem.signal.band'), carriers.length === 0 ? null : carriers.join(' + ')],
    ['RSRP', measured(signal.rsrp, 'dBm')],
    ['RSRQ', measured(signal.rsrq, 'dB')],
    ['SINR', measured(sinr, 'dB')],
    ['RSSI', measured(signal.rssi, 'dBm')],
    ['ARFCN', cell?.channel === null || cell === undefined ? null : <Mono key="channel">{cell.channel}</Mono>],
    ['PCI', cell?.pci === null || cell === undefined ? null : <Mono key="pci">{cell.pci}</Mono>],
    [t('modem.signal.bandwidth'), cell?.bandwidthMHz === null || cell === undefined ? null : `${cell.bandwidthMHz} MHz`],
    [t('devices.areaCode'), cell?.areaCode === null || cell === undefined ? null : <Mono key="area">{cell.areaCode}</Mono>],
    [t('devices.cellId'), cell?.cellId === null || cell === undefined ? null : <Mono key="cell">{cell.cellId}</Mono>],
  ];
  return (
    <div className="card-body">
      <Facts facts={told.filter((fact): fact is Fact => fact[1] !== null)} />
      <p className="sub read">{t('devices.readAt', { time: format.timeExact(report.readAt) })}</p>
    </div>
  );
}
