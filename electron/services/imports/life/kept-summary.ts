/**
 * What only the moment of an import knows, as kept with it: for its evidence sheet and for undoing it.
 */
import { z } from 'zod';
import { Rehearsal } from '@shared/domain/import';
import { DifferenceCounts, DifferenceTotal } from '@shared/domain/import-difference';
import type { ImportRow } from '../../../workbook/tables/imports';
import type { Identities } from '../identity';

const Shown = Rehearsal.pick({
  columnsUsed: true, columnsIgnored: true, effect: true, systems: true, statesHeld: true, statesUnknown: true, locationCode: true,
  asOfInstant: true, delimiter: true, duplicates: true, changedItems: true, changedTags: true, ignoredByReason: true, totals: true,
  controlTotals: true,
});

export const KeptSummary = z.strictObject({
  ...Shown.shape,
  why: z.string(),
  byteLength: z.int(),
  /** Codes of what did not exist before it, and the names under which its source spoke of what did. */
  created: z.strictObject({
    items: z.array(z.string()),
    locations: z.array(z.string()),
    itemAliases: z.array(z.string()),
    locationAliases: z.array(z.string()),
  }),
  difference: z.strictObject({ counts: DifferenceCounts, totals: z.array(DifferenceTotal) }).nullable(),
});
export type KeptSummary = z.infer<typeof KeptSummary>;

/** The kept summary; undefined for an import from before one was kept. */
export const parseKeptSummary = (row: Pick<ImportRow, 'summary'>): KeptSummary | undefined =>
  row.summary === null ? undefined : KeptSummary.parse(JSON.parse(row.summary));

/** What is kept of an import that was just written. */
export function summaryText(effect: Omit<Rehearsal, 'token'>, identities: Identities): string {
  const shown = Object.fromEntries(Object.keys(Shown.shape).map((field) => [field, effect[field as keyof typeof effect]])) as z.infer<typeof Shown>;
  const summary: KeptSummary = {
    ...shown,
    why: effect.profile.why,
    byteLength: effect.byteLength,
    created: {
      items: identities.newItems,
      locations: identities.newLocations,
      itemAliases: identities.newItemAliases,
      locationAliases: identities.newLocationAliases,
    },
    difference: effect.difference && { counts: effect.difference.counts, totals: effect.difference.totals },
  };
  return JSON.stringify(summary);
}
