/**
 * The month of a million lines in the real window: from the start to a usable grid, and from a key or a click to the answer drawn.
 *
 * The window itself is driven in `window-run.ts`, which is loaded only here, so that its weight is in no other benchmark.
 */
import type { Benchmark } from './benchmark';

/** Each question and what a person does not notice; PERFORMANCE: sort, filter, find and jump answer within 100 ms. */
export const ANSWER_LIMIT_MS = 100;
/** The window's own process holds less than this, whatever was looked at. */
export const MEMORY_LIMIT_MB = 400;

/** What is asked in the window, in this order. */
export const QUESTIONS = [
  'view of every line', 'sort by ERP', 'sort by SKU', 'sort by value', 'sort by value, smallest first', 'sort by location', 'sort by class', 'filter by class', 'filter by text',
  'jump to the end', 'jump to the middle', 'next exception', 'find', 'group by location', 'view of open lines',
] as const;
export type Question = (typeof QUESTIONS)[number];

export const windowBench: Benchmark = {
  name: 'window',
  reference: `the same window without a workbook for the start; ${ANSWER_LIMIT_MS} ms for an answer; a frame of the same grid at rest for scrolling; ${MEMORY_LIMIT_MB} MB for memory`,
  sizes: { full: { lines: 1_000_000, pauseMs: 1500 }, quick: { lines: 20_000, pauseMs: 300 } },
  inWindow: true,
  figures: [
    { name: 'window start to a usable grid', tieout: 'start', reference: 'start' },
    ...QUESTIONS.map((each) => ({ name: `window ${each}`, tieout: each, reference: 'limit' })),
    { name: 'window frame while scrolling', tieout: 'frame', reference: 'frame at rest' },
    { name: 'window slowest frame of twenty', tieout: 'slow frame', reference: 'slow frame at rest' },
    { name: 'window memory, MB', tieout: 'memory', reference: 'memory limit' },
  ],
  prepare: async (folder, { lines }) => (await import('./window-run')).prepare(folder, lines!),
  tieout: async (run) => (await import('./window-run')).measureWindow(run),
  referenceRun: async (run) => (await import('./window-run')).measureEmptyWindow(run),
};
