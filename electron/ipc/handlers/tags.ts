/** Serves reason codes and tags. */
import type { tagsContract } from '@shared/contract/tags';
import { done } from '@shared/domain/outcome';
import { listReasonCodes } from '../../services/reason-codes';
import { changeTags, undoTags } from '../../services/tag-changes';
import type { Handlers } from '../session';

export const tagHandlers: Handlers<typeof tagsContract> = {
  'tags:reasonCodes': ({ workbook }) => done(listReasonCodes(workbook)),
  'tags:set': (context, { changes }) => changeTags(context, changes),
  'tags:undo': (context, { sequences }) => undoTags(context, sequences),
};
