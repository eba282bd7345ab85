/**
 * Cuts a journal into entries that a system takes: each within its limit of lines, each in balance.
 */
import type { PostedJournal, PostedLine, StockAdjustment } from './shapes';

/** The shortest runs of lines, in their order, whose debits and credits are equal; what is left over at the end is a run too. */
function balancedRuns(lines: readonly PostedLine[]): PostedLine[][] {
  const runs: PostedLine[][] = [];
  let run: PostedLine[] = [];
  let balance = 0n;
  for (const line of lines) {
    run.push(line);
    balance += BigInt(line.debitMinor) - BigInt(line.creditMinor);
    if (balance !== 0n) continue;
    runs.push(run);
    run = [];
  }
  return run.length > 0 ? [...runs, run] : runs;
}

/** Packs groups in their order into as few parts of at most `linesMax` lines as that allows. */
function packed<Line>(groups: readonly (readonly Line[])[], linesMax: number): Line[][] {
  const parts: Line[][] = [];
  for (const group of groups) {
    const last = parts.at(-1);
    if (last && last.length + group.length <= linesMax) last.push(...group);
    else parts.push([...group]);
  }
  return parts;
}

/**
 * The lines of a journal in parts that each balance. Lines that book nothing are left out: importers refuse a row without
 * an amount.
 *
 * @returns the lines of the run that is longer than the limit, where one is
 */
export function journalEntries(
  { lines }: PostedJournal, linesMax: number | null,
): { readonly parts: readonly (readonly PostedLine[])[]; readonly leftOut: number; readonly tooLong?: readonly PostedLine[] } {
  const booked = lines.filter((line) => line.debitMinor !== line.creditMinor);
  const leftOut = lines.length - booked.length;
  if (linesMax === null || booked.length <= linesMax) return { parts: booked.length === 0 ? [] : [booked], leftOut };
  const runs = balancedRuns(booked);
  const tooLong = runs.find((run) => run.length > linesMax);
  return tooLong ? { parts: [], leftOut, tooLong } : { parts: packed(runs, linesMax), leftOut };
}

/** Adjustments of stock by account and location, in the order in which those first occur, each within the limit. */
export function stockEntries({ adjustments }: PostedJournal, linesMax: number | null): StockAdjustment[][] {
  const groups = new Map<string, StockAdjustment[]>();
  for (const adjustment of adjustments) {
    if (adjustment.quantityScaled === 0) continue;
    const key = JSON.stringify([adjustment.accountCode, adjustment.location]);
    const group = groups.get(key);
    if (group) group.push(adjustment);
    else groups.set(key, [adjustment]);
  }
  return [...groups.values()].flatMap((group) => packed(group.map((each) => [each]), linesMax ?? Infinity));
}
