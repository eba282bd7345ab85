/**
 * Which lines are meant, in words: the conditions of the filter row (`--where`), and a text that a line holds (`--find`).
 */
import { type ColumnFilter, FILTERED_COLUMNS, type FilteredColumn } from '@shared/domain/column-filter';
import { type ChoiceEntry, readCondition } from '@shared/domain/column-filter-text';
import { LINE_STATUSES, type LineFilter, OWNERS, TIERS } from '@shared/domain/lines';
import { CAUSES, VARIANCE_CLASSES } from '@shared/domain/variance';
import { PLAIN_STYLE } from '@shared/domain/written-figure';
import { lineKeysHolding } from '../../services/line-grid';
import { listReasonCodes } from '../../services/reason-codes';
import { findPeriod } from '../../services/periods';
import { workbookRow } from '../../services/workbooks';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { type Arguments, CommandFailure, EXIT } from '../command';

/** Each column by the word that the command line and the heads of the grid have for it. */
const COLUMN_WORDS: Readonly<Record<string, FilteredColumn>> = {
  sku: 'sku', item: 'itemName', location: 'location', tier: 'tier', erp: 'erpAtCutOffScaled', store: 'storefrontAtCutOffScaled', counted: 'countedAtCutOffScaled',
  count: 'countVarianceScaled', channel: 'channelVarianceScaled', ledger: 'ledgerVarianceScaled', adjustment: 'adjustmentScaled', cost: 'unitCostScaled', value: 'valueMinor',
  class: 'class', cause: 'cause', status: 'status', reason: 'reasonCode', owner: 'owner', due: 'dueInstant', note: 'note', 'cleared-by': 'clearedBy', 'next-step': 'nextStep',
  age: 'ageDays', closes: 'ageCloses', priority: 'priority',
};

export const FILTER_OPTIONS = {
  where: { type: 'string', value: 'CONDITION', help: 'what a column has to be, such as value<-100, owner:finance or due:empty', repeats: true },
  find: { type: 'string', value: 'TEXT', help: 'lines with this text in SKU, item, location, reason or note' },
} as const;

function entriesOf(workbook: ReadableWorkbook, column: FilteredColumn): readonly ChoiceEntry[] {
  const same = (keys: readonly string[]) => keys.map((key) => ({ key, title: key }));
  switch (column) {
    case 'location':
      return same(workbook.all<{ code: string }>('SELECT code FROM locations ORDER BY code').map(({ code }) => code));
    case 'reasonCode':
      return listReasonCodes(workbook).map(({ code, name }) => ({ key: code, title: `${code} ${name}` }));
    case 'class':
      return same(VARIANCE_CLASSES);
    case 'cause':
      return same(CAUSES);
    case 'owner':
      return same(OWNERS);
    case 'status':
      return same(LINE_STATUSES);
    case 'tier':
      return same(TIERS);
    default:
      return [];
  }
}

/** `value<-100` and `owner:finance`: a column's word, and what the filter row would hold. */
const CONDITION = /^\s*([a-z-]+)\s*(?::|(?=[<>=!≤≥≠]))(.*)$/s;

function columnFilter(workbook: ReadableWorkbook, periodId: number, conditions: readonly string[]): ColumnFilter {
  const filter: ColumnFilter = {};
  const { currency } = findPeriod(workbook, periodId)!;
  const { time_zone: timeZone } = workbookRow(workbook);
  for (const text of conditions) {
    const [, word = '', rest = ''] = CONDITION.exec(text) ?? [];
    const column = COLUMN_WORDS[word];
    if (!column) throw new CommandFailure(`--where ${text}: begin with a column, then : or a sign. Columns: ${Object.keys(COLUMN_WORDS).join(', ')}.`, EXIT.usage);
    const read = readCondition(rest, { kind: FILTERED_COLUMNS[column], style: PLAIN_STYLE, currency, timeZone, entries: entriesOf(workbook, column), noun: word });
    if (!read.ok) throw new CommandFailure(`--where ${text}: ${read.why}`, EXIT.usage);
    if (!read.condition) throw new CommandFailure(`--where ${text}: a condition is missing after ${word}.`, EXIT.usage);
    if (filter[column]) throw new CommandFailure(`--where names ${word} twice. One condition for each column; a span is ${word}:-10..10.`, EXIT.usage);
    filter[column] = read.condition;
  }
  return filter;
}

/** The filter with what `--where` and `--find` ask besides. */
export function filterBy(workbook: ReadableWorkbook, args: Arguments, periodId: number, filter: LineFilter): LineFilter {
  const where = args.all('where');
  const find = args.text('find');
  const narrowed: LineFilter = where.length === 0 ? filter : { ...filter, columns: { ...filter.columns, ...columnFilter(workbook, periodId, where) } };
  return find === undefined ? narrowed : { ...narrowed, stockKeyIds: [...lineKeysHolding(workbook, periodId, narrowed, find)] };
}
