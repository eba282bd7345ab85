/**
 * Saves tags, each with its audit event: the one way in which a tag is written, for one line and for a hundred thousand.
 */
import { formatInstantUtc } from '@shared/domain/instant';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import type { TagValues } from '@shared/domain/bulk-decide';
import { AuditAppender } from '../workbook/audit';
import type { SqlValue } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';
import { sameFigures } from './follow-up/tag-figures';

/** A tag as the audit trail tells it. */
export const told = ({ reason, owner, note, dueInstant }: TagValues) => ({
  reason,
  owner,
  note,
  due: dueInstant === null ? null : formatInstantUtc(dueInstant),
});
export type ToldTag = ReturnType<typeof told>;

const toldQuantity = (quantityScaled: number | null) => (quantityScaled === null ? null : formatQuantity(quantityScaled));
/** The figures a tag was given for as the audit trail tells them. */
export const toldFigures = (figures: TaggedFigures) => ({
  count: toldQuantity(figures.countScaled),
  channel: toldQuantity(figures.channelScaled),
  ledger: toldQuantity(figures.ledgerScaled),
  adjustment: toldQuantity(figures.adjustmentScaled),
});
export type ToldFigures = ReturnType<typeof toldFigures>;

const readQuantity = (text: string | null) => (text === null ? null : (parseQuantity(text) ?? null));
export const readFigures = (figures: ToldFigures): TaggedFigures => ({
  countScaled: readQuantity(figures.count),
  channelScaled: readQuantity(figures.channel),
  ledgerScaled: readQuantity(figures.ledger),
  adjustmentScaled: readQuantity(figures.adjustment),
});

export type TagAction = 'tag.set' | 'tag.undone' | 'tag.confirm';

export interface TagToSave {
  readonly stockKeyId: number;
  /** Undefined where the line was never tagged; 0 is its revision then. */
  readonly before: TagValues | undefined;
  readonly revision: number;
  /** The figures kept with the tag so far. */
  readonly givenBefore: TaggedFigures | undefined;
  readonly after: TagValues;
  /** The figures it is given for from now on; undefined where the period has no line to take them from. */
  readonly givenAfter: TaggedFigures | undefined;
  /** The import whose file sets it. */
  readonly importId?: number | undefined;
}

const UPSERT = `INSERT INTO tags (period_id, stock_key_id, reason_code, owner, note, due_instant, revision) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET reason_code = excluded.reason_code, owner = excluded.owner, note = excluded.note,
    due_instant = excluded.due_instant, revision = excluded.revision`;
const UPSERT_GIVEN = `INSERT INTO tags (period_id, stock_key_id, reason_code, owner, note, due_instant, revision,
    given_instant, given_count_scaled, given_channel_scaled, given_ledger_scaled, given_adjustment_scaled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET reason_code = excluded.reason_code, owner = excluded.owner, note = excluded.note,
    due_instant = excluded.due_instant, revision = excluded.revision, given_instant = excluded.given_instant, given_count_scaled = excluded.given_count_scaled,
    given_channel_scaled = excluded.given_channel_scaled, given_ledger_scaled = excluded.given_ledger_scaled, given_adjustment_scaled = excluded.given_adjustment_scaled`;

/** Belongs in one transaction, in which nobody else appends to the trail. Whoever saves has asked whether the line may change. */
export class TagSaver {
  readonly trail: AuditAppender;
  readonly #actor: string;
  readonly #upsert: (values: readonly SqlValue[]) => void;
  readonly #upsertGiven: (values: readonly SqlValue[]) => void;

  constructor(
    readonly context: ServiceContext,
    readonly periodId: number,
  ) {
    this.trail = new AuditAppender(context.workbook);
    this.#actor = actorText(context.actor);
    this.#upsert = context.workbook.runner(UPSERT);
    this.#upsertGiven = context.workbook.runner(UPSERT_GIVEN);
  }

  /** Writes a tag and its event; answers the event's sequence. */
  save({ stockKeyId, before, revision, givenBefore, after, givenAfter, importId }: TagToSave, action: TagAction): number {
    const atInstant = this.context.now();
    const differs = givenAfter !== undefined && (givenBefore === undefined || !sameFigures(givenAfter, givenBefore));
    const values = [this.periodId, stockKeyId, after.reason, after.owner, after.note, after.dueInstant, revision + 1];
    if (differs) this.#upsertGiven([...values, atInstant, givenAfter.countScaled, givenAfter.channelScaled, givenAfter.ledgerScaled, givenAfter.adjustmentScaled]);
    else this.#upsert(values);
    return this.trail.append({
      atInstant,
      actor: this.#actor,
      action,
      periodId: this.periodId,
      subject: `line:${stockKeyId}`,
      detail: {
        before: before ? told(before) : null, after: told(after), ...(importId !== undefined && { importId }),
        ...(differs && givenBefore !== undefined && { figures: { before: toldFigures(givenBefore), after: toldFigures(givenAfter) } }),
      },
    });
  }
}
