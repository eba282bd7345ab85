/** `tieout lines --group`: the groups of lines with their subtotals instead of the lines. */
import type { LineGroup, SummedColumn } from '@shared/domain/line-grid';
import { LINE_GROUPINGS, type LineFilter, type LineGrouping } from '@shared/domain/lines';
import { formatAmount } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { groupsOfLines } from '../../services/line-grid';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { printJson, printLine, table } from '../print';

/** The word of each grouping; in the window and here the same. */
export const GROUP_WORDS: Readonly<Record<string, LineGrouping>> = Object.fromEntries(LINE_GROUPINGS.map((by) => [by === 'reasonCode' ? 'reason' : by, by]));

const FIGURES = [
  ['erp', 'ERP', 'erpAtCutOffScaled'], ['storefront', 'store', 'storefrontAtCutOffScaled'], ['counted', 'count', 'countedAtCutOffScaled'],
  ['countVariance', 'count var', 'countVarianceScaled'], ['channelVariance', 'channel var', 'channelVarianceScaled'], ['ledgerVariance', 'ledger var', 'ledgerVarianceScaled'],
  ['value', 'value', 'valueMinor'],
] as const satisfies readonly (readonly [string, string, SummedColumn])[];

interface GroupsSetting {
  readonly period: { readonly periodId: number; readonly code: string };
  readonly currency: string;
  readonly word: string;
  readonly filter: LineFilter;
  readonly asJson: boolean;
}

/** Prints each group with the sums of its known figures; where nobody knows any, the sum is unknown. */
export function printGroups(workbook: ReadableWorkbook, { period, currency, word, filter, asJson }: GroupsSetting): void {
  const columns = FIGURES.map(([, , column]) => column);
  const groups = groupsOfLines(workbook, { periodId: period.periodId, filter, by: GROUP_WORDS[word]!, columns });
  const sumOf = ({ sums }: LineGroup, column: SummedColumn): string | null => {
    const own = sums[column]!;
    if (own.count === 0) return null;
    return column === 'valueMinor' ? formatAmount(BigInt(own.sum), currency) : formatQuantity(BigInt(own.sum));
  };
  if (asJson) {
    printJson({
      period: period.code, currency, groupedBy: word,
      groups: groups.map((group) => ({
        key: group.key, lines: group.lines,
        sums: Object.fromEntries(FIGURES.map(([name, , column]) => [name, { sum: sumOf(group, column), unknown: group.sums[column]!.unknown }])),
      })),
    });
    return;
  }
  const rows = groups.map((group) => [group.key ?? `no ${word}`, String(group.lines), ...FIGURES.map(([, , column]) => sumOf(group, column) ?? '?')]);
  printLine(table([word, 'lines', ...FIGURES.map(([, title]) => title)], rows, [1, ...FIGURES.map((_figure, place) => place + 2)]));
}
