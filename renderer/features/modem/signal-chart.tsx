import type { ReactNode } from 'react';
import { useWords } from '#renderer/i18n/words.tsx';
import { pathOf, Plot, PlotLayer } from '#renderer/ui/figures.tsx';
import type { Measure, RadioSample } from './radio-history.ts';
import { heightOf, movesOf, piecesOf, scales, spanOf, type Grade } from './signal-scale.ts';

/** So wide is the last figure, in percent of the chart. */
const labelRoom = 14;
const timeMarks = [0, 1, 2, 3] as const;

/** One measure over the last minutes, on the grounds of what is good, fair and poor. Says in a sentence that nothing was measured yet. */
export function SignalChart({ samples, measure }: { readonly samples: readonly RadioSample[]; readonly measure: Measure }): ReactNode {
  const { t, format } = useWords();
  const span = spanOf(samples);
  const pieces = piecesOf(samples, measure);
  const last = pieces.at(-1)?.at(-1);
  if (span === null || last === undefined) return <p className="muted">{t('modem.signal.nothing')}</p>;

  const { top, bottom, good, fair, unit } = scales[measure];
  const x = (at: number): number => ((at - span.from) / (span.to - span.from)) * 100;
  const y = (value: number): number => heightOf(measure, value);
  const values = pieces.flat().map(({ value }) => value);
  const say = (value: number): string => `${format.signed(value)} ${unit}`;
  const grounds: readonly (readonly [Grade, number, number])[] = [
    ['good', top, good],
    ['fair', good, fair],
    ['poor', fair, bottom],
  ];
  const move = movesOf(samples).at(-1);
  const [lastX, lastY] = [x(last.at), y(last.value)];
  // The figure stands above whatever the curve does below it.
  const nearby = pieces.flat().filter(({ at }) => Math.abs(x(at) - lastX) <= labelRoom);
  const labelY = Math.min(...nearby.map(({ value }) => y(value)));
  return (
    <Plot
      name="signal"
      label={t('modem.signal.label', {
        measure: measure.toUpperCase(),
        count: span.minutes,
        now: say(last.value),
        least: say(Math.min(...values)),
        most: say(Math.max(...values)),
      })}
    >
      <PlotLayer>
        {grounds.map(([grade, from, to]) => (
          <rect key={grade} className={`ground ${grade}`} x="0" width="100" y={y(from)} height={y(to) - y(from)} />
        ))}
        {[top, good, fair, bottom].map((level) => (
          <line key={level} className="grid" x1="0" x2="100" y1={y(level)} y2={y(level)} />
        ))}
        {move === undefined ? null : <line className="tick" x1={x(move.at)} x2={x(move.at)} y1="0" y2="100" />}
        {pieces.map((piece) => (
          <path key={piece[0]?.at} className="curve" d={pathOf(piece.map(({ at, value }) => [x(at), y(value)]))} />
        ))}
      </PlotLayer>
      {[top, good, fair, bottom].map((level) => (
        <text key={level} className="r" x="-8" y={`${y(level)}%`} dy="4">
          {format.signed(level)}
        </text>
      ))}
      {grounds.map(([grade, from]) => (
        <text key={grade} x="6" y={`${y(from)}%`} dy="14">
          {t(`devices.grade.${grade}`)}
        </text>
      ))}
      {move === undefined ? null : (
        <text className={x(move.at) > 60 ? 'r' : ''} x={`${x(move.at)}%`} dx={x(move.at) > 60 ? -6 : 6} y="0" dy="14">
          {t('modem.signal.moved', { time: format.time(new Date(move.at)), cell: move.cell })}
        </text>
      )}
      {pieces
        .flatMap((piece) => (piece.length === 1 ? piece : []))
        .map(({ at, value }) => (
          <circle key={at} className="dot-alone" cx={`${x(at)}%`} cy={`${y(value)}%`} r="2" />
        ))}
      <circle className="pt" cx={`${lastX}%`} cy={`${lastY}%`} r="5" />
      <text className="em r" x={`${lastX}%`} dx="-4" y={`${labelY}%`} dy={labelY < 12 ? 24 : -10}>
        {say(last.value)}
      </text>
      {timeMarks.map((mark) => (
        <text key={mark} className={mark === 0 ? '' : mark === 3 ? 'r' : 'm'} x={`${(mark / 3) * 100}%`} y="100%" dy="18">
          {format.timeExact(new Date(span.from + ((span.to - span.from) * mark) / 3))}
        </text>
      ))}
    </Plot>
  );
}
