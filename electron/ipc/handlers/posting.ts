/** Serves posting files. */
import type { postingContract } from '@shared/contract/posting';
import { done } from '@shared/domain/outcome';
import { exportJournalFor, postingSystems } from '../../services/posting/export-for';
import type { Handlers } from '../session';

export const postingHandlers: Handlers<typeof postingContract> = {
  'journals:postingSystems': ({ workbook }) => done(postingSystems(workbook)),
  'journals:exportFor': (context, input) => exportJournalFor(context, input),
};
