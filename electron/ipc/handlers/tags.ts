/** Serves reason codes and tags. */
import type { TagsResult, tagsContract } from '@shared/contract/tags';
import { done, type Outcome } from '@shared/domain/outcome';
import type { Tag } from '@shared/domain/tag';
import { chainHead } from '../../services/audit-trail';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { listReasonCodes } from '../../services/reason-codes';
import { undoTags } from '../../services/tag-undo';
import { setTags } from '../../services/tags';
import type { Handlers } from '../session';

/** Adds the events that a change appended, newest first: what `tags:undo` takes. */
function withSequences<F extends string>(workbook: ReadableWorkbook, change: () => Outcome<readonly Tag[], F>): Outcome<TagsResult, F> {
  const before = chainHead(workbook).sequence;
  const outcome = change();
  if (!outcome.ok) return outcome;
  const appended = chainHead(workbook).sequence - before;
  return done({ tags: [...outcome.value], sequences: Array.from({ length: appended }, (_none, index) => before + appended - index) });
}

export const tagHandlers: Handlers<typeof tagsContract> = {
  'tags:reasonCodes': ({ workbook }) => done(listReasonCodes(workbook)),
  'tags:set': (context, { changes }) => withSequences(context.workbook, () => setTags(context, changes)),
  'tags:undo': (context, { sequences }) => withSequences(context.workbook, () => undoTags(context, sequences)),
};
