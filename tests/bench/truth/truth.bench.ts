/**
 * Whether the explanation is true: generated companies with known troubles, reconciled, and held against the answer key.
 *
 * Prints, per cause, what was planted, found, missed and wrongly claimed; then what no document tells, which must stay in
 * the residual; then the share of units explained by the right cause, and the false claims.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Benchmark } from '../benchmark';
import { LOCATIONS } from './company';
import { generateCompany } from './generate';
import { reconcileCompany } from './reconcile-company';
import { added, scoreOf, verdictOf, type Score, type Tally } from './score';

const DIFFERENCES_SHOWN = 25;

const cell = ({ lines, units }: Tally): string => `${lines} / ${units}`;
const percent = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(2)} %`);

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => cells.map((each, column) => (column === 0 ? each.padEnd(widths[column]!) : each.padStart(widths[column]!))).join('  ');
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const byText = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number => (left < right ? -1 : 1);

function reportOf(score: Score, title: string): string {
  const { plantedUnits, foundUnits, falseClaims, falseUnits } = verdictOf(score);
  const causes = [...score.causes].sort(byText).map(([cause, each]) => [
    cause, cell(each.planted), cell(each.found), cell(each.missed), cell(each.wronglyClaimed), percent(each.found.units, each.planted.units),
  ]);
  const patterns = [...score.patterns].sort(byText).map(([cause, each]) => [
    cause, cell(each.planted), cell(each.suggested), cell(each.ambiguous), cell(each.misled), cell(each.none),
  ]);
  return [
    title,
    '',
    table(['cause (lines / units)', 'planted', 'found', 'missed', 'wrongly claimed', 'right'], causes),
    '',
    table(['no document tells (lines / units)', 'planted', 'suggested', 'among others', 'only others', 'nothing'], patterns),
    '',
    `${score.linesWithAny} lines hold a variance, ${score.linesWithSeveral} of them several causes in one.`,
    `Units explained by the right cause: ${foundUnits} of ${plantedUnits}, ${percent(foundUnits, plantedUnits)}. False claims: ${falseClaims}, ${falseUnits} units.`,
    ...(score.faults.length === 0 ? [] : ['', `Differences from the answer key: ${score.faults.length}`, ...[...score.faults].sort().reverse().slice(0, DIFFERENCES_SHOWN).map((fault) => `  ${fault}`)]),
  ].join('\n');
}

export const truth: Benchmark = {
  name: 'truth',
  reference: 'the answer key of the generator',
  sizes: { full: { lines: 2_800, seeds: 5 }, quick: { lines: 1_000, seeds: 2 } },
  scaled: ['lines'],
  figures: [{ name: 'truth', tieout: 'generate and reconcile', rows: 'lines' }],
  tieout: async ({ scratch, sizes, measure, report }) => {
    const items = Math.max(20, Math.round(sizes['lines']! / LOCATIONS.length));
    const scores: Score[] = [];
    for (let seed = 1; seed <= sizes['seeds']!; seed += 1) {
      const folder = path.join(scratch, String(seed));
      fs.mkdirSync(folder);
      const score = await measure('generate and reconcile', async () => {
        const { files, key } = generateCompany(folder, seed, items);
        return scoreOf(await reconcileCompany(folder, files), key);
      });
      const { plantedUnits, foundUnits, falseClaims } = verdictOf(score);
      report(`seed ${seed}: ${percent(foundUnits, plantedUnits)} of ${plantedUnits} units explained by the right cause, false claims ${falseClaims}`);
      scores.push(score);
      fs.rmSync(folder, { recursive: true });
    }
    report(`\n${reportOf(added(scores), `Truth: ${sizes['seeds']} companies of ${items * LOCATIONS.length} lines each`)}`);
  },
};
