/**
 * No speed: what verification says of every attack by somebody who may write to all files. Ends with 1 where one is missed.
 */
import { type Attack, carryOut, type Outcome, type Sealed, verifiedJournal, verifiedWorkbook } from '../support/attacks/attack';
import { attacksOnRows, NAMED_ATTACKS } from '../support/attacks/index';
import { sealedSample } from '../support/attacks/sealed-sample';
import type { Benchmark } from './benchmark';

const SEED = 20_261_003;

const clipped = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

/** One row of the table: what was done, whether it was found and by what, how it was named. */
function rowOf({ attack, found, namedAs, isAsExpected }: Outcome): readonly string[] {
  const { foundBy } = attack;
  const by = typeof foundBy === 'object' ? 'no' : found ? (foundBy === 'the file' ? 'yes' : 'lodged code') : 'no';
  const named = typeof foundBy === 'object' ? `not covered: ${foundBy.nothing}` : namedAs;
  return [attack.group, clipped(attack.name, 64), `${by}${isAsExpected ? '' : ', MISSED'}`, clipped(named, 150)];
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const header = ['where', 'attack', 'found', 'named as'];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => (column === 3 ? cell : cell.padEnd(widths[column]!))).join('  ').trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

async function attackAll(sealed: Sealed, attacks: readonly Attack[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const attack of attacks) outcomes.push(await carryOut(attack, sealed));
  return outcomes;
}

export const tamper: Benchmark = {
  name: 'tamper',
  reference: 'none: attacks found',
  // How many single rows of each table are attacked; 0 for every column of every table.
  sizes: { full: { share: 0 }, quick: { share: 2 } },
  figures: [{ name: 'tamper', tieout: 'tamper' }],
  tieout: async ({ scratch, sizes, measure, report, fail }) => {
    const sealed = await sealedSample(scratch);
    const untouched = [await verifiedWorkbook(sealed.workbookPath, sealed.lodgedCode), await verifiedJournal(sealed.journalPath, sealed.workbookPath)];
    const outcomes = await measure('tamper', () => attackAll(sealed, [...NAMED_ATTACKS, ...attacksOnRows(sealed, SEED, sizes['share'] || undefined)]));
    report(tableOf(outcomes.map(rowOf)));
    const count = (is: (outcome: Outcome) => boolean) => outcomes.filter(is).length;
    const missed = count(({ isAsExpected }) => !isAsExpected);
    report([
      '',
      `${outcomes.length} attacks: ${count(({ attack, isAsExpected }) => isAsExpected && attack.foundBy === 'the file')} found in the file and named,`,
      `${count(({ attack, isAsExpected }) => isAsExpected && attack.foundBy === 'the lodged code')} found only with the lodged code,`,
      `${count(({ attack, isAsExpected }) => isAsExpected && typeof attack.foundBy === 'object')} not covered, as is said of them, ${missed} missed.`,
      `The untouched workbook and its journal ${untouched.every(({ holds }) => holds) ? 'hold' : 'DO NOT HOLD'}.`,
    ].join('\n'));
    if (missed > 0 || !untouched.every(({ holds }) => holds)) fail();
  },
};
