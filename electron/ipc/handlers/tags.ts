/** Serves reason codes and tags. */
import type { tagsContract } from '@shared/contract/tags';
import { done } from '@shared/domain/outcome';
import { applyBulk } from '../../services/bulk/apply';
import { bulkStatement } from '../../services/bulk/statement';
import { undoBulk } from '../../services/bulk/undo';
import { listReasonCodes } from '../../services/reason-codes';
import { changeTags, undoTags } from '../../services/tag-changes';
import type { Handlers } from '../session';

export const tagHandlers: Handlers<typeof tagsContract> = {
  'tags:reasonCodes': ({ workbook }) => done(listReasonCodes(workbook)),
  'tags:set': (context, { changes }) => changeTags(context, changes),
  'tags:undo': (context, { sequences }) => undoTags(context, sequences),
  'tags:planBulk': (context, request) => bulkStatement(context, request),
  'tags:applyBulk': (context, request) => applyBulk(context, request),
  'tags:undoBulk': (context, { sequence }) => undoBulk(context, sequence),
};
