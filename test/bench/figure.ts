/** One measured figure. Counts come first: they do not depend on the machine. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly kind: 'count' | 'ratio' | 'time';
  /** The figure must not pass this; a bench that fails its bound fails the run. */
  readonly atMost?: number;
  /** The other way round. */
  readonly atLeast?: number;
  /** The same work of a program that people use today, as it was counted there. */
  readonly peers?: string;
};

export type Bench = {
  readonly name: string;
  /** How the figures are taken, in one sentence. */
  readonly how: string;
  run(): Promise<readonly Figure[]>;
};
