/**
 * What a benchmark is: Tieout's work and a reference beside it, each carried out in a process of its own, so that neither
 * warms up or fills the memory of the other. The driver (`scripts/bench.mjs`) lets them take turns and compares medians.
 */

/** Numbers of rows and the like, by name. */
export type Sizes = Readonly<Record<string, number>>;

export interface BenchmarkRun {
  /** What `prepare` left; the same for every run. */
  readonly folder: string;
  /** Empty at the start of each run. */
  readonly scratch: string;
  readonly sizes: Sizes;
  /** Measures `work` under a name; the time of one pass where it is repeated. */
  measure<T>(figure: string, work: () => Promise<T> | T, passes?: number): Promise<T>;
  /** A time that the work itself has taken, in milliseconds. */
  record(figure: string, milliseconds: number): void;
  /** Text that the benchmark prints beside its figures. */
  report(text: string): void;
  /** What was reported must not be so: the benchmark ends with 1. */
  fail(): void;
}

export interface Figure {
  readonly name: string;
  /** What Tieout's run measured under this name. */
  readonly tieout: string;
  /** What it is held against, in the reference's run or else in Tieout's own; left out where there is nothing to hold it against. */
  readonly reference?: string;
  /** The size whose rows are counted per second. */
  readonly rows?: string;
}

export interface Benchmark {
  readonly name: string;
  /** What the reference is, in words; printed with every figure. */
  readonly reference: string;
  readonly sizes: { readonly full: Sizes; readonly quick: Sizes };
  /** Sizes that `--scale` multiplies however small they are; without, those of 10,000 and more. */
  readonly scaled?: readonly string[];
  /** Needs the built application, an Electron and a display. */
  readonly inWindow?: boolean;
  readonly figures: readonly Figure[];
  /** Makes the files that both sides read; not measured. */
  prepare?(folder: string, sizes: Sizes): Promise<void> | void;
  tieout(run: BenchmarkRun): Promise<void>;
  referenceRun?(run: BenchmarkRun): Promise<void>;
}
