/**
 * The auditor's file beside a workbook: found, begun, and opened for as long as one piece of work takes.
 *
 * Nothing here writes to the workbook. A file that is opened for each piece of work is held no longer than that, so that a
 * window that stays open keeps nobody else from it.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { AuditorFile } from '@shared/contract/audit-room';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { AUDITOR_FILE } from '../../workbook/auditor-file/kind';
import { auditorFileRow, insertRow } from '../../workbook/auditor-file/tables';
import { createWorkbookFile, openWorkbookFile } from '../../workbook/open';
import { inTransaction, type SqliteWorkbook } from '../../workbook/workbook';
import type { ServiceContext } from '../context';
import { ownCurrency } from '../../workbook/tables/period-codes';
import { workbookRow } from '../workbooks';
import { tell } from './trail';

export type AuditorFileFailure = 'file_name' | 'file_missing' | 'not_an_auditor_file' | 'schema_newer' | 'file_damaged' | 'other_workbook' | 'file_busy';

const EXTENSION = AUDITOR_FILE.extension;
const NAME_MOST = 120;

/** The file's path beside the workbook; undefined where the text is no plain file name of that kind. */
function pathBeside(workbookPath: string, file: string): string | undefined {
  const isPlain = file === path.basename(file) && !/[\\/:*?"<>|]/.test(file) && !file.startsWith('.') && file.length <= NAME_MOST;
  return isPlain && file.endsWith(EXTENSION) && file.length > EXTENSION.length ? path.join(path.dirname(workbookPath), file) : undefined;
}

const nameRefused = (file: string) =>
  refused('file_name', `${file} is no name for an auditor's file. Give a plain file name that ends in ${EXTENSION}; it lies beside the workbook.`);

/** What a new file is called: after the workbook. */
export const usualFileName = (workbookPath: string): string => `${path.basename(workbookPath).replace(/\.(tieout|zip)$/, '')}${EXTENSION}`;

/** One piece of work after another on the same file: within one program nobody finds it held by themselves. */
const lastWork = new Map<string, Promise<unknown>>();

function inTurn<T>(filePath: string, work: () => Promise<T>): Promise<T> {
  const turn = (lastWork.get(filePath) ?? Promise.resolve()).then(work, work);
  lastWork.set(filePath, turn.catch(() => undefined));
  return turn;
}

async function opened<T>(
  { workbook, actor, now }: ServiceContext, filePath: string, mode: 'read' | 'write', work: (file: SqliteWorkbook) => Promise<T> | T,
): Promise<Outcome<T, AuditorFileFailure>> {
  const outcome = await openWorkbookFile(filePath, { person: actor.name, now: now(), readOnly: mode === 'read' }, AUDITOR_FILE);
  if (!outcome.ok) {
    const { failure, message } = outcome;
    if (failure === 'file_missing' || failure === 'schema_newer') return refused(failure, message);
    return refused(failure === 'not_a_workbook' ? 'not_an_auditor_file' : 'file_damaged', message);
  }
  const { workbook: file, readOnly, readOnlyReason, close } = outcome.value;
  try {
    if (mode === 'write' && readOnly) return refused('file_busy', `${readOnlyReason} Nothing was written. Try again when it is free.`);
    const own = auditorFileRow(file);
    if (!own) return refused('file_damaged', `${path.basename(filePath)} does not say which workbook it is for. Begin a new one.`);
    if (own.workbook_uuid !== workbookRow(workbook).workbook_uuid) {
      return refused('other_workbook', `${path.basename(filePath)} is for another workbook, of ${own.company}. Choose one that was begun for this workbook.`);
    }
    return done(await work(file));
  } finally {
    close();
  }
}

/**
 * Opens the auditor's file of that name beside the workbook, does the work, and closes it again.
 *
 * Refusals in their order: no such name, not there, another kind of file, newer, damaged, of another workbook, held by somebody else.
 */
export function withAuditorFile<T>(
  context: ServiceContext, file: string, mode: 'read' | 'write', work: (file: SqliteWorkbook) => Promise<T> | T,
): Promise<Outcome<T, AuditorFileFailure>> {
  const filePath = pathBeside(context.workbook.originPath, file);
  if (!filePath) return Promise.resolve(nameRefused(file));
  return inTurn(filePath, () => opened(context, filePath, mode, work));
}

/** The auditor's files that lie beside the workbook, by name; those of other workbooks and unreadable ones with what is wrong. */
export async function listAuditorFiles(context: ServiceContext): Promise<AuditorFile[]> {
  const folder = path.dirname(context.workbook.originPath);
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(EXTENSION) && !name.startsWith('.')).sort();
  const files: AuditorFile[] = [];
  for (const name of names) {
    const read = await withAuditorFile(context, name, 'read', (file) => {
      const { auditor, created_instant } = auditorFileRow(file)!;
      return { auditor, createdInstant: created_instant, samples: Number(file.sum('SELECT count(*) FROM samples')) };
    });
    files.push(read.ok ? { file: name, ...read.value, problem: '' } : { file: name, auditor: '', createdInstant: 0, samples: 0, problem: read.message });
  }
  return files;
}

/** Begins an auditor's file beside the workbook. */
export function createAuditorFile(
  context: ServiceContext, { file, auditor }: { readonly file: string; readonly auditor: string },
): Promise<Outcome<AuditorFile, 'file_name' | 'file_exists' | 'file_unwritable'>> {
  const { workbook, actor, now } = context;
  const filePath = pathBeside(workbook.originPath, file);
  if (!filePath) return Promise.resolve(nameRefused(file));
  return inTurn(filePath, async () => {
    const created = createWorkbookFile(filePath, { person: actor.name, now: now() }, AUDITOR_FILE);
    if (!created.ok) return created;
    const { workbook: made, close } = created.value;
    try {
      const { workbook_uuid, company, time_zone } = workbookRow(workbook);
      const currency = ownCurrency(workbook);
      const createdInstant = now();
      inTransaction(made, () => {
        insertRow(made, 'auditor_file', { auditor_file_id: 1, file_uuid: randomUUID(), workbook_uuid, company, currency, time_zone, auditor, created_instant: createdInstant });
        tell(made, { by: auditor, atInstant: createdInstant, action: 'auditorFile.create', sampleId: null, detail: { company, workbookUuid: workbook_uuid } });
      });
      return done({ file, auditor, createdInstant, samples: 0, problem: '' });
    } finally {
      close();
    }
  });
}
