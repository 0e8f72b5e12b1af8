import type { ReactNode } from 'react';

export type Tone = 'normal' | 'warning' | 'danger' | 'success' | 'quiet';
const toneClass = (tone: Tone): string => (tone === 'normal' ? '' : tone);

const radius = 38;
const circumference = 2 * Math.PI * radius;
/** More characters than this are set smaller, so that they stay inside the ring. */
const longestFigure = 4;

/** What is left: `share` 0…1, or null where it is not known (track only). The figure stands inside, the sentence is its label. */
export function Ring({
  share,
  figure,
  unit,
  label,
  tone = 'normal',
}: {
  readonly share: number | null;
  readonly figure: string;
  readonly unit: string;
  readonly label: string;
  readonly tone?: Tone;
}): ReactNode {
  const filled = Math.max(0, Math.min(1, share ?? 0)) * circumference;
  return (
    <svg className={`ring ${toneClass(tone)}`} viewBox="0 0 92 92" role="img" aria-label={label}>
      <circle className="ring-track" cx="46" cy="46" r={radius} />
      {filled < 0.5 ? null : (
        <circle
          className="ring-value"
          cx="46"
          cy="46"
          r={radius}
          transform="rotate(-90 46 46)"
          strokeDasharray={`${filled.toFixed(1)} ${circumference.toFixed(1)}`}
        />
      )}
      <text className={figure.length > longestFigure ? 'ring-big long' : 'ring-big'} x="46" y={unit === '' ? 54 : 47}>
        {figure}
      </text>
      <text className="ring-unit" x="46" y="62">
        {unit}
      </text>
    </svg>
  );
}

/** A thin bar of `value` out of `max`. */
export function Meter(props: {
  readonly value: number;
  readonly max: number;
  readonly label: string;
  readonly tone?: Tone;
  readonly thin?: boolean;
}): ReactNode {
  return (
    <progress
      className={`meter ${props.thin === true ? 'thin' : ''} ${toneClass(props.tone ?? 'normal')}`}
      value={props.value}
      max={props.max}
      aria-label={props.label}
    />
  );
}

/** Signal as the four bars that people know; `bars` 0…4, null where it is not known. */
export function SignalBars({ bars, label }: { readonly bars: number | null; readonly label: string }): ReactNode {
  const tone = bars === null || bars === 0 ? 'quiet' : bars === 1 ? 'warn' : '';
  return (
    <svg className={`bars ${tone}`} viewBox="0 0 20 16" role="img" aria-label={label}>
      {[0, 1, 2, 3].map((index) => (
        <rect
          key={index}
          className={index < (bars ?? 0) ? 'on' : ''}
          x={index * 5}
          y={12 - index * 4}
          width="3.5"
          height={4 + index * 4}
          rx="1"
        />
      ))}
    </svg>
  );
}

/** The layer of a plot whose shapes are stretched to the frame; coordinates are percentages, text stays outside of it. */
export function PlotLayer({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <svg className="layer" viewBox="0 0 100 100" preserveAspectRatio="none" x="0" y="0" width="100%" height="100%">
      {children}
    </svg>
  );
}

/** A figure with its sentence. */
export function Plot(props: { readonly name: string; readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <figure className={`plot ${props.name}`}>
      <svg role="img" aria-label={props.label}>
        {props.children}
      </svg>
    </figure>
  );
}

/** Points in percent as a path. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
}
