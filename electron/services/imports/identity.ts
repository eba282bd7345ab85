/**
 * What a source calls an item or a location, and which one of the workbook that is.
 *
 * Exact code, then the source's alias, then a location's name, then the profile's identifier rule, then the same text
 * without regard to case and spaces where exactly one fits. Nothing is matched by likeness.
 */
import type { ImportProfile } from '@shared/domain/import-profile';
import { hasLostDigits, type RowProblem } from '../../files/profiles/read-row';
import { insertItem, listItemAliases, listItemKeys, setItemAlias } from '../../workbook/tables/items';
import {
  findStockKey, insertLocation, insertStockKey, listLocationAliases, listLocations, setLocationAlias,
} from '../../workbook/tables/locations';
import type { SqliteWorkbook } from '../../workbook/workbook';

export type Resolution =
  | { readonly found: true; readonly id: number }
  | {
      readonly found: false;
      /** What it would be called if it were created, */
      readonly code: string;
      /** which it may only be where nothing has that name: not where several have, nor where it is damaged. */
      readonly creatable: boolean;
      readonly problem: RowProblem;
    };

type IdentifierRule = ImportProfile['identifiers']['sku'];

const normalise = (text: string): string =>
  text.normalize('NFC').replace(/[\s\u00a0]+/g, ' ').trim().toLowerCase();

/** `PARENT : CHILD` as `CHILD`; the colon stands between spaces, so that one inside a code is none. */
const lastPart = (text: string): string => text.split(/\s:\s/).at(-1)!.trim();

/** An all-digit code without the zeros that pad it to a fixed length, as SAP pads its materials. */
const withoutPadding = (text: string): string => (/^0\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text);

function codeByRule(text: string, rule: IdentifierRule): string {
  if (rule === 'last_part_after_colon') return lastPart(text);
  return rule === 'without_leading_zeros' ? withoutPadding(text) : text;
}

const SEVERAL = -1;

interface Entry {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

/** The codes, names and aliases of one kind. */
class Directory {
  readonly #byCode = new Map<string, number>();
  readonly #byName = new Map<string, number>();
  readonly #byAlias = new Map<string, number>();
  /** By number and last part: the full text that the source already uses for it. */
  readonly #pathOf = new Map<string, string>();
  #byNormalised: Map<string, number> | undefined;
  readonly #resolved = new Map<string, number>();

  constructor(
    readonly kind: 'item' | 'location',
    entries: readonly Entry[],
    aliases: readonly { readonly alias: string; readonly target_id: number }[],
  ) {
    for (const entry of entries) this.#enter(entry);
    for (const { alias, target_id } of aliases) this.addAlias(alias, target_id);
  }

  #enter({ id, code, name }: Entry): void {
    this.#byCode.set(code, id);
    if (name !== '') this.#byName.set(name, this.#byName.has(name) ? SEVERAL : id);
  }

  add(entry: Entry): void {
    this.#enter(entry);
    if (!this.#byNormalised) return;
    this.#enterNormalised(this.#byNormalised, entry.code, entry.id);
    if (entry.name !== '') this.#enterNormalised(this.#byNormalised, entry.name, entry.id);
  }

  #enterNormalised(index: Map<string, number>, text: string, id: number): void {
    const key = normalise(text);
    const held = index.get(key);
    index.set(key, held === undefined || held === id ? id : SEVERAL);
  }

  addAlias(alias: string, id: number): void {
    this.#byAlias.set(alias, id);
    this.#pathOf.set(`${id}\n${lastPart(alias)}`, alias);
  }

  #exact(text: string): number | undefined {
    const id = this.#byCode.get(text) ?? this.#byAlias.get(text) ?? (this.kind === 'location' ? this.#byName.get(text) : undefined);
    return id === SEVERAL ? undefined : id;
  }

  #normalised(text: string): number | undefined {
    if (!this.#byNormalised) {
      this.#byNormalised = new Map();
      const texts = this.kind === 'location' ? [...this.#byCode, ...this.#byName] : [...this.#byCode];
      for (const [code, id] of texts) this.#enterNormalised(this.#byNormalised, code, id);
    }
    return this.#byNormalised.get(normalise(text));
  }

  resolve(text: string, rule: IdentifierRule): Resolution {
    const kept = this.#resolved.get(text);
    if (kept !== undefined) return { found: true, id: kept };
    const code = codeByRule(text, rule);
    const unknown = (detail: string, creatable = false): Resolution => ({
      found: false,
      code,
      creatable,
      problem: { reason: `unknown_${this.kind}`, subject: text, detail },
    });
    const id = this.#exact(text) ?? this.#exact(code) ?? this.#apostrophe(code) ?? this.#normalised(code);
    if (id === SEVERAL) return unknown(`"${code}" fits more than one ${this.kind}: they differ in case or spaces only.`);
    if (id === undefined) {
      if (this.kind === 'item' && hasLostDigits(code)) {
        const detail = `"${code}" has lost digits in a spreadsheet.`;
        return { found: false, code, creatable: false, problem: { reason: 'damaged_identifier', subject: text, detail } };
      }
      return unknown(`No ${this.kind} is called "${code}".`, true);
    }
    const path = this.#pathOf.get(`${id}\n${code}`);
    if (code !== text && path !== undefined && path !== text) {
      return unknown(`"${text}" and "${path}" end in the same name; "${path}" is ${this.kind} ${code}.`);
    }
    this.#resolved.set(text, id);
    return { found: true, id };
  }

  /** A spreadsheet's apostrophe before digits is no part of the code. */
  #apostrophe(code: string): number | undefined {
    return /^'[\d+-]/.test(code) ? this.#exact(code.slice(1)) : undefined;
  }

  /** Whether the text is a path whose last part names the entry, and no alias holds it yet. */
  isNewPath(text: string, rule: IdentifierRule): boolean {
    return rule === 'last_part_after_colon' && lastPart(text) !== text && !this.#byAlias.has(text);
  }
}

/** Resolves and, where a file may, creates items, locations and their keys. */
export class Identities {
  readonly newItems: string[] = [];
  readonly newLocations: string[] = [];
  readonly #items: Directory;
  readonly #locations: Directory;
  readonly #stockKeys = new Map<number, number>();

  constructor(
    readonly workbook: SqliteWorkbook,
    readonly source: string,
    readonly rules: ImportProfile['identifiers'],
  ) {
    const items = listItemKeys(workbook).map(({ item_id, sku }) => ({ id: item_id, code: sku, name: '' }));
    const locations = listLocations(workbook).map(({ location_id, code, name }) => ({ id: location_id, code, name }));
    this.#items = new Directory('item', items, listItemAliases(workbook, source));
    this.#locations = new Directory('location', locations, listLocationAliases(workbook, source));
  }

  item(text: string): Resolution {
    return this.#items.resolve(text, this.rules.sku);
  }

  location(text: string): Resolution {
    return this.#locations.resolve(text, this.rules.location);
  }

  createItem(code: string, name: string): number {
    const id = insertItem(this.workbook, code, name);
    this.#items.add({ id, code, name: '' });
    this.newItems.push(code);
    return id;
  }

  createLocation(code: string, name: string): number {
    const id = insertLocation(this.workbook, code, name);
    this.#locations.add({ id, code, name });
    this.newLocations.push(code);
    return id;
  }

  /**
   * Keeps the full path under which the source spoke of an item and a location, so that another path with the same
   * last part is not taken for it later.
   */
  keepPaths(itemText: string, itemId: number, locationText: string, locationId: number): void {
    if (this.#items.isNewPath(itemText, this.rules.sku)) {
      setItemAlias(this.workbook, this.source, itemText, itemId);
      this.#items.addAlias(itemText, itemId);
    }
    if (this.#locations.isNewPath(locationText, this.rules.location)) {
      setLocationAlias(this.workbook, this.source, locationText, locationId);
      this.#locations.addAlias(locationText, locationId);
    }
  }

  /** The key of an item at a location, made where there is none yet. */
  stockKey(itemId: number, locationId: number): number {
    const pair = itemId * 2 ** 21 + locationId;
    let key = this.#stockKeys.get(pair);
    if (key === undefined) {
      key = findStockKey(this.workbook, itemId, locationId) ?? insertStockKey(this.workbook, itemId, locationId);
      this.#stockKeys.set(pair, key);
    }
    return key;
  }
}
