/**
 * Closed lists of the field's words that every layer shares: who owns an exception, how risky an item is, who a person is.
 * They are the same in SQL, in code and on the screen.
 */

/** Who has to act on a line. */
export const OWNERS = ['warehouse', 'operations', 'finance'] as const;
export type Owner = (typeof OWNERS)[number];

/** Risk tier of an item: how little may differ before a person looks. */
export const TIERS = ['A', 'B', 'C'] as const;
export type Tier = (typeof TIERS)[number];

/** What a person does in the close. */
export const ROLES = ['controller', 'accountant', 'warehouse', 'operations', 'auditor'] as const;
export type Role = (typeof ROLES)[number];
