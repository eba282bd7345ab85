/**
 * An approved journal written as the file that another system imports, with its hash in the audit trail.
 */
import path from 'node:path';
import type { PostingWritten } from '@shared/contract/posting';
import { layOut } from '@shared/domain/posting/lay-out';
import { POSTING_SYSTEM_IDS, type PostingFailure, type PostingSettings, type PostingSystemId } from '@shared/domain/posting/shapes';
import { POSTING_SYSTEMS } from '@shared/domain/posting/systems';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { postingBytes } from '../../files/posting/posting-bytes';
import { pathsFor, saveFiles } from '../../files/posting/save-files';
import { appendAudit } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { journalRow, type JournalRow } from '../../workbook/tables/journals';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { journalState } from '../journals/read';
import { findPeriod } from '../periods';
import { gatherJournal } from './gather';

export type ExportForFailure = 'journal_missing' | 'journal_state' | 'kind_unfit' | 'name_ambiguous' | PostingFailure | 'file_unwritable';

/** What was given at the last export for the system: nobody looks up the name of a tax rate every month. */
function settingsGivenLast(workbook: ReadableWorkbook, system: PostingSystemId): PostingSettings {
  const last = workbook.get<{ settings: string }>(
    `SELECT json_extract(detail, '$.settings') AS settings FROM audit_events
     WHERE action = 'journal.exportFor' AND json_extract(detail, '$.system') = ? ORDER BY sequence DESC LIMIT 1`,
    system,
  );
  const known = POSTING_SYSTEMS[system].settings.map(({ id }) => id);
  return last ? Object.fromEntries(Object.entries(JSON.parse(last.settings) as PostingSettings).filter(([id]) => known.includes(id))) : {};
}

/** The systems with their settings, each as it was given last. */
export const postingSystems = (workbook: ReadableWorkbook) =>
  POSTING_SYSTEM_IDS.map((id) => {
    const { name, advice, settings } = POSTING_SYSTEMS[id];
    const last = settingsGivenLast(workbook, id);
    return { id, name, advice, settings: settings.map((setting) => ({ ...setting, choices: setting.choices && [...setting.choices], value: last[setting.id] ?? setting.usual ?? '' })) };
  });

export interface ExportForRequest {
  readonly journalId: number;
  readonly system: PostingSystemId;
  readonly path: string;
  /** What is not given is as at the last export for the system, else as is usual. */
  readonly settings: PostingSettings;
}

/** States from which a journal goes into another system. Once posted there, a second import would book it twice. */
const EXPORTED_FROM: readonly string[] = ['approved', 'exported'];

/** An accrual and a reclassification leave every unit where it is, and so do their reversals. */
function movesStock(workbook: ReadableWorkbook, journal: JournalRow): boolean {
  if (journal.kind !== 'reversal') return journal.kind === 'adjustment';
  const reversed = journal.reverses_journal_id === null ? undefined : journalRow(workbook, journal.reverses_journal_id);
  return reversed !== undefined && movesStock(workbook, reversed);
}

/** Refusals in the order of `ExportForFailure`. Where a journal needs several files, all are written or none. */
export function exportJournalFor(context: ServiceContext, request: ExportForRequest): Outcome<PostingWritten, ExportForFailure> {
  const { workbook } = context;
  const journal = journalRow(workbook, request.journalId);
  if (!journal) return refused('journal_missing', `Journal ${request.journalId} is not in this workbook.`);
  const state = journalState(workbook, journal);
  if (!EXPORTED_FROM.includes(state)) {
    return refused('journal_state', `Journal ${journal.number} is ${state}. A file for another system is made of an approved journal that is not posted yet.`);
  }
  const period = findPeriod(workbook, journal.period_id)!;
  const system = POSTING_SYSTEMS[request.system];
  if (system.books === 'stock' && !movesStock(workbook, journal)) {
    return refused('kind_unfit', `Journal ${journal.number} books value and moves no units out of the stock or into it. Export it as a journal entry instead.`);
  }
  const gathered = gatherJournal(workbook, { journalId: journal.journal_id, number: journal.number, currency: journal.currency, periodCode: period.code, bookingDay: journal.booking_day }, system);
  if (!gathered.ok) return gathered;
  const laidOut = layOut(system, gathered.value, { ...settingsGivenLast(workbook, request.system), ...request.settings });
  if (!laidOut.ok) return laidOut;
  const { files, notes, settings } = laidOut.value;
  const paths = pathsFor(request.path, files.length);
  const written = files.map((file, index) => {
    const content = postingBytes(file);
    return { path: paths[index]!, content, sha256: sha256Hex(content), byteLength: content.length, lines: file.rows.length, entries: file.entries };
  });
  const saved = saveFiles(written);
  if (!saved.ok) return saved;
  inTransaction(workbook, () => {
    const exportedInstant = context.now();
    if (journal.state === 'approved' && period.state === 'open') {
      workbook.run(`UPDATE journals SET state = 'exported', exported_instant = ? WHERE journal_id = ?`, exportedInstant, journal.journal_id);
    }
    appendAudit(workbook, {
      atInstant: exportedInstant,
      actor: actorText(context.actor),
      action: 'journal.exportFor',
      periodId: journal.period_id,
      subject: `journal:${journal.number}`,
      detail: {
        system: request.system, systemName: system.name, settings,
        files: written.map(({ path: filePath, sha256, lines, entries }) => ({ fileName: path.basename(filePath), sha256, lines, entries: [...entries] })),
      },
    });
  });
  return done({
    number: journal.number,
    files: written.map(({ path: filePath, sha256, byteLength, lines, entries }) => ({ path: filePath, sha256, byteLength, lines, entries: [...entries] })),
    notes: [...notes],
    settings: { ...settings },
  });
}
