/**
 * Where plain rows belong: their items, locations and stock keys, found by the numbers of their names instead of the names.
 */
import type { System } from '@shared/domain/states';
import { mayCreate, placeOf, type WriterSetting } from '../writers/writer';
import { DenseTable } from './dense-table';
import type { KnownTexts, PlainRows } from './plain-batch';
import type { PlainPlan } from './plain-plan';

export class PlainPlaces {
  /** The location of the row that was found last. */
  locationId = 0;
  #items = new DenseTable();
  /** By 0 where the file does not say it: the location that was given for all rows. */
  #locations = new DenseTable();
  /** Codes are those of one pass over the file. */
  #known: KnownTexts | undefined;
  readonly #itemSlot: number;
  readonly #locationSlot: number;
  readonly #isKnownByName: boolean;

  constructor(
    readonly setting: WriterSetting,
    plan: PlainPlan,
  ) {
    const { sku, location } = setting.profile.identifiers;
    // A path is learnt from each row that may bring something new.
    this.#isKnownByName = sku !== 'last_part_after_colon' && location !== 'last_part_after_colon';
    this.#itemSlot = plan.codes.indexOf('sku');
    this.#locationSlot = plan.codes.indexOf('location');
  }

  /** The key of the row's item at its location, both made where the row may bring them; 0 where it takes a closer look. */
  stockKeyOf(rows: PlainRows, at: number, system: System): number {
    const { codes } = rows.columns;
    if (rows.known !== this.#known) [this.#items, this.#locations, this.#known] = [new DenseTable(), new DenseTable(), rows.known];
    const itemCode = codes[this.#itemSlot]![at]!;
    const locationCode = this.#locationSlot < 0 ? 0 : codes[this.#locationSlot]![at]!;
    const itemId = this.#items.get(itemCode);
    const locationId = this.#locations.get(locationCode);
    if (itemId > 0 && locationId > 0) {
      this.locationId = locationId;
      return this.setting.identities.stockKey(itemId, locationId);
    }
    if (!this.#isKnownByName) return 0;
    const { createsItems, createsLocations } = this.setting.profile;
    const found = placeOf(this.setting, { text: rows.textsOf(at) }, mayCreate(createsItems, system), mayCreate(createsLocations, system));
    if (!found.ok) return 0;
    this.#items.set(itemCode, found.place.itemId);
    this.#locations.set(locationCode, found.place.locationId);
    this.locationId = found.place.locationId;
    return found.place.stockKeyId;
  }
}
