/**
 * The columns of the lines' grid: what an accountant reads first stands first.
 */
import type { ReasonCode } from '@shared/contract/tags';
import { OWNERS, type Owner } from '@shared/domain/lines';
import { formatAmount } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import type { VarianceKind } from '@shared/domain/variance';
import { CAUSE_WORDS, CLASS_WORDS, KIND_WORDS, directionWords, OWNER_WORDS, STATUS_TONE, STATUS_WORDS } from '../../app/words';
import type { GridColumn, NumberColumn } from '../../grid';
import { countWords, dateText, moneyText, quantityText, signedQuantityText, type SearchEntry, sentenceText } from '../../ui';
import { recentReasons } from './recent-reasons';
import { filterRule, type FilterWorld, isFiltered } from './column-filters';
import { dueDateText } from './detail/due-date';
import type { LineRow } from './line-row';

export interface LineColumnSetting extends FilterWorld {
  readonly canEdit: boolean;
  /** Now, epoch milliseconds: what is due before it is late. */
  readonly nowInstant: number;
}

/** Reason codes as a list to search: those that fit the line's cause first, then those given last, then those of its class. */
export function reasonEntries(
  codes: readonly ReasonCode[], line: { readonly cause: string | null; readonly class: string | null }, recent: readonly string[] = recentReasons(),
): readonly SearchEntry[] {
  const rank = (code: ReasonCode) => {
    if (line.cause !== null && code.causes.includes(line.cause)) return 0;
    const ago = recent.indexOf(code.code);
    return ago >= 0 ? 1 + ago : recent.length + (code.class === line.class ? 1 : 2);
  };
  return [...codes]
    .sort((left, right) => rank(left) - rank(right))
    .map((code) => ({
      key: code.code,
      title: `${code.code} ${code.name}`,
      detail: code.posting === 'adjust' ? `posts to ${code.offsetAccount ?? 'no account'}` : 'posts nothing',
      words: `${CLASS_WORDS[code.class]} ${code.causes.map((cause) => CAUSE_WORDS[cause as keyof typeof CAUSE_WORDS] ?? cause).join(' ')}`,
    }));
}

export const OWNER_ENTRIES: readonly SearchEntry[] = OWNERS.map((owner) => ({ key: owner, title: OWNER_WORDS[owner] }));

const isSettled = (line: LineRow): boolean => line.status === 'cleared' || line.status === 'approved';

/** `2 files, 1 note`; nothing where there is neither. */
function evidenceWords({ attachmentCount, evidenceCount }: LineRow): string | null {
  const notes = evidenceCount - attachmentCount;
  return [...(attachmentCount > 0 ? [countWords(attachmentCount, 'file')] : []), ...(notes > 0 ? [countWords(notes, 'note')] : [])].join(', ') || null;
}

export function lineColumns(setting: LineColumnSetting): readonly GridColumn<LineRow>[] {
  const filtered = (column: GridColumn<LineRow>) => (isFiltered(column.id) ? { ...column, filter: filterRule(column.id, setting) } : column);
  return plainColumns(setting).map(filtered);
}

function plainColumns({ currency, timeZone, reasonCodes, canEdit, nowInstant }: LineColumnSetting): readonly GridColumn<LineRow>[] {
  const quantity = (id: keyof LineRow, title: string, tooltip: string, width = 66): NumberColumn<LineRow> => ({
    id, kind: 'quantity', title, tooltip, width, sortable: true,
    value: (row) => row[id] as number | null,
    text: (value) => quantityText(value),
    plainText: (value) => (value === null ? 'unknown' : formatQuantity(value)),
  });
  const variance = (id: keyof LineRow, kind: VarianceKind, title: string, tooltip: string, width = 68): NumberColumn<LineRow> => ({
    ...quantity(id, title, tooltip, width),
    name: `${KIND_WORDS[kind]} variance`,
    text: (value) => signedQuantityText(value),
    dashesZero: true,
    strong: true,
    words: (row) => directionWords(kind, row[id] as number | null),
  });
  const whyFixed = (row: LineRow) =>
    !canEdit ? 'Nothing can be changed in this period.' : row.status === 'approved' ? 'In an approved journal: the answer stands.' : undefined;
  return [
    { id: 'sku', kind: 'text', title: 'SKU', width: 112, fitsUpTo: 180, pinned: true, namesRow: true, sortable: true, value: (row) => row.sku, clipped: (row) => (row.attachmentCount > 0 ? countWords(row.attachmentCount, 'attachment') : null) },
    { id: 'location', kind: 'text', title: 'Location', width: 88, fitsUpTo: 150, namesRow: true, sortable: true, quiet: true, value: (row) => row.location },
    quantity('erpAtCutOffScaled', 'ERP', 'ERP on hand at the cut-off', 60),
    { ...quantity('storefrontAtCutOffScaled', 'Store', 'Storefront available at the cut-off'), name: 'Storefront' },
    quantity('countedAtCutOffScaled', 'Counted', 'Counted, carried to the cut-off', 60),
    variance('countVarianceScaled', 'count', 'Count var.', 'Counted less ERP on hand, at the cut-off'),
    variance('channelVarianceScaled', 'channel', 'Chan. var.', 'Storefront available less what the identity gives, at the cut-off'),
    {
      id: 'valueMinor', kind: 'money', title: `Value ${currency}`, tooltip: 'The variance at unit cost', width: 82, sortable: true,
      value: (row) => row.valueMinor,
      text: (value) => moneyText(value, currency),
      plainText: (value) => (value === null ? 'unknown' : formatAmount(value, currency)),
      dashesZero: true,
    },
    {
      id: 'class', kind: 'badge', title: 'Class', width: 109, sortable: true,
      value: (row) => (row.class === null ? null : { tone: row.class, text: CLASS_WORDS[row.class] }),
    },
    {
      id: 'reasonCode', kind: 'choice', title: 'Reason', width: 140, sortable: true,
      value: (row) => row.reasonCode,
      showsKey: true,
      entries: (row) => reasonEntries(reasonCodes, row),
      edit: { whyFixed },
    },
    {
      id: 'owner', kind: 'choice', title: 'Owner', width: 86, sortable: true,
      value: (row) => row.owner,
      entries: () => OWNER_ENTRIES,
      proposal: (row) => (row.suggestedOwner === null || isSettled(row) ? null : OWNER_WORDS[row.suggestedOwner as Owner]),
      edit: { whyFixed },
    },
    {
      id: 'status', kind: 'badge', title: 'Status', width: 92, sortable: true,
      value: (row) => ({ tone: STATUS_TONE[row.status], text: row.changedSinceTag && row.status === 'open' ? 'Changed' : STATUS_WORDS[row.status] }),
    },
    {
      id: 'dueInstant', kind: 'date', title: 'Due', width: 92, sortable: true,
      value: (row) => row.dueInstant,
      text: (instant) => dateText(instant, timeZone),
      late: (row) => !isSettled(row) && row.dueInstant !== null && row.dueInstant < nowInstant,
      edit: { whyFixed, dayOf: (instant) => dueDateText(instant, timeZone) },
    },
    { id: 'note', kind: 'text', title: 'Note', width: 160, sortable: true, value: (row) => row.note, edit: { whyFixed, longest: 2000 } },
    { id: 'evidenceCount', kind: 'text', title: 'Evidence', tooltip: 'Attachments and notes that stand', width: 130, sortable: true, quiet: true, value: evidenceWords },
    { id: 'cause', kind: 'text', title: 'Cause', width: 140, sortable: true, quiet: true, value: (row) => (row.cause === null ? null : CAUSE_WORDS[row.cause]) },
    variance('ledgerVarianceScaled', 'ledger', 'Ledger var.', 'ERP on hand less the roll-forward, at the cut-off', 80),
    { id: 'itemName', kind: 'text', title: 'Item', width: 200, sortable: true, quiet: true, value: (row) => row.itemName },
    { id: 'tier', kind: 'text', title: 'Tier', width: 56, sortable: true, quiet: true, value: (row) => row.tier },
    { id: 'clearedBy', kind: 'text', title: 'Cleared by', width: 180, sortable: true, quiet: true, value: (row) => (row.clearedBy === null ? null : sentenceText(row.clearedBy)) },
    { id: 'nextStep', kind: 'text', title: 'Next step', width: 280, sortable: true, quiet: true, value: (row) => (row.nextStep === null ? null : sentenceText(row.nextStep)) },
  ];
}
