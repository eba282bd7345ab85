/**
 * NetSuite, CSV import of inventory adjustments: the units behind the journal, so that NetSuite's own stock books move too.
 *
 * `Adjust Qty. By` is the signed difference. NetSuite values it by its own costing and books both sides itself: account and
 * location belong to the head of an adjustment, so there is one for each pair of them. An estimated cost is taken for what
 * is added only. Source: Oracle's help on importing inventory adjustments.
 */
import { formatUnitCost } from '../money';
import { formatQuantity } from '../quantity';
import { dayCell, noteCell } from './cells';
import { NETSUITE_LINES_MAX, NETSUITE_SETTINGS, netsuiteAccount } from './netsuite-journal';
import type { PostingSystem } from './shapes';

export const netsuiteAdjustment: PostingSystem = {
  id: 'netsuite-adjustment',
  name: 'NetSuite inventory adjustment',
  source: 'netsuite',
  books: 'stock',
  linesMax: NETSUITE_LINES_MAX,
  numberCharactersMax: 45,
  placesMax: 4,
  encoding: 'UTF-8',
  quotes: 'where needed',
  settings: NETSUITE_SETTINGS,
  advice:
    'Import it under Transactions, Inventory Adjustment, and choose UTF-8. NetSuite values the units by its own cost, which may part from the journal; import either this or the journal entry, never both.',
  columns: [
    { header: 'Inventory Adjustment : External ID', holds: 'key', value: ({ number }) => number },
    { header: 'Inventory Adjustment : Reference', holds: 'key', value: ({ number }) => number },
    { header: 'Inventory Adjustment : Subsidiary', holds: 'key', value: ({ settings }) => settings['subsidiary'] ?? '' },
    { header: 'Inventory Adjustment : Adjustment Account', holds: 'key', isNeeded: true, value: ({ line, settings }) => netsuiteAccount(line, settings) },
    { header: 'Inventory Adjustment : Adjustment Location', holds: 'key', isNeeded: true, value: ({ line }) => line.location },
    { header: 'Inventory Adjustment : Memo', holds: 'free', charactersMax: 999, value: (row) => noteCell(row, row.journal.title) },
    { header: 'Inventory Adjustment : Date (Req)', holds: 'figure', value: dayCell },
    { header: 'Inventory Adjustment Adjustments : Line', holds: 'figure', value: ({ lineInEntry }) => String(lineInEntry) },
    { header: 'Inventory Adjustment Adjustments : Adjust Qty. By (Req)', holds: 'figure', value: ({ line }) => formatQuantity(line.quantityScaled) },
    { header: 'Inventory Adjustment Adjustments : Item', holds: 'key', isNeeded: true, value: ({ line }) => line.item },
    {
      header: 'Inventory Adjustment Adjustments : Est. Unit Cost', holds: 'figure',
      value: ({ line }) => (line.quantityScaled > 0 ? formatUnitCost(line.unitCostScaled) : ''),
    },
    { header: 'Inventory Adjustment Adjustments : Memo', holds: 'free', charactersMax: 999, value: (row) => noteCell(row, row.line.reason) },
  ],
};
