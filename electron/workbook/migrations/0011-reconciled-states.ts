/**
 * What the reconciliation finds of every state at the cut-off, kept on the line: reports read it and never the snapshots.
 *
 * NULL is unknown, and stands on all lines that an earlier version wrote.
 */
const COLUMNS = [
  // The figure of the system that the source-of-truth rule names, at the cut-off.
  'on_hand_scaled', 'committed_scaled', 'reserved_scaled', 'damaged_scaled', 'quarantined_scaled',
  // Reserved, damaged and quarantined in one, where nobody tells them apart.
  'unavailable_scaled',
  // As the system stated them at its own instant: no posting carries them.
  'in_transit_scaled', 'incoming_scaled',
  // What each system says itself, at the cut-off, beside the two figures that the line has already.
  'erp_available_at_cut_off_scaled', 'storefront_on_hand_at_cut_off_scaled',
  'warehouse_on_hand_at_cut_off_scaled', 'warehouse_available_at_cut_off_scaled',
];

export const migration0011 = {
  version: 11,
  name: '0011-reconciled-states',
  sql: COLUMNS.map((column) => `ALTER TABLE lines ADD COLUMN ${column} INTEGER;`).join('\n'),
} as const;
