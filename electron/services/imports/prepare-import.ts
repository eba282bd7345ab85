/**
 * A file on its way into a period: opened, recognised, asked for what it does not say. Nothing is written yet.
 */
import type { AlreadyImported, ImportFailure, ImportRequest, RecognisedProfile } from '@shared/domain/import';
import { currencyOfPeriod, formatInstant, monthOfPeriod } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { HeaderMatch } from '../../files/profiles/recognise';
import { openTable, sourceFromBytes, sourceFromPath, UnreadableFile, type ByteSource, type TableFile } from '../../files/readers/table';
import { findImportOfFile, periodFrame, type ImportRow, type PeriodFrame } from '../../workbook/tables/imports';
import { locationIdOf } from '../../workbook/tables/locations';
import { ownCurrency } from '../../workbook/tables/period-codes';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { JobCancelled, type ServiceContext } from '../context';
import { importToReplace } from './life/supersede';
import { chooseProfile, needsOf, sheetHeads, takesAsOf, type Choice } from './profiles/choose';
import { knownProfiles } from './profiles/known-profiles';
import { decideStyles } from './profiles/styles';
import { UnbalancedEntries } from './writers/ledger-entries';
import { FAR_OUTSIDE_MS } from './writers/writer';

export type ImportOutcome<T> = Outcome<T, ImportFailure>;

/** The file a request means. */
export function sourceOf(request: { readonly filePath?: string | undefined; readonly bytes?: Uint8Array | undefined; readonly fileName: string }): Promise<ByteSource> {
  if (request.filePath !== undefined) return sourceFromPath(request.filePath, request.fileName);
  if (request.bytes !== undefined) return Promise.resolve(sourceFromBytes(request.bytes, request.fileName));
  throw new UnreadableFile('file_missing', `${request.fileName}: neither a path nor bytes were given.`);
}

/** Carries out work on a file and answers what stopped it as a refusal. */
export async function refusingUnreadable<Answer>(work: () => Promise<Answer>): Promise<Answer | ImportOutcome<never>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableFile) return refused(error.failure, error.message);
    if (error instanceof UnbalancedEntries) return refused('entries_unbalanced', error.message);
    if (error instanceof JobCancelled) return refused('cancelled', 'The import was cancelled. The workbook is as it was before.');
    throw error;
  }
}

/** The period an import goes into, open for it. */
export function openPeriod(workbook: ReadableWorkbook, periodId: number): Outcome<PeriodFrame, 'period_unknown' | 'period_locked'> {
  const frame = periodFrame(workbook, periodId);
  if (!frame) return refused('period_unknown', `There is no period ${periodId} in this workbook. Choose one from the list of periods.`);
  if (frame.locked) return refused('period_locked', `Period ${frame.code} is locked: nothing can be imported into it. Compare the file with it, or import it into an open period.`);
  return done(frame);
}

/** The standing import of the same bytes; the one that is being replaced is no hindrance. */
export function alreadyImported(workbook: ReadableWorkbook, periodId: number, sha256: string, replacedId?: number): AlreadyImported | null {
  const row = findImportOfFile(workbook, periodId, sha256);
  return row && row.import_id !== replacedId ? { importId: row.import_id, fileName: row.file_name, atInstant: row.imported_instant } : null;
}

export const recognisedProfile = ({ match: { profile }, why }: Choice): RecognisedProfile => ({
  id: profile.id,
  version: profile.version,
  name: profile.name,
  source: profile.source,
  kind: profile.kind,
  system: profile.system,
  why,
});

/** What the file does not say and the request does not give. */
function missingGivens(workbook: ReadableWorkbook, frame: PeriodFrame, match: HeaderMatch, request: ImportRequest): ImportOutcome<undefined> {
  const needs = needsOf(match);
  if (needs.asOf && request.asOfInstant === undefined) {
    return refused('as_of_needed', `${request.fileName} does not say when it was taken. Give the instant of the export (--as-of).`);
  }
  if (takesAsOf(match.profile) && request.asOfInstant !== undefined) {
    const [from, until] = [frame.startInstant - FAR_OUTSIDE_MS, frame.cutOffInstant + FAR_OUTSIDE_MS];
    if (request.asOfInstant < from || request.asOfInstant > until) {
      const asOf = formatInstant(request.asOfInstant, frame.timeZone);
      return refused('as_of_outside_period', `The as-of instant ${asOf} is more than 45 days away from period ${frame.code}. Give the instant at which the file was exported, or import it into its own period.`);
    }
  }
  if (needs.location && request.locationCode === undefined) {
    return refused('location_needed', `${request.fileName} does not say which location it is of. Give the location (--location).`);
  }
  if (match.profile.kind === 'items' && currencyOfPeriod(frame.code) !== undefined) {
    return refused('items_in_own_currency', `${request.fileName} is an item list, whose costs are in the currency of the workbook, ${ownCurrency(workbook)}. Import it into ${monthOfPeriod(frame.code)}; costs in ${frame.currency} come with the stock.`);
  }
  const mayCreate = match.profile.createsLocations === 'always' && currencyOfPeriod(frame.code) === undefined;
  if (needs.location && !mayCreate && request.locationCode !== undefined && locationIdOf(workbook, request.locationCode) === undefined) {
    return refused('location_unknown', `There is no location ${request.locationCode} in this workbook. Give one that it has, or import the ERP snapshot that brings it first.`);
  }
  return done(undefined);
}

/** A file that was read so far that writing can begin. */
export interface PreparedImport {
  readonly table: TableFile;
  readonly frame: PeriodFrame;
  readonly choice: Choice;
  readonly request: ImportRequest;
  /** The import in whose place it is written. */
  readonly replaced: ImportRow | undefined;
}

/** Reads a file so far that writing can begin, for the period that the request names. */
export async function prepareImport(context: ServiceContext, request: ImportRequest): Promise<ImportOutcome<PreparedImport>> {
  const period = openPeriod(context.workbook, request.periodId);
  return period.ok ? prepareFor(context, period.value, request) : period;
}

/** The same for a period that is given. */
export async function prepareFor({ workbook, job }: ServiceContext, frame: PeriodFrame, request: ImportRequest): Promise<ImportOutcome<PreparedImport>> {
  const source = await sourceOf(request);
  const onBytes = (bytesRead: number) => {
    job.checkCancelled();
    job.progress('Reading the file', bytesRead, source.byteLength);
  };
  const table = await openTable(source, { timeZone: frame.timeZone, encoding: request.encoding, onBytes });
  const heads = await sheetHeads(table, request.sheet);
  const choice = chooseProfile(table, heads, knownProfiles(workbook), request);
  if (!choice.ok) return choice;
  const givens = missingGivens(workbook, frame, choice.value.match, request);
  if (!givens.ok) return givens;
  const styled = await decideStyles(table, choice.value, request, job);
  if (!styled.ok) return styled;
  const { match, sheet } = styled.value;
  const locationCode = needsOf(match).location ? (request.locationCode ?? null) : null;
  const replaced =
    request.supersedesImportId === undefined
      ? done(undefined)
      : importToReplace(workbook, frame, request.supersedesImportId, request.fileName, { match, sheet, locationCode });
  if (!replaced.ok) return replaced;
  return done({ table, frame, choice: styled.value, request, replaced: replaced.value });
}
