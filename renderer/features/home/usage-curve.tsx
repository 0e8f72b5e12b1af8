import type { ReactNode } from 'react';
import type { Line } from '#contract/account/index.ts';
import { useWords } from '#renderer/i18n/words.tsx';
import { pathOf, Plot, PlotLayer } from '#renderer/ui/figures.tsx';
import { dataLeftPerDay, forecastData } from './forecast.ts';

type Point = readonly [number, number];

/** Labels keep this distance, in percent of the width, so that they never lie on each other. */
const labelRoom = 14;

/** Data left per day up to today, and the dashed way on at the present pace. Says in a sentence that there is nothing to draw yet. */
export function UsageCurve({ line, now }: { readonly line: Line; readonly now: Date }): ReactNode {
  const { t, format } = useWords();
  if (line.data.unlimited) return null;
  const points = dataLeftPerDay(line, now);
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 3) return <p className="muted">{t('home.curve.none')}</p>;

  const forecast = forecastData(line, now);
  const end = line.validUntil === null ? new Date(last.at.getTime() + 7 * 86_400_000) : new Date(line.validUntil);
  const [from, to] = [first.at.getTime(), Math.max(end.getTime(), now.getTime() + 1)];
  const top = niceTop(Math.max(line.data.total ?? 0, ...points.map(({ left }) => left)));
  const x = (at: Date): number => ((at.getTime() - from) / (to - from)) * 100;
  const y = (bytes: number): number => 100 - (bytes / top) * 100;
  const curve = points.map(({ at, left }): Point => [x(at), y(left)]);
  const [todayX, todayY] = [x(last.at), y(last.left)];
  const runsOut = forecast.kind === 'runsOut' ? x(forecast.on) : null;
  const ahead: Point | null =
    forecast.kind === 'runsOut'
      ? [Math.min(100, x(forecast.on)), x(forecast.on) <= 100 ? 100 : 0]
      : forecast.kind === 'lasts'
        ? [100, Math.min(100, y(Math.max(0, last.left - (forecast.perDay * (to - last.at.getTime())) / 86_400_000)))]
        : null;
  const levels = [top, top / 2, 0];
  return (
    <Plot name="burn" label={t('home.curve.label')}>
      {levels.map((level) => (
        <text key={level} className="r" x="-8" y={`${y(level)}%`} dy="4">
          {format.integer(level / unitOf(top))}
        </text>
      ))}
      <PlotLayer>
        {levels.map((level) => (
          <line key={level} className="grid" x1="0" x2="100" y1={y(level)} y2={y(level)} />
        ))}
        {curve[0] === undefined ? null : <path className="even" d={`M${curve[0][0]} ${curve[0][1]}L100 100`} />}
        <path className="under" d={`${pathOf(curve)}L${todayX} 100L${curve[0]?.[0] ?? 0} 100Z`} />
        {ahead === null ? null : (
          <path className={forecast.kind === 'lasts' ? 'ahead calm' : 'ahead'} d={pathOf([[todayX, todayY], ahead])} />
        )}
        <path className="curve" d={pathOf(curve)} />
        <line className="tick" x1={todayX} x2={todayX} y1={todayY} y2="100" />
      </PlotLayer>
      <circle className="pt" cx={`${todayX}%`} cy={`${todayY}%`} r="5.5" />
      {runsOut === null || runsOut > 100 ? null : <circle className="pt warn" cx={`${runsOut}%`} cy="100%" r="5" />}
      <circle className="pt end" cx="100%" cy="100%" r="4" />
      <text className={todayX > 75 ? 'em r' : 'em'} x={`${todayX}%`} dx={todayX > 75 ? -10 : 10} y={`${todayY}%`} dy="-6">
        {t('home.curve.today', { amount: format.size(last.left) })}
      </text>
      {forecast.kind !== 'runsOut' || runsOut === null || runsOut > 97 || runsOut - todayX < labelRoom * 2 ? null : (
        <text className={runsOut > 90 ? 'warn r' : 'warn m'} x={`${runsOut}%`} y="100%" dy="-12">
          {format.day(forecast.on)}
        </text>
      )}
      {todayX < labelRoom ? null : (
        <text x="0" y="100%" dy="18">
          {format.day(first.at)}
        </text>
      )}
      {todayX > 100 - labelRoom * 2 ? null : (
        <text className={todayX < labelRoom ? '' : 'm'} x={`${todayX}%`} y="100%" dy="18">
          {format.day(now)}
        </text>
      )}
      {line.validUntil === null ? null : (
        <text className="r" x="100%" y="100%" dy="18">
          {t('home.curve.end', { date: format.day(line.validUntil) })}
        </text>
      )}
      {todayX > 70 ? null : (
        <text className="r" x="100%" y="0" dy="12">
          {t('home.curve.even')}
        </text>
      )}
    </Plot>
  );
}

function unitOf(top: number): number {
  return top >= 1e9 ? 1e9 : 1e6;
}

/** The next round figure whose half is round too, in GB or MB, so that the axis reads well. */
function niceTop(bytes: number): number {
  const unit = unitOf(bytes);
  const step = bytes / unit <= 10 ? 2 : bytes / unit <= 40 ? 4 : 20;
  return Math.max(step, Math.ceil(bytes / unit / step - 1e-9) * step) * unit;
}
