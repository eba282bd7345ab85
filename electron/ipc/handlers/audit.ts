/** Serves the audit trail. */
import type { auditContract } from '@shared/contract/audit';
import { done } from '@shared/domain/outcome';
import { auditChoices, auditPage, placeOfEvent, saveTrail } from '../../services/audit-trail';
import type { Handlers } from '../session';

export const auditHandlers: Handlers<typeof auditContract> = {
  'audit:page': ({ workbook }, query) => done(auditPage(workbook, query)),
  'audit:place': ({ workbook }, { sequence, ...filter }) => done({ index: placeOfEvent(workbook, filter, sequence) }),
  'audit:choices': ({ workbook }) => done(auditChoices(workbook)),
  'audit:save': ({ workbook }, { path, ...filter }) => saveTrail(workbook, filter, path),
};
