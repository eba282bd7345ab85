/** Serves the audit pack: making one, and verifying one. */
import type { auditPackContract } from '@shared/contract/audit-pack';
import { makePack } from '../../services/audit-pack/make';
import { verifyPack } from '../../services/audit-pack/verify';
import type { Handlers } from '../session';

export const auditPackHandlers: Handlers<typeof auditPackContract> = {
  'auditPack:make': (context, input) => makePack(context, context.session.identitiesFolder, input),
  'auditPack:verify': ({ workbook, job }, { path }) => verifyPack(path ?? workbook.originPath, job),
};
