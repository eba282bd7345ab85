/** Every handler by channel. */
import type { WorkbookCalls } from '@shared/contract/index';
import type { Handlers } from '../session';
import { auditHandlers } from './audit';
import { countSheetHandlers } from './count-sheets';
import { importLifeHandlers } from './import-life';
import { importHandlers } from './imports';
import { journalHandlers } from './journals';
import { lineGridHandlers } from './line-grid';
import { lineHandlers } from './lines';
import { peopleHandlers } from './people';
import { quarantineHandlers } from './quarantine';
import { ruleHandlers } from './rules';
import { signOffHandlers } from './sign-off';
import { tagHandlers } from './tags';
import { viewHandlers } from './views';
import { workbookHandlers } from './workbook';

export const callHandlers: Handlers<WorkbookCalls> = {
  ...workbookHandlers,
  ...peopleHandlers,
  ...importHandlers,
  ...importLifeHandlers,
  ...quarantineHandlers,
  ...countSheetHandlers,
  ...lineHandlers,
  ...lineGridHandlers,
  ...tagHandlers,
  ...viewHandlers,
  ...journalHandlers,
  ...ruleHandlers,
  ...signOffHandlers,
  ...auditHandlers,
};
