/**
 * What a bulk change does to one line: pure, and asked by the statement and by whoever carries it out alike.
 */
import { type BulkChange, type BulkRefusal, NOTE_LONGEST } from './bulk';
import type { LineStatus } from './lines';
import { formatAmount } from './money';
import type { Owner } from './terms';
import type { VarianceClass } from './variance';

/** What a person has said of a line. */
export interface TagValues {
  readonly reason: string | null;
  readonly owner: Owner | null;
  readonly note: string;
  readonly dueInstant: number | null;
}

export const UNTAGGED: TagValues = { reason: null, owner: null, note: '', dueInstant: null };

/** The audit trail tells a due date to the second, so no more than that can differ. */
const second = (instant: number | null) => (instant === null ? null : Math.floor(instant / 1000));

export const sameTag = (one: TagValues, other: TagValues): boolean =>
  one.reason === other.reason && one.owner === other.owner && one.note === other.note && second(one.dueInstant) === second(other.dueInstant);

/** What has to be known of a line to decide. */
export interface BulkLine {
  readonly status: LineStatus;
  readonly class: VarianceClass | null;
  /** The rule that let it pass. */
  readonly clearedBy: string | null;
  readonly suggestedOwner: Owner | null;
  /** The largest variance at unit cost; null where no cost is known. */
  readonly valueMinor: number | null;
  readonly adjustmentScaled: number;
  readonly tag: TagValues;
  /** The reason was given for other figures than those that stand. */
  readonly isChangedSince: boolean;
  /** The journal that waits for its approver with this line. */
  readonly preparedIn: string | null;
  /** Over tolerance, with an adjustment, and neither a file nor a person tells of open orders, reservations and returns. */
  readonly isUnchecked: boolean;
}

export interface BulkSetting {
  readonly change: BulkChange;
  readonly currency: string;
  readonly materialityMinor: number;
  /** Reason codes with their own owner and whether they book anything. */
  readonly reasons: ReadonlyMap<string, { readonly defaultOwner: Owner; readonly posts: boolean }>;
}

export type BulkDecision =
  | { readonly kind: 'refused'; readonly why: BulkRefusal; readonly detail: string }
  | { readonly kind: 'same' }
  | {
      readonly kind: 'changes';
      readonly after: TagValues;
      /** The reason is given for the figures that stand now. */
      readonly isGivenAnew: boolean;
    };

const refused = (why: BulkRefusal, detail: string): BulkDecision => ({ kind: 'refused', why, detail });

function noteAfter(note: string, asked: BulkChange['note']): string {
  if (asked === undefined) return note;
  if (asked.how === 'set' || note === '') return asked.text;
  if (asked.text === '') return note;
  // The same words twice say nothing more.
  return note === asked.text || note.endsWith(`\n${asked.text}`) ? note : `${note}\n${asked.text}`;
}

/** A line that gets its reason and that nobody owns takes the owner proposed for it, else the reason's own; an owner that is set stays. */
function tagAfter({ tag, suggestedOwner }: BulkLine, { change, reasons }: BulkSetting): TagValues {
  const reason = change.reason === undefined ? tag.reason : change.reason;
  let owner = change.owner === undefined ? tag.owner : change.owner;
  const takesOwner = owner === null && change.owner === undefined && reason !== null && (change.reason != null || change.clear === true);
  if (takesOwner) owner = suggestedOwner ?? reasons.get(reason)?.defaultOwner ?? null;
  return { reason, owner, note: noteAfter(tag.note, change.note), dueInstant: change.dueInstant === undefined ? tag.dueInstant : change.dueInstant };
}

/** Why a person may not clear the line; undefined where they may. */
function whyNotCleared(line: BulkLine, { reason, owner }: TagValues, { reasons, currency, materialityMinor }: BulkSetting): BulkDecision | undefined {
  if (line.clearedBy !== null) return refused('cleared_by_rule', line.clearedBy);
  if (reason === null || owner === null) return refused('reason_missing', reason === null ? 'no reason' : 'no owner');
  if (reasons.get(reason)?.posts !== false) return refused('reason_posts', reason);
  if (line.valueMinor === null) return refused('value_unknown', 'no unit cost');
  if (Math.abs(line.valueMinor) > materialityMinor) return refused('over_materiality', `${formatAmount(Math.abs(line.valueMinor), currency)} ${currency}`);
  if (line.isUnchecked) return refused('checks_missing', 'orders, reservations, returns');
  return undefined;
}

/** Decides for one line. What depends on all of them, the limit of what may be left unbooked, is the statement's. */
export function decideBulk(line: BulkLine, setting: BulkSetting): BulkDecision {
  const { tag } = line;
  const after = tagAfter(line, setting);
  const isClear = setting.change.clear === true;
  const isGivenAnew = after.reason !== tag.reason || (isClear && line.isChangedSince);
  if (line.status === 'approved') return sameTag(tag, after) ? { kind: 'same' } : refused('line_approved', 'approved');
  if (line.preparedIn !== null && (after.reason !== tag.reason || after.owner !== tag.owner)) return refused('line_prepared', line.preparedIn);
  const whyNot = isClear ? whyNotCleared(line, after, setting) : undefined;
  if (whyNot) return whyNot;
  if (after.note.length > NOTE_LONGEST) return refused('note_too_long', `${after.note.length} characters`);
  return sameTag(tag, after) && !isGivenAnew ? { kind: 'same' } : { kind: 'changes', after, isGivenAnew };
}

/** How the line stands once it has this tag. */
export function statusAfter(line: BulkLine, after: TagValues, isGivenAnew: boolean): LineStatus {
  if (line.status === 'approved' || line.status === 'cleared') return line.status;
  return after.reason !== null && after.owner !== null && (isGivenAnew || !line.isChangedSince) ? 'tagged' : 'open';
}
