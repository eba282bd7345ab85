/** Audit: everything a person did, newest first, each event with its before and after. */
import type { ScreenDefinition } from '../../app/screens';
import { AuditScreen } from './audit-screen';

export const auditScreen: ScreenDefinition = {
  id: 'audit',
  title: 'Audit trail',
  component: AuditScreen,
  command: 'view.audit',
  findLabel: 'Find in the audit trail',
};
