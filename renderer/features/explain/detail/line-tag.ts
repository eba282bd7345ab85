/**
 * A line's tag as it stands, and the reason code that fits a cause.
 */
import type { ReasonCode } from '@shared/contract/tags';
import type { LineDetail } from '@shared/domain/lines';
import type { ChangeableLine } from '../change-words';

export const changeableOf = (line: LineDetail): ChangeableLine => ({
  stockKeyId: line.stockKeyId,
  sku: line.sku,
  location: line.location,
  owner: line.tag?.owner ?? null,
  suggestedOwner: line.suggestedOwner,
  tagRevision: line.tag?.revision ?? 0,
});

/** The first code that names the cause; undefined where none does. */
export const reasonForCause = (codes: readonly ReasonCode[], cause: string | null): ReasonCode | undefined =>
  cause === null ? undefined : codes.find((code) => code.causes.includes(cause));
