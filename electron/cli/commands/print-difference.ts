/** The difference of a file from the import whose place it takes, on a terminal. */
import type { Difference } from '@shared/domain/import-difference';
import { measureWords, SYSTEM_WORDS } from '@shared/domain/import-words';
import { countText, plural } from '@shared/domain/plural';
import { printLine, table } from '../print';

const LINES_PRINTED = 50;

export function printDifference(old: { readonly importId: number; readonly fileName: string }, difference: Difference, rehearsedOnly: boolean): void {
  const { added, removed, changed, unchanged } = difference.counts;
  printLine(`  ${rehearsedOnly ? 'would take' : 'took'} the place of import ${old.importId} (${old.fileName}): ${plural(changed, 'figure')} changed, ${countText(added)} added, ${countText(removed)} removed, ${countText(unchanged)} as they were`);
  for (const total of difference.totals) {
    printLine(`  ${total.system === null ? '' : `${SYSTEM_WORDS[total.system]} `}${measureWords(total.measure).toLowerCase()}: ${total.before} -> ${total.after} (${total.delta})`);
  }
  if (difference.lines.length === 0) return;
  const header = ['change', 'system', 'sku', 'location', 'document', 'figure', 'before', 'after', 'delta'];
  const rows = difference.lines.slice(0, LINES_PRINTED).map((line) => [
    line.change, line.system ?? '', line.sku, line.location, [line.document, line.line].filter(Boolean).join(' '), measureWords(line.measure),
    line.before ?? 'unknown', line.after ?? 'unknown', line.delta,
  ]);
  printLine(table(header, rows, [6, 7, 8]));
  const more = added + removed + changed - rows.length;
  if (more > 0) printLine(`and ${countText(more)} more: the window and --json list them.`);
}
