/**
 * Rehearsing and committing an import: one code path that writes inside a transaction. The rehearsal rolls it back, so
 * what it says and what a commit writes cannot differ.
 */
import { createHash } from 'node:crypto';
import type { ImportRequest, ImportResult, Rehearsal } from '@shared/domain/import';
import { currencyOfPeriod, formatInstant, periodCode } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { chainHead, type ChainHead } from '../../workbook/audit';
import { periodFrame, type PeriodFrame } from '../../workbook/tables/imports';
import type { ServiceContext } from '../context';
import { inLongTransaction } from './loading/long-transaction';
import { alreadyImported, prepareFor, prepareImport, refusingUnreadable, type ImportOutcome, type PreparedImport } from './prepare-import';
import { writeImport } from './write-import';

interface Purpose {
  readonly commit: boolean;
  /** The rehearsal that a commit must come true of; left out where none was held. */
  readonly token?: string | undefined;
}

/** Stands for an effect on a workbook: the chain's head covers every change made through the program. */
const tokenOf = (head: ChainHead, effect: Omit<Rehearsal, 'token'>): string =>
  createHash('sha256').update(`${head.sequence}\n${head.hash}\n${JSON.stringify(effect)}`, 'utf8').digest('hex');

async function runImport(
  context: ServiceContext,
  request: ImportRequest,
  purpose: Purpose,
  before: readonly ImportRequest[] = [],
): Promise<ImportOutcome<ImportResult>> {
  const { workbook } = context;
  return refusingUnreadable(async () => {
    const earlier: PreparedImport[] = [];
    for (const each of before) {
      const prepared = await prepareImport(context, each);
      if (!prepared.ok) return prepared;
      earlier.push(prepared.value);
    }
    const prepared = await prepareImport(context, request);
    if (!prepared.ok) return prepared;
    const { table, frame } = prepared.value;
    const held = alreadyImported(workbook, frame.periodId, table.sha256, request.supersedesImportId);
    if (purpose.commit && held) {
      const at = formatInstant(held.atInstant, frame.timeZone);
      return refused('already_imported', `${request.fileName} is import ${held.importId} of period ${frame.code} already (${held.fileName}, ${at}). Nothing of it is missing; to write it anew, undo import ${held.importId} first.`);
    }
    return inLongTransaction<ImportOutcome<ImportResult>>(workbook, async () => {
      const head = chainHead(workbook);
      const lastImportId = Number(workbook.sum('SELECT max(import_id) FROM imports'));
      for (const each of earlier) await writeImport(context, each, { lastImportId });
      const { importId, effect } = await writeImport(context, prepared.value, { lastImportId, keepsFile: purpose.commit });
      const token = tokenOf(head, effect);
      if (purpose.commit && purpose.token !== undefined && purpose.token !== token) {
        const message = `The workbook or ${request.fileName} changed since the rehearsal. Rehearse the import again.`;
        return { keep: false, value: refused('workbook_changed', message) };
      }
      return { keep: purpose.commit, value: done({ importId, rehearsal: { ...effect, token } }) };
    });
  });
}

/**
 * Says exactly what an import would write, and writes nothing.
 *
 * @param before files that will be written first: their items and locations are known to this one. Its token then holds
 *   only for figures; once those files are written, this one is rehearsed again before it is.
 */
export async function rehearseImport(
  context: ServiceContext,
  request: ImportRequest,
  before: readonly ImportRequest[] = [],
): Promise<ImportOutcome<Rehearsal>> {
  const outcome = await runImport(context, request, { commit: false }, before);
  return outcome.ok ? done(outcome.value.rehearsal) : outcome;
}

/**
 * Writes an import, all of it or nothing.
 *
 * @param token the rehearsal's: refused where the same request would now write something else
 */
export function commitImport(context: ServiceContext, request: ImportRequest, token?: string): Promise<ImportOutcome<ImportResult>> {
  return runImport(context, request, { commit: true, token });
}

/** A file written into a period that is there for the look only. */
export interface Trial {
  /** The period that the file is held against, locked or not. */
  readonly frame: PeriodFrame;
  readonly importId: number;
  readonly effect: Omit<Rehearsal, 'token'>;
}

/** No month has this code, so that no period of a person's can be in its way. */
const TRIAL_MONTH = '0000-00';

/**
 * Writes a file into a period of its own with the same bounds, lets `look` read the result, and rolls everything back:
 * for holding a file against a period that cannot be written to.
 */
export function inTrialPeriod<Answer extends Outcome<unknown, string>>(
  context: ServiceContext,
  request: ImportRequest,
  look: (trial: Trial) => Answer,
): Promise<Answer | ImportOutcome<never>> {
  const { workbook } = context;
  return refusingUnreadable<Answer | ImportOutcome<never>>(async () => {
    const frame = periodFrame(workbook, request.periodId);
    if (!frame) return refused('period_unknown', `There is no period ${request.periodId} in this workbook. Choose one from the list of periods.`);
    const prepared = await prepareFor(context, frame, request);
    if (!prepared.ok) return prepared;
    return inLongTransaction<Answer>(workbook, async () => {
      const { lastInsertRowid: periodId } = workbook.run(
        `INSERT INTO periods (code, start_instant, cut_off_instant, window_hours)
         SELECT ?, start_instant, cut_off_instant, window_hours FROM periods WHERE period_id = ?`,
        periodCode(TRIAL_MONTH, currencyOfPeriod(frame.code)), frame.periodId,
      );
      const trial = await writeImport(context, { ...prepared.value, frame: { ...frame, periodId, locked: false } }, { lastImportId: 0 });
      return { keep: false, value: look({ frame, ...trial }) };
    });
  });
}
