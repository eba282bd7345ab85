/**
 * A change of a tag read back from its audit event.
 */
import { z } from 'zod';
import type { TagValues } from '@shared/domain/bulk-decide';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import { parseInstant } from '@shared/domain/instant';
import { OWNERS } from '@shared/domain/tag';
import { readFigures } from './tag-saver';

const ToldState = z.object({
  reason: z.string().nullable(),
  owner: z.enum(OWNERS).nullable(),
  note: z.string(),
  due: z.string().nullable(),
});
const ToldQuantity = z.string().nullable();
const Figures = z.object({ count: ToldQuantity, channel: ToldQuantity, ledger: ToldQuantity, adjustment: ToldQuantity });
const TagDetail = z.object({
  before: ToldState.nullable(), after: ToldState,
  /** Where the change was for other figures than the tag before. */
  figures: z.object({ before: Figures, after: Figures }).optional(),
});

export interface ToldChange {
  /** Null: the line had no tag. */
  readonly before: TagValues | null;
  readonly after: TagValues;
  readonly figures: { readonly before: TaggedFigures; readonly after: TaggedFigures } | undefined;
}

const valuesOf = ({ reason, owner, note, due }: z.infer<typeof ToldState>): TagValues => ({ reason, owner, note, dueInstant: due === null ? null : parseInstant(due)! });

/** @param detail the canonical JSON of a `tag.set`, `tag.undone` or `tag.confirm` */
export function readToldChange(detail: string): ToldChange {
  const { before, after, figures } = TagDetail.parse(JSON.parse(detail));
  return {
    before: before && valuesOf(before),
    after: valuesOf(after),
    figures: figures && { before: readFigures(figures.before), after: readFigures(figures.after) },
  };
}
