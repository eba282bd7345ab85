/** The auditor's room: samples, test counts, the cut-off test and the period computed again, kept in the auditor's own file beside the workbook. */
import type { ScreenDefinition } from '../../app/screens';
import { AuditRoomScreen } from './audit-room-screen';

export const auditRoomScreen: ScreenDefinition = { id: 'auditRoom', title: 'Auditor’s room', component: AuditRoomScreen, command: 'view.auditRoom', alsoOpenedBy: { 'auditRoom.replay': { view: 'replay' } } };
