/**
 * One part of one benchmark in this process: `list`, or NAME `prepare` | `tieout` | `reference` FOLDER SIZES.
 *
 * Prints one line of JSON: the times by figure in milliseconds, and the most memory that the process has held.
 */
import fs from 'node:fs';
import path from 'node:path';
import { auditChain } from './audit-chain.bench';
import type { Benchmark, Sizes } from './benchmark';
import { csvRead } from './csv.bench';
import { gridPage } from './grid-page.bench';
import { movementsImport, snapshotImport, xlsxImport } from './import.bench';
import { gridSort, reconcile, reconcileGrowth } from './reconcile.bench';
import { replay } from './replay.bench';
import { reports } from './reports.bench';
import { seal } from './seal.bench';
import { tamper } from './tamper.bench';
import { truth } from './truth/truth.bench';
import { windowBench } from './window.bench';
import { xlsxRead, xlsxWrite } from './xlsx.bench';

const BENCHMARKS: readonly Benchmark[] = [csvRead, snapshotImport, movementsImport, xlsxImport, reconcile, reconcileGrowth, gridSort, reports, xlsxWrite, xlsxRead, auditChain, gridPage, windowBench, seal, replay, tamper, truth];

async function runPart(benchmark: Benchmark, part: string, folder: string, sizes: Sizes): Promise<void> {
  if (part === 'prepare') return benchmark.prepare?.(folder, sizes);
  const times: Record<string, number> = {};
  const reports: string[] = [];
  let failed = false;
  const scratch = fs.mkdtempSync(path.join(folder, 'run-'));
  try {
    const work = part === 'tieout' ? benchmark.tieout : benchmark.referenceRun!;
    await work({
      folder,
      scratch,
      sizes,
      measure: async (figure, measured, passes = 1) => {
        const started = performance.now();
        const result = await measured();
        times[figure] = (performance.now() - started) / passes;
        return result;
      },
      record: (figure, milliseconds) => void (times[figure] = milliseconds),
      report: (text) => void reports.push(text),
      fail: () => void (failed = true),
    });
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  // maxRSS is in kilobytes on every platform.
  console.log(JSON.stringify({ times, rssMb: Math.round(process.resourceUsage().maxRSS / 1024), reports, failed }));
}

const [name, part, folder, sizes] = process.argv.slice(2);
if (name === 'list') {
  console.log(JSON.stringify(BENCHMARKS.map((each) => ({ name: each.name, reference: each.reference, sizes: each.sizes, scaled: each.scaled, figures: each.figures, compared: each.referenceRun !== undefined, inWindow: each.inWindow === true }))));
} else {
  const benchmark = BENCHMARKS.find((each) => each.name === name);
  if (!benchmark || !part || !folder || !sizes) throw new Error(`no such part: ${process.argv.slice(2).join(' ')}`);
  await runPart(benchmark, part, folder, JSON.parse(sizes) as Sizes);
}
