/** What to do next on a line: one plain sentence with the documents it speaks of. */
import type { Cause, VarianceComponent, VarianceKind } from '../variance';
import { listed } from './words';

export interface StepPlace {
  readonly sku: string;
  readonly location: string;
  /** The SKU and location of a line by its key. */
  readonly nameOf: (stockKeyId: number) => { readonly sku: string; readonly location: string } | undefined;
}

/** Beyond this many documents a sentence is no longer read. */
const NAMED_MAX = 4;

function documentsIn(components: readonly VarianceComponent[]): string {
  const documents = [...new Set(components.flatMap((component) => component.documents))];
  if (documents.length <= NAMED_MAX) return listed(documents);
  return `${documents.slice(0, NAMED_MAX - 1).join(', ')} and ${documents.length - NAMED_MAX + 1} more`;
}

const RESIDUAL_STEPS: Readonly<Record<VarianceKind, (place: StepPlace) => string>> = {
  count: ({ sku, location }) =>
    `Recount ${sku} at ${location}, check open orders, reservations and returns, then give a reason.`,
  channel: ({ sku, location }) =>
    `Compare the storefront's stock history of ${sku} at ${location} with the postings listed, then give a reason.`,
  ledger: ({ sku, location }) =>
    `Look in the ERP for postings of ${sku} at ${location} that the movements file lacks, then give a reason.`,
};

const STEPS: Readonly<
  Record<Exclude<Cause, 'residual'>, (documents: string, place: StepPlace, twin: string) => string>
> = {
  posted_later: (documents) => `Nothing to do now: see at the next close that ${documents} followed.`,
  in_transit: (documents) => `Nothing to do until the window ends: receive ${documents} when it arrives.`,
  missing_posting: (documents) => `Have ${documents} posted where it is missing, or find out why it was not.`,
  duplicate_posting: (documents) => `Reverse the further posting of ${documents}.`,
  quantity_mismatch: (documents) =>
    `Check the quantity on ${documents} against the paper and correct the system that is wrong.`,
  unit_mismatch: (documents) => `Correct the unit of measure on ${documents}: one side posted packs.`,
  location_mismatch: (documents, _place, twin) =>
    `Correct the location on ${documents}: the other side has it at ${twin}.`,
  item_mismatch: (documents, _place, twin) => `Correct the item on ${documents}: the other side has it as ${twin}.`,
  return_not_restocked: (documents) =>
    `Put the goods of ${documents} back on sale in the storefront, or hold them as quarantined.`,
  refund_restocked: (documents) =>
    `Inspect the goods of refund ${documents}, and take them off sale in the storefront until then.`,
  kit_not_exploded: (documents) => `Post the parts of the bundle on ${documents} in the ERP, and check its recipe.`,
  stale_sync: (documents) => `Run the storefront's stock sync again, and check that it takes in ${documents}.`,
  item_swap: (_documents, { sku, location }, twin) => `Recount ${sku} and ${twin} at ${location} side by side.`,
  unrecorded_transfer: (_documents, { sku, location }, twin) =>
    `Ask ${location} and ${twin} whether ${sku} was moved, and post the transfer if so.`,
  keying_error: (_documents, { sku, location }) =>
    `Look at the count sheet of ${sku} at ${location}, and recount if the digits are in doubt.`,
  sign_flip: (documents) => `Check the sign of adjustment ${documents}.`,
  double_count: (_documents, { sku, location }) => `Check whether ${sku} at ${location} was counted twice.`,
  unit_count_error: (_documents, { sku, location }) => `Check whether ${sku} at ${location} was counted in packs.`,
  counted_as_zero: (_documents, { sku, location }) =>
    `Ask whether ${sku} at ${location} was counted at all, and count it: the sheet says 0.`,
  recurring: (_documents, { sku, location }) => `Find out why the same residual of ${sku} at ${location} comes back.`,
  shrinkage: (_documents, { sku, location }) => `Book the loss of ${sku} at ${location}.`,
  found_stock: (_documents, { sku, location }) => `Book the found stock of ${sku} at ${location}.`,
  damage_unrecorded: (_documents, { sku, location }) => `Book the damage of ${sku} at ${location}.`,
};

/** The next step for a line whose exception is mostly of this cause. */
export function nextStepOf(
  cause: Cause,
  kind: VarianceKind,
  components: readonly VarianceComponent[],
  place: StepPlace,
): string {
  if (cause === 'residual') return RESIDUAL_STEPS[kind](place);
  const twinKey = components.find((component) => component.twinStockKeyId !== null)?.twinStockKeyId ?? null;
  const twin = twinKey === null ? undefined : place.nameOf(twinKey);
  const twinWord = cause === 'item_mismatch' || cause === 'item_swap' ? twin?.sku : twin?.location;
  return STEPS[cause](documentsIn(components), place, twinWord ?? 'another line');
}
