/**
 * Every call to the workbook, by channel.
 */
import { auditContract } from './audit';
import { auditPackContract } from './audit-pack';
import { auditRoomContract } from './audit-room';
import { countSheetsContract } from './count-sheets';
import { followUpContract } from './follow-up';
import { identitiesContract } from './identities';
import { importLifeContract } from './import-life';
import { importsContract } from './imports';
import { journalsContract } from './journals';
import { lineGridContract } from './line-grid';
import { linesContract } from './lines';
import { locationsContract } from './locations';
import { notesContract } from './notes';
import { overviewContract } from './overview';
import { peopleContract } from './people';
import { postingContract } from './posting';
import { quarantineContract } from './quarantine';
import { reportsContract } from './reports';
import { rulesContract } from './rules';
import { signOffContract } from './sign-off';
import { tagsContract } from './tags';
import { tieOutContract } from './tie-out';
import { viewsContract } from './views';
import { workbookContract } from './workbook';

export const workbookCalls = {
  ...workbookContract,
  ...locationsContract,
  ...peopleContract,
  ...identitiesContract,
  ...importsContract,
  ...importLifeContract,
  ...quarantineContract,
  ...countSheetsContract,
  ...linesContract,
  ...lineGridContract,
  ...overviewContract,
  ...tagsContract,
  ...notesContract,
  ...viewsContract,
  ...followUpContract,
  ...journalsContract,
  ...postingContract,
  ...tieOutContract,
  ...reportsContract,
  ...rulesContract,
  ...signOffContract,
  ...auditContract,
  ...auditRoomContract,
  ...auditPackContract,
} as const;

export type WorkbookCalls = typeof workbookCalls;
export type WorkbookChannel = keyof WorkbookCalls;
