/**
 * The lines that a person looks at, which are few among many: an index of those alone, with what filters, statuses and sums read of
 * them. What it leaves out was let pass by a rule and has no variance. DECISIONS.md, section 56.
 */
export const migration0014 = {
  version: 14,
  name: '0014-lines-to-see',
  sql: /* sql */ `
CREATE INDEX lines_to_see ON lines (
  period_id, priority, cleared_by, class, cause,
  count_variance_scaled, channel_variance_scaled, ledger_variance_scaled,
  count_residual_scaled, channel_residual_scaled, ledger_residual_scaled,
  adjustment_scaled, variance_scaled, variance_minor, unit_cost_scaled, suggested_owner
) WHERE cleared_by IS NULL OR class IS NOT NULL OR variance_scaled <> 0;
`,
} as const;
