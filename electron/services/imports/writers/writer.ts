/**
 * What the writers of the kinds share: a row's verdict, the place it belongs to, the bounds of its dates.
 */
import type { SheetReport } from '@shared/domain/count-sheet';
import type { IgnoreReason } from '@shared/domain/import';
import type { ImportProfile } from '@shared/domain/import-profile';
import { currencyOfPeriod, DAY_MS, formatInstant, monthOfPeriod, periodCode } from '@shared/domain/instant';
import type { System } from '@shared/domain/states';
import type { RowProblem, RowValues } from '../../../files/profiles/read-row';
import type { BulkLoad } from '../../../workbook/bulk-load';
import type { PeriodFrame } from '../../../workbook/tables/imports';
import { locationCodeOf } from '../../../workbook/tables/locations';
import { ownCurrency } from '../../../workbook/tables/period-codes';
import type { ServiceContext } from '../../context';
import type { Identities, Resolution } from '../identity';
import { PlaceSums } from '../loading/place-sums';
import type { PlainRows } from '../loading/plain-batch';
import type { Units } from '../units';

/** How far from the period's bounds a posting may lie before it belongs to another period's file. */
export const FAR_OUTSIDE_MS = 45 * DAY_MS;

export interface RowToWrite {
  readonly rowNumber: number;
  /** What the row says, in order. All of it is written or, where one record cannot be, none. */
  readonly records: readonly [RowValues, ...RowValues[]];
  readonly raw: string;
  /** An earlier row of the file that seems to be the same, word for word; 0 where there is none, left out where nobody looked. */
  readonly twin?: number | undefined;
}

export type Verdict =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'ignored'; readonly reason: IgnoreReason }
  | { readonly verdict: 'bad'; readonly problem: RowProblem }
  /** Decided when the file has been read to its end. */
  | { readonly verdict: 'deferred' };

/** What a row that cannot be used is answered with. */
export type BadVerdict = Extract<Verdict, { readonly verdict: 'bad' }>;

/** A row of a batch as every writer takes it. */
export const usualRow = (rows: PlainRows, at: number): RowToWrite => ({
  rowNumber: rows.rowNumber(at), records: [rows.valuesOf(at)], raw: rows.rowOf(at).raw, twin: rows.columns.twins[at],
});

export const ACCEPTED: Verdict = { verdict: 'accepted' };

export const bad = (reason: RowProblem['reason'], subject: string, detail: string): BadVerdict => ({
  verdict: 'bad',
  problem: { reason, subject: subject.slice(0, 200), detail },
});

/** Writes the rows of one kind of file. */
export interface RowWriter {
  readonly setting: WriterSetting;
  write(row: RowToWrite): Verdict;
  /** The same for a row of a batch: a writer may take the usual ones without making values of them. */
  writePlain?(rows: PlainRows, at: number): Verdict;
  /** Hears of a row that could not be read, with what could be read of it all the same. */
  unreadable?(values: RowValues, rowNumber: number, problem: RowProblem): void;
  /** Decides the deferred rows, and writes what still waits to be written with others. */
  finish(): Iterable<{ readonly row: RowToWrite; readonly verdict: Verdict }>;
}

export interface WriterSetting {
  readonly context: ServiceContext;
  readonly importId: number;
  readonly frame: PeriodFrame;
  readonly profile: ImportProfile;
  readonly identities: Identities;
  readonly units: Units;
  readonly asOfInstant: number | null;
  /** The location of every row, where the file does not say it. */
  readonly locationCode: string | null;
  /** Rows come from the quarantine, not from the file: what the import holds already counts. */
  readonly replay: boolean;
  /** The load that the rows are part of; without one, each is written at once. */
  readonly load: BulkLoad | undefined;
  /** Filled by the writer. */
  readonly tally: Tally;
}

/** What a writer changed besides adding rows, and what the rows add up to. */
export interface Tally {
  readonly systems: Set<System>;
  /** Of a snapshot by state, of movements by type. */
  readonly sums: PlaceSums;
  /** The one instant that all rows of a system speak of; null where they speak of several. */
  readonly asOfInstants: Map<System, number | null>;
  changedItems: number;
  changedTags: number;
  /** What the file says against the registry of count sheets; null where it names none of its sheets. */
  countSheets: SheetReport | null;
}

export const newTally = (): Tally => ({
  systems: new Set(), sums: new PlaceSums(), asOfInstants: new Map(), changedItems: 0, changedTags: 0, countSheets: null,
});

export interface Place {
  readonly itemId: number;
  readonly locationId: number;
  readonly stockKeyId: number;
}

/** A row of a location that is kept in another currency than the period is closed in. */
function keptElsewhere({ identities, frame, context }: WriterSetting, location: Resolution): RowProblem | undefined {
  if (!location.found) return undefined;
  const kept = identities.currencyOf(location.id);
  if (kept === currencyOfPeriod(frame.code)) return undefined;
  const code = locationCodeOf(context.workbook, location.id);
  return {
    reason: 'currency_mismatch', subject: code,
    detail: `${code} is kept in ${kept ?? ownCurrency(context.workbook)}, and ${frame.code} is closed in ${frame.currency}. Import the file into ${periodCode(monthOfPeriod(frame.code), kept)}.`,
  };
}

/** A period in another currency takes no location from a file: which currency it is kept in is a person's to say. */
const unaddedLocation = ({ frame }: WriterSetting, location: Resolution): RowProblem | undefined =>
  !location.found && currencyOfPeriod(frame.code) !== undefined
    ? { ...location.problem, detail: `${location.problem.detail} A location is kept in ${frame.currency} once a person adds it in ${frame.code}.` }
    : undefined;

/** What is told of a row whose own currency is not the period's, where the workbook has locations in several. */
export function toldOfCurrency(setting: WriterSetting, values: Pick<RowValues, 'text'>, problem: RowProblem): RowProblem {
  const { identities, frame, context } = setting;
  if (identities.isOfOneCurrency && currencyOfPeriod(frame.code) === undefined) return problem;
  const location = identities.location(values.text.location ?? setting.locationCode ?? '');
  const elsewhere = keptElsewhere(setting, location);
  if (elsewhere) return elsewhere;
  const place = location.found ? `${locationCodeOf(context.workbook, location.id)} is kept` : `${frame.code} is closed`;
  return { ...problem, detail: `The row is in ${problem.subject}, and ${place} in ${frame.currency}. Correct the row, or export it in ${frame.currency}.` };
}

/**
 * The item and location of a row.
 *
 * @param createItems whether an unknown item is created; nothing is created unless both are known or may be
 */
export function placeOf(
  setting: WriterSetting,
  values: Pick<RowValues, 'text'>,
  createItems: boolean,
  createLocations: boolean,
): { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly problem: RowProblem } {
  const { identities, locationCode } = setting;
  const itemText = values.text.sku ?? '';
  const locationText = values.text.location ?? locationCode ?? '';
  const item = identities.item(itemText);
  const location = identities.location(locationText);
  const elsewhere = keptElsewhere(setting, location);
  if (elsewhere) return { ok: false, problem: elsewhere };
  const cannot = (resolution: Resolution, mayCreate: boolean) =>
    resolution.found || (mayCreate && resolution.creatable) ? undefined : resolution.problem;
  const problem = cannot(item, createItems) ?? unaddedLocation(setting, location) ?? cannot(location, createLocations);
  if (problem) return { ok: false, problem };
  const itemId = item.found ? item.id : identities.createItem(item.code, values.text.name ?? '', values.text.uom === undefined ? undefined : setting.units.unitOf(values.text.uom));
  const locationId = location.found
    ? location.id
    : identities.createLocation(location.code, location.code === locationText ? '' : locationText);
  if (createItems || createLocations) identities.keepPaths(itemText, itemId, locationText, locationId);
  return { ok: true, place: { itemId, locationId, stockKeyId: identities.stockKey(itemId, locationId) } };
}

/** The system of a row: the profile's, or the column's. */
export const systemOf = (setting: WriterSetting, values: RowValues): System =>
  setting.profile.system ?? (values.text.system as System);

/** Whether a row of the system may bring what the workbook does not know yet, by the profile's rule. */
export const mayCreate = (rule: ImportProfile['createsItems'], system: System): boolean =>
  rule === 'always' || (rule === 'erp_rows' && system === 'erp');

/** Whether an instant is near enough to the period to be of it. */
export const isNearPeriod = (frame: PeriodFrame, instant: number, marginMs: number): boolean =>
  instant >= frame.startInstant - marginMs && instant <= frame.cutOffInstant + marginMs;

/** A problem where an instant lies too far from the period. */
export function outsidePeriod(frame: PeriodFrame, instant: number, marginMs: number, what: string): BadVerdict | undefined {
  if (isNearPeriod(frame, instant, marginMs)) return undefined;
  const written = formatInstant(instant, frame.timeZone);
  const from = formatInstant(frame.startInstant - marginMs, frame.timeZone);
  const until = formatInstant(frame.cutOffInstant + marginMs, frame.timeZone);
  return bad('outside_period', written, `${what} ${written} is not between ${from} and ${until}, which period ${frame.code} takes in.`);
}
