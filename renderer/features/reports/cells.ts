/** A cell as a person reads it. */
import type { Cell, ReportColumn } from '@shared/domain/report';
import { countText, groupDecimal, instantText, moneyText, quantityText, UNKNOWN } from '../../ui';
import { formatDecimal } from '@shared/domain/decimal';

export const isFigure = ({ kind }: Pick<ReportColumn, 'kind'>): boolean => kind !== 'text' && kind !== 'instant';

/** @param isLine an empty cell of a line is unknown; in a row that only fills up a sum it is empty */
export function cellText(cell: Cell, { kind }: Pick<ReportColumn, 'kind'>, currency: string, timeZone: string, isLine: boolean): string {
  if (cell === null) return isLine && kind !== 'instant' ? UNKNOWN : '';
  if (typeof cell === 'string') return cell;
  switch (kind) {
    case 'quantity':
      return quantityText(cell);
    case 'amount':
      return moneyText(cell, currency);
    case 'percent':
      return groupDecimal(formatDecimal(cell, 2, 2));
    case 'instant':
      return instantText(cell, timeZone);
    case 'count':
    case 'days':
      return countText(cell);
    case 'text':
      return String(cell);
  }
}

export interface GroupSpan {
  readonly name: string | null;
  readonly span: number;
}

/** Runs of neighbouring columns with the same group; empty where no column has one. */
export function groupSpans(columns: readonly ReportColumn[]): readonly GroupSpan[] {
  if (columns.every(({ group }) => group === null)) return [];
  const spans: { name: string | null; span: number }[] = [];
  for (const { group } of columns) {
    const last = spans.at(-1);
    if (last && last.name === group) last.span += 1;
    else spans.push({ name: group, span: 1 });
  }
  return spans;
}
