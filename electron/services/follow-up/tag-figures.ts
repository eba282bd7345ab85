/**
 * The figures for which a tag was given: taken with the reason, held against those of the line.
 */
import type { ChangedSinceTag, TaggedFigures } from '@shared/domain/follow-up/shapes';
import type { ReadableWorkbook, WritableWorkbook } from '../../workbook/workbook';

/** The line as it stands; undefined where the period has no such line. */
export const figuresOfLine = (workbook: ReadableWorkbook, periodId: number, stockKeyId: number): TaggedFigures | undefined =>
  workbook.get<TaggedFigures>(
    `SELECT count_variance_scaled AS countScaled, channel_variance_scaled AS channelScaled, ledger_variance_scaled AS ledgerScaled,
       adjustment_scaled AS adjustmentScaled FROM lines WHERE period_id = ? AND stock_key_id = ?`,
    periodId,
    stockKeyId,
  );

/** What the tag was given for; undefined where no figures were kept. */
export function figuresOfTag(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): TaggedFigures | undefined {
  const row = workbook.get<TaggedFigures & { given: number | null }>(
    `SELECT given_instant AS given, given_count_scaled AS countScaled, given_channel_scaled AS channelScaled, given_ledger_scaled AS ledgerScaled,
       given_adjustment_scaled AS adjustmentScaled FROM tags WHERE period_id = ? AND stock_key_id = ?`,
    periodId,
    stockKeyId,
  );
  if (!row || row.given === null) return undefined;
  const { given: _given, ...figures } = row;
  return figures;
}

export const UNKNOWN_FIGURES: TaggedFigures = { countScaled: null, channelScaled: null, ledgerScaled: null, adjustmentScaled: null };

export const sameFigures = (one: TaggedFigures, other: TaggedFigures): boolean =>
  (Object.keys(UNKNOWN_FIGURES) as (keyof TaggedFigures)[]).every((key) => one[key] === other[key]);

/** Keeps the figures with the tag. */
export function keepFigures(workbook: WritableWorkbook, periodId: number, stockKeyId: number, figures: TaggedFigures, atInstant: number): void {
  workbook.run(
    `UPDATE tags SET given_instant = @at, given_count_scaled = @countScaled, given_channel_scaled = @channelScaled,
       given_ledger_scaled = @ledgerScaled, given_adjustment_scaled = @adjustmentScaled
     WHERE period_id = @period AND stock_key_id = @key`,
    { ...figures, at: atInstant, period: periodId, key: stockKeyId },
  );
}

/** Then and now of a reason that was given for other figures; null where the figures are the same or none were kept. */
export function changedSinceTag(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): ChangedSinceTag | null {
  const hasReason = workbook.get('SELECT 1 FROM tags WHERE period_id = ? AND stock_key_id = ? AND reason_code IS NOT NULL', periodId, stockKeyId) !== undefined;
  const then = hasReason ? figuresOfTag(workbook, periodId, stockKeyId) : undefined;
  const now = figuresOfLine(workbook, periodId, stockKeyId);
  return then && now && !sameFigures(then, now) ? { then, now } : null;
}
