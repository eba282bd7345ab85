/**
 * `npm run bench [-- --quick] [--scale N] [NAME...]`: how fast Tieout is beside a reference that is measured in turn with it.
 *
 * Each side runs in a process of its own, five times (three with `--quick`), one after the other; medians are compared.
 * One line of JSON per figure, then a table. `--scale 0.2` takes a fifth of the full sizes. `truth` measures no time: it
 * prints how much of what was planted in generated companies the explanation found, and `--scale 10` makes them ten times as big. `tamper` attacks a sealed workbook in every
 * way it knows and ends with 1 where verification misses one; nothing else here passes or fails.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepareApplication } from './setup/application.mjs';
import { openVirtualDisplay } from './setup/display.mjs';
import { enter } from './setup/enter.mjs';
import { at } from './setup/paths.mjs';
import { say, SetupError } from './setup/progress.mjs';

/** @typedef {Readonly<Record<string, number>>} Sizes */
/** @typedef {{ name: string, tieout: string, reference?: string, rows?: string }} Figure */
/** @typedef {{ name: string, reference: string, sizes: { full: Sizes, quick: Sizes }, scaled?: string[], figures: Figure[], compared: boolean, inWindow: boolean }} Listed */
/** @typedef {{ times: Record<string, number>, rssMb: number, reports: string[], failed?: boolean }} Part */
/** @typedef {{ name: string, tieoutMs: number, referenceMs: number | null, ratio: number | null, rowsPerSecond: number | null, rssMb: number, referenceRssMb: number | null, sizes: Sizes, reference: string }} Result */

// Two folders deep, as the built program: what comes with it lies in `resources` from there too.
const BUNDLE = at('out', 'bench');

/** The benchmarks and the services they measure as one program for Node.js. */
async function bundleBenchmarks() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: at(),
    resolve: { alias: { '@shared': at('shared') } },
    build: {
      ssr: true,
      target: 'node20',
      outDir: BUNDLE,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: {
        input: { run: at('tests/bench/run.ts'), 'file-thread': at('electron/file-thread.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
}

/** Young values have as much room as in the program (`scripts/tieout.mjs`); old ones more, for the references. */
const HEAP = ['--max-semi-space-size=8', '--max-old-space-size=8192'];

/** What parts that open a window need beside what is there. @type {NodeJS.ProcessEnv} */
let windowEnvironment = {};

/** What was reported must not be so. */
let failed = false;

/** @param {string[]} args @returns {any} the last line that the part printed */
function runPart(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...HEAP, path.join(BUNDLE, 'run.mjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
    env: { ...process.env, ...windowEnvironment },
  });
  if (status !== 0) throw new SetupError(`bench ${args.slice(0, 2).join(' ')} ended with ${status}.\n${stderr}`);
  const line = stdout.trim().split('\n').at(-1);
  return line ? JSON.parse(line) : undefined;
}

/** @param {readonly (number | undefined)[]} values */
function median(values) {
  const sorted = values.filter((value) => value !== undefined).sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? Number(sorted[middle]) : (Number(sorted[middle - 1]) + Number(sorted[middle])) / 2;
}

const rounded = (/** @type {number} */ value, places = 1) => Number(value.toFixed(places));

/** @param {Listed} benchmark @param {Sizes} sizes @param {number} rounds @returns {Result[]} */
function runBenchmark(benchmark, sizes, rounds) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-bench-'));
  try {
    const given = JSON.stringify(sizes);
    say(`${benchmark.name}: preparing ${given}`);
    runPart([benchmark.name, 'prepare', folder, given]);
    /** @type {Part[]} */
    const ours = [];
    /** @type {Part[]} */
    const theirs = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(runPart([benchmark.name, 'tieout', folder, given]));
      // What is reported is true or not, however often it is said.
      if (/** @type {Part} */ (ours[0]).reports.length > 0) break;
      if (benchmark.compared) theirs.push(runPart([benchmark.name, 'reference', folder, given]));
    }
    for (const report of ours[0]?.reports ?? []) console.log(report);
    if (ours.some((part) => part.failed)) failed = true;
    const mostMemory = (/** @type {Part[]} */ parts) => Math.max(...parts.map(({ rssMb }) => rssMb));
    return benchmark.figures.map(({ name, tieout, reference, rows }) => {
      const tieoutMs = /** @type {number} */ (median(ours.map(({ times }) => times[tieout])));
      const referenceMs =
        reference === undefined ? null : (median(theirs.map(({ times }) => times[reference])) ?? median(ours.map(({ times }) => times[reference])));
      return {
        name,
        tieoutMs: rounded(tieoutMs, 2),
        referenceMs: referenceMs === null ? null : rounded(referenceMs, 2),
        ratio: referenceMs === null ? null : rounded(tieoutMs / referenceMs, 2),
        rowsPerSecond: rows === undefined ? null : Math.round((Number(sizes[rows]) / tieoutMs) * 1000),
        rssMb: mostMemory(ours),
        referenceRssMb: theirs.length > 0 ? mostMemory(theirs) : null,
        sizes,
        reference: benchmark.reference,
      };
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Result[]} results */
function tableOf(results) {
  const rows = results.map((each) => [
    each.name,
    String(each.tieoutMs),
    each.referenceMs === null ? '' : String(each.referenceMs),
    each.ratio === null ? '' : `${each.ratio.toFixed(2)}x`,
    each.rowsPerSecond === null ? '' : String(each.rowsPerSecond),
    String(each.rssMb),
    Object.entries(each.sizes).map(([size, count]) => `${size} ${count}`).join(', '),
  ]);
  const header = ['figure', 'Tieout ms', 'reference ms', 'ratio', 'rows/s', 'RSS MB', 'sizes'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => String(row[column]).length)));
  const line = (/** @type {string[]} */ cells) =>
    cells.map((cell, column) => (column === 0 || column === 6 ? cell.padEnd(Number(widths[column])) : cell.padStart(Number(widths[column])))).join('  ').trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The built application, an Electron and, where displays can be virtual, one of its own. */
async function prepareWindow() {
  const application = await prepareApplication({ virtualDisplay: true });
  const display = process.platform === 'linux' ? await openVirtualDisplay() : undefined;
  windowEnvironment = { ...application.environment, ...display?.environment, TIEOUT_PROJECT_FOLDER: at() };
  return display;
}

function readArguments() {
  try {
    return parseArgs({ options: { quick: { type: 'boolean' }, scale: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message.split('. ')[0] : error}. Known: --quick, --scale N, names of benchmarks.`);
  }
}

await enter(async () => {
  const { values, positionals } = readArguments();
  const scale = Number(values.scale ?? 1);
  if (!(scale > 0 && scale <= 100)) throw new SetupError(`--scale ${values.scale} is no number above 0 and up to 100.`);
  await bundleBenchmarks();
  /** @type {Listed[]} */
  const listed = runPart(['list']);
  const unknown = positionals.filter((name) => !listed.some((each) => each.name === name));
  if (unknown.length > 0) throw new SetupError(`no benchmark ${unknown.join(', ')}. Known: ${listed.map(({ name }) => name).join(', ')}.`);
  const chosen = listed.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const display = chosen.some(({ inWindow }) => inWindow) ? await prepareWindow() : undefined;
  /** @type {Result[]} */
  const results = [];
  for (const benchmark of chosen) {
    const { full, quick } = benchmark.sizes;
    const isScaled = (/** @type {string} */ size) => benchmark.scaled?.includes(size) ?? Number(full[size]) >= 10_000;
    const sizes = values.quick ? quick : Object.fromEntries(Object.entries(full).map(([size, count]) => [size, isScaled(size) ? Math.round(count * scale) : count]));
    for (const result of runBenchmark(benchmark, sizes, values.quick ? 3 : 5)) {
      console.log(JSON.stringify(result));
      results.push(result);
    }
  }
  display?.close();
  console.log(`\n${tableOf(results)}`);
  return failed ? 1 : 0;
});
