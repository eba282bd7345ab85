/**
 * The published JSON of `tieout lines --json` and `tieout explain --json`: an interface other programs read.
 *
 * Quantities and amounts are decimal strings, instants ISO 8601 with the workbook's offset, days `YYYY-MM-DD`. A figure
 * that is unknown is null or left out with its position; a variance that is unknown does not appear. Keys may be added,
 * never renamed.
 */
import { z } from 'zod';
import { LINE_STATUSES } from './lines';
import { MOVEMENT_TYPES, SYSTEMS } from './states';
import { OWNERS, TIERS } from './terms';
import { CAUSES, VARIANCE_CLASSES, VARIANCE_KINDS, type Cause } from './variance';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const decimalOrUnknown = decimal.nullable();
const instant = z.iso.datetime({ offset: true });
const instantOrNone = instant.nullable();

export const EvidenceJson = z.object({ file: z.string(), row: z.int() });

export const RollJson = z.object({
  system: z.enum(SYSTEMS),
  type: z.enum(MOVEMENT_TYPES),
  document: z.string(),
  quantity: decimal,
  occurredAt: instant,
  postedAt: instant,
  evidence: EvidenceJson,
});

const rolled = { atCutOff: decimalOrUnknown, rolls: z.array(RollJson), evidence: z.array(EvidenceJson) };

export const PositionsJson = z.object({
  erp: z.object({ onHand: decimalOrUnknown, asOf: instantOrNone, ...rolled }).optional(),
  storefront: z.object({ available: decimalOrUnknown, asOf: instantOrNone, ...rolled }).optional(),
  warehouse: z.object({ onHand: decimalOrUnknown, asOf: instantOrNone, ...rolled }).optional(),
  count: z.object({ counted: decimalOrUnknown, countedAt: instantOrNone, ...rolled }).optional(),
});

export const ComponentJson = z.object({
  class: z.enum(VARIANCE_CLASSES),
  cause: z.enum(CAUSES as [Cause, ...Cause[]]),
  quantity: decimal,
  amount: decimalOrUnknown,
  suggested: z.boolean(),
  rule: z.string(),
  sentence: z.string(),
  documents: z.array(z.string()),
  evidence: z.array(EvidenceJson),
  twin: z.object({ sku: z.string(), location: z.string() }).nullable(),
});
export type ComponentJson = z.infer<typeof ComponentJson>;

export const VarianceJson = z.object({
  kind: z.enum(VARIANCE_KINDS),
  quantity: decimal,
  /** At unit cost; null where no unit cost is known. */
  amount: decimalOrUnknown,
  currency: z.string(),
  components: z.array(ComponentJson),
  residual: decimal,
  residualSentence: z.string(),
});
export type VarianceJson = z.infer<typeof VarianceJson>;

export const IdentityJson = z.object({
  available: decimalOrUnknown,
  terms: z.array(
    z.object({
      state: z.string(),
      quantity: decimalOrUnknown,
      system: z.enum(SYSTEMS).nullable(),
      assumedNone: z.boolean(),
    }),
  ),
});

export const TimelineJson = z.object({
  what: z.enum(['posting', 'position', 'count']),
  lane: z.enum([...SYSTEMS, 'count']),
  type: z.enum(MOVEMENT_TYPES).nullable(),
  document: z.string(),
  quantity: decimalOrUnknown,
  occurredAt: instant,
  postedAt: instant,
  afterCutOff: z.boolean(),
  elsewhere: z.string(),
  evidence: EvidenceJson,
});

export const LineJson = z.object({
  sku: z.string(),
  location: z.string(),
  name: z.string(),
  tier: z.enum(TIERS),
  unitCost: decimalOrUnknown,
  positions: PositionsJson,
  identity: IdentityJson,
  variances: z.array(VarianceJson),
  class: z.enum(VARIANCE_CLASSES).nullable(),
  cause: z.enum(CAUSES as [Cause, ...Cause[]]).nullable(),
  status: z.enum(LINE_STATUSES),
  clearedBy: z.string().nullable(),
  reason: z.string().nullable(),
  owner: z.enum(OWNERS).nullable(),
  /** The route that sent the line to its owner, or which default did; null where a rule cleared it. */
  routedBy: z.string().nullable(),
  note: z.string(),
  due: z.iso.date().nullable(),
  ageDays: z.int(),
  priority: z.int(),
  nextStep: z.string(),
  /** Only with `explain`. */
  timeline: z.array(TimelineJson).optional(),
});
export type LineJson = z.infer<typeof LineJson>;

export const LinesJson = z.object({
  period: z.string(),
  ruleVersion: z.string().nullable(),
  currency: z.string(),
  timeZone: z.string(),
  cutOff: instant,
  windowHours: z.int(),
  lines: z.array(LineJson),
});
export type LinesJson = z.infer<typeof LinesJson>;
