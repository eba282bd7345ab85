/**
 * The shapes in which reconciled lines leave the workbook: a page of the grid, the header's summary, one line whole.
 *
 * Figures stay scaled integers and epoch milliseconds; whoever shows them formats them. Unknown is null, never zero.
 * The published JSON of the command line is `lines-json.ts`.
 */
import { z } from 'zod';
import { ColumnFilter } from './column-filter';
import { FollowUp, LINE_CASES } from './follow-up/shapes';
import { MOVEMENT_TYPES, SYSTEMS } from './states';
import { OWNERS, TIERS } from './terms';
import { CAUSES, VARIANCE_CLASSES, VARIANCE_KINDS, type Cause } from './variance';

export { OWNERS, TIERS, type Owner, type Tier } from './terms';

/** approved: in an approved journal; cleared: a rule let it pass; tagged: has reason and owner; open: anything else. */
export const LINE_STATUSES = ['open', 'tagged', 'approved', 'cleared'] as const;
export type LineStatus = (typeof LINE_STATUSES)[number];

const scaled = z.int();
const scaledOrUnknown = z.int().nullable();
const minorOrUnknown = z.int().nullable();
const instantOrNone = z.int().nullable();
const varianceClass = z.enum(VARIANCE_CLASSES);
const varianceKind = z.enum(VARIANCE_KINDS);
const cause = z.enum(CAUSES as [Cause, ...Cause[]]);
const owner = z.enum(OWNERS);
const system = z.enum(SYSTEMS);
const movementType = z.enum(MOVEMENT_TYPES);

/**
 * The grid's columns: one array per column, all of the same length. `owner` and `reasonCode` are what a person set;
 * `dueInstant` is the person's where there is one; `valueMinor` is null where no unit cost is known; `tagRevision` is
 * 0 where the line was never tagged and goes with every edit.
 */
export const LineColumns = z.strictObject({
  stockKeyId: z.array(z.int()),
  sku: z.array(z.string()),
  itemName: z.array(z.string()),
  location: z.array(z.string()),
  tier: z.array(z.enum(TIERS)),
  unitCostScaled: z.array(scaledOrUnknown),
  openingScaled: z.array(scaledOrUnknown),
  erpOnHandScaled: z.array(scaledOrUnknown),
  erpAtCutOffScaled: z.array(scaledOrUnknown),
  storefrontAvailableScaled: z.array(scaledOrUnknown),
  storefrontAtCutOffScaled: z.array(scaledOrUnknown),
  countedScaled: z.array(scaledOrUnknown),
  countedAtCutOffScaled: z.array(scaledOrUnknown),
  identityScaled: z.array(scaledOrUnknown),
  rollForwardScaled: z.array(scaledOrUnknown),
  countVarianceScaled: z.array(scaledOrUnknown),
  countResidualScaled: z.array(scaledOrUnknown),
  channelVarianceScaled: z.array(scaledOrUnknown),
  channelResidualScaled: z.array(scaledOrUnknown),
  ledgerVarianceScaled: z.array(scaledOrUnknown),
  ledgerResidualScaled: z.array(scaledOrUnknown),
  adjustmentScaled: z.array(scaled),
  varianceScaled: z.array(scaled),
  valueMinor: z.array(minorOrUnknown),
  class: z.array(varianceClass.nullable()),
  cause: z.array(cause.nullable()),
  status: z.array(z.enum(LINE_STATUSES)),
  reasonCode: z.array(z.string().nullable()),
  owner: z.array(owner.nullable()),
  suggestedOwner: z.array(owner.nullable()),
  dueInstant: z.array(instantOrNone),
  note: z.array(z.string()),
  clearedBy: z.array(z.string().nullable()),
  priority: z.array(z.int()),
  ageDays: z.array(z.int()),
  nextStep: z.array(z.string()),
  hasSuggestion: z.array(z.boolean()),
  tagRevision: z.array(z.int()),
  /** How many period ends the exception has been open over; null where it is none. */
  ageCloses: z.array(z.int().nullable()),
  /** The reason was given for other figures: it has to be confirmed. */
  changedSinceTag: z.array(z.boolean()),
  /** The adjustment is paused until a person has looked up what no file tells. */
  checksWaiting: z.array(z.boolean()),
  /** A second count is asked for. */
  recountAsked: z.array(z.boolean()),
  /** Attachments and notes of the line that stand, and of these the attachments. */
  evidenceCount: z.array(z.int()),
  attachmentCount: z.array(z.int()),
});
export type LineColumns = z.infer<typeof LineColumns>;
export type LineColumn = keyof LineColumns;
export const LINE_COLUMNS = Object.keys(LineColumns.shape) as readonly LineColumn[];

/** Columns the workbook sorts by; every order ends with SKU and location, so that pages never overlap. */
const NOT_SORTABLE: readonly LineColumn[] = ['stockKeyId', 'hasSuggestion', 'changedSinceTag', 'checksWaiting', 'recountAsked', 'attachmentCount'];
export const SORTABLE_LINE_COLUMNS = LINE_COLUMNS.filter((column) => !NOT_SORTABLE.includes(column));

export const LineSort = z.strictObject({
  column: z.enum(SORTABLE_LINE_COLUMNS as [LineColumn, ...LineColumn[]]),
  direction: z.enum(['asc', 'desc']),
});
export type LineSort = z.infer<typeof LineSort>;

/** All given conditions hold together; within a list any value will do. */
export const LineFilter = z.strictObject({
  /** Part of the SKU or of the item's name, letters in any case. */
  text: z.string().optional(),
  locations: z.array(z.string()).optional(),
  classes: z.array(varianceClass).optional(),
  causes: z.array(cause).optional(),
  statuses: z.array(z.enum(LINE_STATUSES)).optional(),
  /** Whoever is set, else whoever is suggested. */
  owners: z.array(owner).optional(),
  reasonCodes: z.array(z.string()).optional(),
  tiers: z.array(z.enum(TIERS)).optional(),
  /** Leaves out what a rule cleared. */
  onlyExceptions: z.boolean().optional(),
  /** Leaves out lines on which every known variance is zero. */
  onlyNonZero: z.boolean().optional(),
  /** Only lines with a pattern that waits for a person's word. */
  onlySuggested: z.boolean().optional(),
  /** What became of the line after it was explained. */
  cases: z.array(z.enum(LINE_CASES)).min(1).optional(),
  /**
   * Lines that hold units of a class, or of one cause of it: firm components and residuals, whatever their largest part
   * is. A residual is unexplained, or physical where a person has confirmed it.
   */
  holds: z.array(z.strictObject({ class: varianceClass, cause: cause.optional() })).max(32).optional(),
  /** Exactly these lines. */
  stockKeyIds: z.array(z.int()).max(1000).optional(),
  /** Age at the cut-off in days, both ends included. */
  ageDaysFrom: z.int().min(0).optional(),
  ageDaysUntil: z.int().min(0).optional(),
  /** How many closes the exception has been open over, this one counted, both ends included. */
  ageClosesFrom: z.int().min(1).optional(),
  ageClosesUntil: z.int().min(1).optional(),
  /** Only lines of which that is not known. */
  ageClosesUnknown: z.boolean().optional(),
  /** Only lines with an attachment that stands. */
  onlyAttached: z.boolean().optional(),
  /** Only lines whose residual, or whose cause as an exception, stood in the period before as well. */
  onlyRecurring: z.boolean().optional(),
  /** What single columns are asked, as in the filter row. */
  columns: ColumnFilter.optional(),
});
export type LineFilter = z.infer<typeof LineFilter>;

/** What a person has to look at, the most urgent first: what the window shows until somebody asks for another view. */
export const OPEN_LINES: { readonly filter: LineFilter; readonly sort: readonly LineSort[] } = { filter: { statuses: ['open'] }, sort: [{ column: 'priority', direction: 'desc' }] };

/** By what lines can be put into groups: columns whose values are few. */
export const LINE_GROUPINGS = ['owner', 'class', 'location', 'reasonCode', 'status'] as const;
export type LineGrouping = (typeof LINE_GROUPINGS)[number];

export const LinesQuery = z.strictObject({
  periodId: z.int(),
  offset: z.int().min(0),
  limit: z.int().min(1).max(5000),
  sort: z.array(LineSort).max(4),
  filter: LineFilter,
  /** Groups stand one after the other in the order of `lines:groups`; the sort is within them. */
  groupBy: z.enum(LINE_GROUPINGS).optional(),
});
export type LinesQuery = z.infer<typeof LinesQuery>;

export const LinesPage = z.strictObject({
  /** How many lines the filter lets through. */
  total: z.int(),
  offset: z.int(),
  columns: LineColumns,
});
export type LinesPage = z.infer<typeof LinesPage>;

const tally = z.strictObject({ lines: z.int(), unitsScaled: scaled, valueMinor: z.int() });

/** The header strip. Units and values are sums of absolute figures, values rounded once each. */
export const LinesSummary = z.strictObject({
  periodId: z.int(),
  currency: z.string(),
  reconciledInstant: instantOrNone,
  ruleVersion: z.string().nullable(),
  /** Something was imported after the last reconciliation: the lines no longer stand for all the rows. */
  isStale: z.boolean(),
  lines: z.int(),
  linesWithVariance: z.int(),
  /** Lines that no rule cleared. */
  exceptions: z.int(),
  byStatus: z.strictObject({ open: tally, tagged: tally, approved: tally, cleared: tally }),
  /**
   * Firm components by class, residuals as `unexplained` unless a person has confirmed them by a reason of class physical: units
   * and value add up to `variance`. `lines` counts the lines
   * whose dominant class it is.
   */
  byClass: z.strictObject({ timing: tally, alignment: tally, physical: tally, unexplained: tally }),
  variance: z.strictObject({ unitsScaled: scaled, valueMinor: z.int() }),
  explained: z.strictObject({
    unitsScaled: scaled,
    valueMinor: z.int(),
    /** Hundredths of a percent: 9740 is 97.40 %; null where there is no variance at all. Rounded down. */
    unitsShareHundredths: z.int().nullable(),
    valueShareHundredths: z.int().nullable(),
  }),
  /** Open lines at unit cost, absolute. */
  valueAtStakeMinor: z.int(),
  unexplainedLines: z.int(),
  suggestedLines: z.int(),
  /** Lines whose value is unknown because no unit cost is. */
  linesWithoutCost: z.int(),
  quarantinedRows: z.int(),
});
export type LinesSummary = z.infer<typeof LinesSummary>;

/** Where a figure comes from: a row of an imported file, counted from 1 with the header as it stands. */
export const Evidence = z.strictObject({ importId: z.int(), file: z.string(), row: z.int() });
export type Evidence = z.infer<typeof Evidence>;

/** One posting that carries a position to the cut-off; `effectScaled` is what it adds to the position. */
export const RollStep = z.strictObject({
  system,
  type: movementType,
  document: z.string(),
  line: z.string(),
  occurredInstant: z.int(),
  postedInstant: z.int(),
  effectScaled: scaled,
  evidence: Evidence,
});
export type RollStep = z.infer<typeof RollStep>;

export const PositionDetail = z.strictObject({
  source: z.enum([...SYSTEMS, 'count']),
  state: z.enum(['on_hand', 'available', 'counted']),
  quantityScaled: scaledOrUnknown,
  asOfInstant: instantOrNone,
  atCutOffScaled: scaledOrUnknown,
  rolls: z.array(RollStep),
  evidence: z.array(Evidence),
});
export type PositionDetail = z.infer<typeof PositionDetail>;

export const IdentityTerm = z.strictObject({
  state: z.enum(['on_hand', 'committed', 'reserved', 'damaged', 'quarantined', 'unavailable']),
  sign: z.union([z.literal(1), z.literal(-1)]),
  /** At the cut-off. */
  quantityScaled: scaledOrUnknown,
  /** Which system the figure is from; null where no system knows it. */
  system: system.nullable(),
  /** Which system the source-of-truth rule names. */
  ruledSystem: system,
  /** Nobody knows it, and it was taken as none. */
  isAssumedNone: z.boolean(),
});
export type IdentityTerm = z.infer<typeof IdentityTerm>;

export const ROLL_FORWARD_COLUMNS = [
  'opening',
  'receipts',
  'shipments',
  'returns',
  'transfers',
  'assembly',
  'adjustments',
  'expected',
  'reported',
  'difference',
] as const;
export type RollForwardColumn = (typeof ROLL_FORWARD_COLUMNS)[number];

export const ComponentDetail = z.strictObject({
  class: varianceClass,
  cause,
  quantityScaled: scaled,
  amountMinor: minorOrUnknown,
  /** A pattern on the residual: the residual still holds the quantity until a person accepts it. */
  suggested: z.boolean(),
  rule: z.string(),
  sentence: z.string(),
  documents: z.array(z.string()),
  evidence: z.array(Evidence),
  twin: z.strictObject({ stockKeyId: z.int(), sku: z.string(), location: z.string() }).nullable(),
});
export type ComponentDetail = z.infer<typeof ComponentDetail>;

/** One variance from the book's figure to the other's, read as a bridge: `fromScaled` + variance = `toScaled`. */
export const VarianceDetail = z.strictObject({
  kind: varianceKind,
  fromLabel: z.string(),
  fromScaled: scaled,
  toLabel: z.string(),
  toScaled: scaled,
  quantityScaled: scaled,
  amountMinor: minorOrUnknown,
  components: z.array(ComponentDetail),
  residualScaled: scaled,
  residualMinor: minorOrUnknown,
  residualSentence: z.string(),
});
export type VarianceDetail = z.infer<typeof VarianceDetail>;

export const TimelineEntry = z.strictObject({
  /** A posting by a system, a figure a system gave, or a count. */
  what: z.enum(['posting', 'position', 'count']),
  lane: z.enum([...SYSTEMS, 'count']),
  type: movementType.nullable(),
  document: z.string(),
  line: z.string(),
  quantityScaled: scaledOrUnknown,
  occurredInstant: z.int(),
  postedInstant: z.int(),
  isAfterCutOff: z.boolean(),
  /** The SKU and location of another line whose posting a component names; empty for this line's own. */
  elsewhere: z.string(),
  reference: z.string(),
  reason: z.string(),
  evidence: Evidence,
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const CountRow = z.strictObject({
  sheet: z.string(),
  line: z.string(),
  bin: z.string(),
  countNo: z.int(),
  /** Null: not counted. */
  countedScaled: scaledOrUnknown,
  countedInstant: z.int(),
  countedBy: z.string(),
  note: z.string(),
  /** Part of the counted figure; a row of an earlier count or an uncounted row is not. */
  isUsed: z.boolean(),
  evidence: Evidence,
});
export type CountRow = z.infer<typeof CountRow>;

export const TagDetail = z.strictObject({
  reasonCode: z.string().nullable(),
  owner: owner.nullable(),
  note: z.string(),
  dueInstant: instantOrNone,
  revision: z.int(),
  approvedJournalId: z.int().nullable(),
});
export type TagDetail = z.infer<typeof TagDetail>;

export const LineHistoryEntry = z.strictObject({
  sequence: z.int(),
  atInstant: z.int(),
  actor: z.string(),
  action: z.string(),
  /** The event's canonical JSON: before, after, why. */
  detail: z.string(),
});
export type LineHistoryEntry = z.infer<typeof LineHistoryEntry>;

/** Which system's figure was used for each state, as it was stamped on the line. */
export const LineTruth = z.strictObject({
  onHand: system, committed: system, reserved: system, damaged: system, quarantined: system, unitCost: system,
});
export type LineTruth = z.infer<typeof LineTruth>;

export const LineDetail = z.strictObject({
  periodId: z.int(),
  periodCode: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  startInstant: z.int(),
  cutOffInstant: z.int(),
  windowHours: z.int(),
  reconciledInstant: instantOrNone,
  ruleVersion: z.string(),
  /** The version of the rules in force; null on lines that an earlier version of the program wrote, as is `truth`. */
  ruleSet: z.strictObject({ ruleSetId: z.int(), madeBy: z.string(), madeInstant: z.int(), why: z.string() }).nullable(),
  truth: LineTruth.nullable(),
  /** Something was imported after the reconciliation: rolls and timeline may tell more than the components. */
  isStale: z.boolean(),

  stockKeyId: z.int(),
  sku: z.string(),
  itemName: z.string(),
  uom: z.string(),
  packSizeScaled: scaledOrUnknown,
  location: z.string(),
  locationName: z.string(),
  tier: z.enum(TIERS),
  unitCostScaled: scaledOrUnknown,

  status: z.enum(LINE_STATUSES),
  class: varianceClass.nullable(),
  cause: cause.nullable(),
  clearedBy: z.string().nullable(),
  suggestedOwner: owner.nullable(),
  /** The route that sent the line, or which default did; null where a rule cleared it. */
  routedBy: z.string().nullable(),
  nextStep: z.string(),
  dueInstant: instantOrNone,
  ageDays: z.int(),
  priority: z.int(),
  adjustmentScaled: scaled,
  varianceScaled: scaled,
  valueMinor: minorOrUnknown,

  positions: z.array(PositionDetail),
  identity: z.strictObject({ quantityScaled: scaledOrUnknown, terms: z.array(IdentityTerm), sentence: z.string() }),
  rollForward: z.array(z.strictObject({ column: z.enum(ROLL_FORWARD_COLUMNS), quantityScaled: scaledOrUnknown })),
  variances: z.array(VarianceDetail),
  timeline: z.array(TimelineEntry),
  counts: z.array(CountRow),
  tag: TagDetail.nullable(),
  followUp: FollowUp,
  history: z.array(LineHistoryEntry),
});
export type LineDetail = z.infer<typeof LineDetail>;
