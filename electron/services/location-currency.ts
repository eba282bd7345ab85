/** The currency that a location is kept in: said by a person before the location has values, and never changed after. */
import { isCurrency } from '@shared/domain/money';
import { plural } from '@shared/domain/plural';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { appendAudit } from '../workbook/audit';
import { ownCurrency } from '../workbook/tables/period-codes';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';

export interface CurrencyToSet {
  readonly location: string;
  /** ISO 4217; null: the workbook's own. */
  readonly currency: string | null;
  readonly why: string;
}

type SetCurrencyFailure = 'location_unknown' | 'invalid_currency' | 'location_valued';

/** What of the location is in the workbook already, with figures; undefined where nothing is. */
function valuesOf(workbook: ReadableWorkbook, locationId: number): string | undefined {
  const { keys, first, last, locked } = workbook.get<{ keys: number; first: string | null; last: string | null; locked: string | null }>(
    `SELECT (SELECT count(*) FROM stock_keys WHERE location_id = @location) AS keys, min(p.code) AS first, max(p.code) AS last,
       max(CASE WHEN p.state = 'locked' THEN p.code END) AS locked
     FROM stock_keys k JOIN lines l USING (stock_key_id) JOIN periods p USING (period_id) WHERE k.location_id = @location`,
    { location: locationId },
  )!;
  if (keys === 0) return undefined;
  const periods = first === null ? '' : first === last ? `, with lines in ${first}` : `, with lines from ${first} to ${last!}`;
  return `${plural(keys, 'item')} of it ${keys === 1 ? 'is' : 'are'} in the workbook${periods}${locked === null ? '' : `; ${locked} is locked`}`;
}

/**
 * Says which currency a location is kept in; null puts it back to the workbook's own.
 *
 * Refusals: `location_valued` where rows of it are in the workbook: their costs are in the currency that it had.
 */
export function setLocationCurrency(context: ServiceContext, { location, currency: wanted, why }: CurrencyToSet): Outcome<{ location: string; currency: string }, SetCurrencyFailure> {
  const { workbook } = context;
  if (wanted !== null && !isCurrency(wanted)) return refused('invalid_currency', `${wanted} is no currency code. Give the three capital letters of ISO 4217, such as USD or EUR.`);
  return inTransaction(workbook, (): Outcome<{ location: string; currency: string }, SetCurrencyFailure> => {
    const own = ownCurrency(workbook);
    const currency = wanted === own ? null : wanted;
    const row = workbook.get<{ location_id: number; currency: string | null }>('SELECT location_id, currency FROM locations WHERE code = ?', location);
    if (!row) return refused('location_unknown', `No location has the code ${location}. Codes are told apart by capitals; the list of locations has them.`);
    if (row.currency === currency) return done({ location, currency: currency ?? own });
    const values = valuesOf(workbook, row.location_id);
    if (values !== undefined) {
      return refused('location_valued', `${location} is kept in ${row.currency ?? own}: ${values}. Its currency cannot become ${currency ?? own}. Undo the imports that brought them first, or keep the location in another workbook.`);
    }
    workbook.run('UPDATE locations SET currency = ? WHERE location_id = ?', currency, row.location_id);
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'location.setCurrency',
      periodId: null,
      subject: `location:${location}`,
      detail: { before: { currency: row.currency ?? own }, after: { currency: currency ?? own }, why },
    });
    return done({ location, currency: currency ?? own });
  });
}
