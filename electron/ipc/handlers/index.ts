/** Every handler by channel. */
import type { WorkbookCalls } from '@shared/contract/index';
import type { Handlers } from '../session';
import { auditHandlers } from './audit';
import { auditPackHandlers } from './audit-pack';
import { auditRoomHandlers } from './audit-room';
import { countSheetHandlers } from './count-sheets';
import { followUpHandlers } from './follow-up';
import { identitiesHandlers } from './identities';
import { importLifeHandlers } from './import-life';
import { importHandlers } from './imports';
import { journalHandlers } from './journals';
import { lineGridHandlers } from './line-grid';
import { lineHandlers } from './lines';
import { locationHandlers } from './locations';
import { noteHandlers } from './notes';
import { overviewHandlers } from './overview';
import { peopleHandlers } from './people';
import { postingHandlers } from './posting';
import { quarantineHandlers } from './quarantine';
import { reportHandlers } from './reports';
import { ruleHandlers } from './rules';
import { signOffHandlers } from './sign-off';
import { tagHandlers } from './tags';
import { tieOutHandlers } from './tie-out';
import { viewHandlers } from './views';
import { workbookHandlers } from './workbook';

export const callHandlers: Handlers<WorkbookCalls> = {
  ...workbookHandlers,
  ...locationHandlers,
  ...peopleHandlers,
  ...identitiesHandlers,
  ...importHandlers,
  ...importLifeHandlers,
  ...quarantineHandlers,
  ...countSheetHandlers,
  ...lineHandlers,
  ...lineGridHandlers,
  ...overviewHandlers,
  ...tagHandlers,
  ...noteHandlers,
  ...viewHandlers,
  ...followUpHandlers,
  ...journalHandlers,
  ...postingHandlers,
  ...tieOutHandlers,
  ...reportHandlers,
  ...ruleHandlers,
  ...signOffHandlers,
  ...auditHandlers,
  ...auditRoomHandlers,
  ...auditPackHandlers,
};
