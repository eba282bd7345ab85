/**
 * The published JSON of `tieout lines --json` and `tieout explain --json`: an interface other programs read.
 *
 * Quantities and amounts are decimal strings, instants ISO 8601 with the workbook's offset, days `YYYY-MM-DD`. A figure
 * that is unknown is null or left out with its position; a variance that is unknown does not appear. Keys may be added,
 * never renamed.
 */
import { z } from 'zod';
import { CHECK_SUBJECTS } from './follow-up/shapes';
import { LINE_STATUSES } from './lines';
import { MEDIA_TYPES } from './media-type';
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

const FiguresJson = z.object({ count: decimalOrUnknown, channel: decimalOrUnknown, ledger: decimalOrUnknown, adjustment: decimalOrUnknown });
/** What became of the line after it was explained. */
export const FollowUpJson = z.object({
  /** The reason was given for other figures; it counts once it is confirmed. */
  changedSinceTag: z.object({ then: FiguresJson, now: FiguresJson.nullable() }).nullable(),
  /** How many period ends the exception has been open over; null where it is none. */
  ageCloses: z.int().nullable(),
  /** Why a second count is asked for; null where none is. */
  recountAsked: z.string().nullable(),
  /** Null where no adjustment is over tolerance. */
  checks: z
    .object({
      waiting: z.boolean(),
      findings: z.array(
        z.object({
          subject: z.enum(CHECK_SUBJECTS), answered: z.boolean(), units: decimalOrUnknown, sentence: z.string(),
          documents: z.array(z.object({ document: z.string(), units: decimal })),
        }),
      ),
      byPerson: z.object({ note: z.string(), at: instant, by: z.string(), stale: z.boolean() }).nullable(),
    })
    .nullable(),
  countConflicts: z.array(
    z.object({ bin: z.string(), countNo: z.int(), counts: z.array(z.object({ sheet: z.string(), line: z.string(), countedBy: z.string(), counted: decimal })) }),
  ),
  /** What came in after the count's file and happened before the count. */
  late: z
    .object({
      checkpointAt: instant,
      explains: decimal,
      postings: z.array(
        z.object({
          system: z.enum(SYSTEMS), type: z.enum(MOVEMENT_TYPES), document: z.string(), quantity: decimal, onHand: decimal,
          occurredAt: instant, postedAt: instant, importedAt: instant, evidence: EvidenceJson,
        }),
      ),
    })
    .nullable(),
  /** Whether each system's own figures add up. */
  identityChecks: z.array(
    z.object({ system: z.enum(SYSTEMS), state: z.enum(['holds', 'differs', 'unknown']), difference: decimalOrUnknown, sentence: z.string() }),
  ),
  /** States of which systems give other figures, and whose counts. */
  disagreements: z.array(
    z.object({ state: z.string(), figures: z.array(z.object({ system: z.enum(SYSTEMS), quantity: decimal })), winner: z.enum(SYSTEMS), ruled: z.enum(SYSTEMS) }),
  ),
});
export type FollowUpJson = z.infer<typeof FollowUpJson>;
const system = z.enum(SYSTEMS);
export const TruthJson = z.object({ onHand: system, committed: system, reserved: system, damaged: system, quarantined: system, unitCost: system });

export const LineInPeriodJson = z.object({
  period: z.string(),
  locked: z.boolean(),
  variances: z.array(z.object({ kind: z.enum(VARIANCE_KINDS), quantity: decimal, residual: decimal })),
  class: z.enum(VARIANCE_CLASSES).nullable(),
  cause: z.enum(CAUSES as [Cause, ...Cause[]]).nullable(),
  status: z.enum(LINE_STATUSES),
  clearedBy: z.string().nullable(),
  reason: z.string().nullable(),
  owner: z.enum(OWNERS).nullable(),
  /** What approved journals booked for the line; null where none did. */
  booked: decimalOrUnknown,
  /** The residual of a kind is the same as in the period before, or both are exceptions of the same cause. */
  recurs: z.boolean(),
});

const WithdrawnJson = z.object({ at: instant, by: z.string(), why: z.string() }).nullable();
export const NoteJson = z.object({ number: z.int(), author: z.string(), at: instant, text: z.string(), withdrawn: WithdrawnJson });
export type NoteJson = z.infer<typeof NoteJson>;
export const AttachmentJson = z.object({
  number: z.int(),
  fileName: z.string(),
  mediaType: z.enum(MEDIA_TYPES),
  byteLength: z.int(),
  sha256: z.string(),
  addedBy: z.string(),
  addedAt: instant,
  said: z.string(),
  withdrawn: WithdrawnJson,
});
export type AttachmentJson = z.infer<typeof AttachmentJson>;

export const LineJson = z.object({
  sku: z.string(),
  location: z.string(),
  name: z.string(),
  tier: z.enum(TIERS),
  unitCost: decimalOrUnknown,
  /** As the line's location closes the period. */
  cutOff: instant,
  windowHours: z.int(),
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
  followUp: FollowUpJson,
  /** Which system's figure was used for each state; null on lines of an earlier version of the program. */
  truth: TruthJson.nullable().optional(),
  /** Notes and attachments with author and time, oldest first; only with `explain`. */
  notes: z.array(NoteJson).optional(),
  attachments: z.array(AttachmentJson).optional(),
  /** Only with `explain`. */
  timeline: z.array(TimelineJson).optional(),
  /** The same line in this and the periods before, oldest first; only with `explain`. */
  periods: z.array(LineInPeriodJson).optional(),
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
