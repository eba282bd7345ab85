/**
 * How many units of a line were sold in the period: what makes negative stock urgent.
 */
import type { Posting } from '@shared/domain/variance';
import type { Bounds } from './bounds';
import type { ReconciliationScope } from './scope';

const SELLERS = ['erp', 'storefront'] as const;

/** Whether any file tells of orders or shipments. Without, what was sold is unknown. */
export const tellsOfSales = ({ reach }: Pick<ReconciliationScope, 'reach'>): boolean =>
  SELLERS.some((system) => (['order', 'shipment'] as const).some((type) => reach[system].coveredTypes.has(type)));

/**
 * The most that one of storefront and ERP says was ordered (less what was cancelled) or shipped from the location's start to its
 * cut-off, in scaled units. The same posting counts once, however often files hold it.
 *
 * @param postings of the line, in scope
 */
export function soldScaled(postings: readonly Posting[], { startInstant, cutOffInstant }: Pick<Bounds, 'startInstant' | 'cutOffInstant'>): number {
  const seen = new Set<string>();
  const told = { erp: { order: 0, shipment: 0 }, storefront: { order: 0, shipment: 0 } };
  for (const { system, type, document, line, quantityScaled, occurredInstant } of postings) {
    if (system === 'warehouse' || (type !== 'order' && type !== 'shipment' && type !== 'cancellation')) continue;
    if (occurredInstant <= startInstant || occurredInstant > cutOffInstant) continue;
    const posting = [system, type, document, line, quantityScaled, occurredInstant].join('\n');
    if (seen.has(posting)) continue;
    seen.add(posting);
    if (type === 'cancellation') told[system].order -= quantityScaled;
    else told[system][type] += quantityScaled;
  }
  return Math.max(0, ...SELLERS.flatMap((system) => [told[system].order, told[system].shipment]));
}
