/**
 * What a source calls an item or a location, and which one of the workbook that is.
 *
 * Exact code, then the source's alias, then a location's name, then the profile's identifier rule, then the same text
 * without regard to case, spaces and the ways Unicode writes a character, where exactly one fits; leading zeros are passed
 * over only where the profile says so. Nothing is matched by likeness: what is only alike is suggested to a person.
 */
import type { ImportProfile } from '@shared/domain/import-profile';
import { lastPartAfterColon, normaliseIdentifier, withoutLeadingZeros } from '@shared/domain/identity-text';
import { hasLostDigits, type RowProblem } from '../../files/profiles/read-row';
import { addAliasUse, aliasesOf, setAlias, type Acceptance } from '../../workbook/tables/aliases';
import { RowInserter } from '../../workbook/row-inserter';
import { INSERT_ITEM, lastItemId, listItemKeys } from '../../workbook/tables/items';
import { insertLocation, listLocations } from '../../workbook/tables/locations';
import type { SqliteWorkbook } from '../../workbook/workbook';
import { StockKeys } from './stock-keys';
import { TextTable } from './loading/text-table';

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

const SEVERAL = -1;

interface Entry {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

/** Texts in one form by what they name; a text that two things share names neither. */
class FormIndex {
  readonly #ids = new Map<string, number>();
  /** What is looked for in vain is often entered next. */
  #last: { readonly text: string; readonly key: string } | undefined;

  constructor(readonly form: (text: string) => string) {}

  enter(text: string, id: number): void {
    const key = this.#keyOf(text);
    const held = this.#ids.get(key);
    this.#ids.set(key, held === undefined || held === id ? id : SEVERAL);
  }

  find(text: string): number | undefined {
    return this.#ids.get(this.#keyOf(text));
  }

  #keyOf(text: string): string {
    if (this.#last?.text !== text) this.#last = { text, key: this.form(text) };
    return this.#last.key;
  }
}

/** The codes, names and aliases of one kind. */
class Directory {
  /** Aliases that a row was found by. */
  readonly usedAliases = new Set<string>();
  readonly #byCode = new Map<string, number>();
  readonly #byName = new Map<string, number>();
  readonly #byAlias = new Map<string, number>();
  /** By number and last part: the full text that the source already uses for it. */
  readonly #pathOf = new Map<string, string>();
  #byNormalised: FormIndex | undefined;
  #byNormalisedAlias: Map<string, string> | undefined;
  #byUnpadded: FormIndex | undefined;
  readonly #resolved = new TextTable();
  /** What was found last: files are often sorted, and the next row names the same. */
  #last: { readonly text: string; readonly resolution: Resolution } | undefined;

  constructor(
    readonly kind: 'item' | 'location',
    entries: readonly Entry[],
    aliases: readonly { readonly alias: string; readonly target: number | string }[],
  ) {
    for (const entry of entries) this.#enter(entry);
    for (const { alias, target } of aliases) this.addAlias(alias, target as number);
  }

  #enter({ id, code, name }: Entry): void {
    this.#byCode.set(code, id);
    if (name !== '') this.#byName.set(name, this.#byName.has(name) ? SEVERAL : id);
  }

  add(entry: Entry): void {
    this.#enter(entry);
    for (const index of [this.#byNormalised, this.#byUnpadded]) {
      index?.enter(entry.code, entry.id);
      if (entry.name !== '') index?.enter(entry.name, entry.id);
    }
  }

  addAlias(alias: string, id: number): void {
    this.#byAlias.set(alias, id);
    this.#byNormalisedAlias?.set(normaliseIdentifier(alias), alias);
    this.#pathOf.set(`${id}\n${lastPartAfterColon(alias)}`, alias);
  }

  #indexed(form: (text: string) => string): FormIndex {
    const index = new FormIndex(form);
    const texts = this.kind === 'location' ? [...this.#byCode, ...this.#byName] : [...this.#byCode];
    for (const [code, id] of texts) index.enter(code, id);
    return index;
  }

  #alias(text: string | undefined): number | undefined {
    const id = text === undefined ? undefined : this.#byAlias.get(text);
    if (id !== undefined) this.usedAliases.add(text!);
    return id;
  }

  #exact(text: string): number | undefined {
    const byCode = this.#byCode.get(text);
    // What a person added is called by its own name: the name is used all the same, and can be taken back.
    if (byCode !== undefined && this.#byAlias.get(text) === byCode) this.usedAliases.add(text);
    const id = byCode ?? this.#alias(text) ?? (this.kind === 'location' ? this.#byName.get(text) : undefined);
    return id === SEVERAL ? undefined : id;
  }

  #normalised(text: string): number | undefined {
    this.#byNormalised ??= this.#indexed(normaliseIdentifier);
    return this.#byNormalised.find(text);
  }

  #normalisedAlias(text: string): number | undefined {
    if (this.#byAlias.size === 0) return undefined;
    if (!this.#byNormalisedAlias) {
      this.#byNormalisedAlias = new Map();
      const targets = new Map<string, number>();
      for (const [alias, id] of this.#byAlias) {
        const key = normaliseIdentifier(alias);
        if (targets.has(key) && targets.get(key) !== id) this.#byNormalisedAlias.delete(key);
        else this.#byNormalisedAlias.set(key, alias);
        targets.set(key, targets.has(key) && targets.get(key) !== id ? SEVERAL : id);
      }
    }
    return this.#alias(this.#byNormalisedAlias.get(normaliseIdentifier(text)));
  }

  #unpadded(text: string, rule: IdentifierRule): number | undefined {
    if (rule !== 'ignore_leading_zeros') return undefined;
    this.#byUnpadded ??= this.#indexed((each) => withoutLeadingZeros(normaliseIdentifier(each)));
    return this.#byUnpadded.find(text);
  }

  resolve(text: string, rule: IdentifierRule): Resolution {
    if (this.#last?.text === text) return this.#last.resolution;
    const kept = this.#resolved.get(text);
    const resolution: Resolution = kept === 0 ? this.#search(text, rule) : { found: true, id: kept };
    if (resolution.found) this.#last = { text, resolution };
    return resolution;
  }

  #search(text: string, rule: IdentifierRule): Resolution {
    const code = rule === 'last_part_after_colon' ? lastPartAfterColon(text) : text;
    const unknown = (detail: string, creatable = false): Resolution => ({
      found: false,
      code,
      creatable,
      problem: { reason: `unknown_${this.kind}`, subject: text, detail },
    });
    const id =
      this.#exact(text) ?? (code === text ? undefined : this.#exact(code)) ?? this.#apostrophe(code) ?? this.#normalised(code) ?? this.#normalisedAlias(text) ??
      this.#unpadded(code, rule);
    if (id === SEVERAL) {
      return unknown(`"${code}" fits more than one ${this.kind}: they differ in case, spaces or leading zeros only.`);
    }
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
    return rule === 'last_part_after_colon' && lastPartAfterColon(text) !== text && !this.#byAlias.has(text);
  }
}

/** Items and locations, by number, that are taken for not being there. */
export type Hidden = Readonly<Record<'item' | 'location', ReadonlySet<number>>>;
export const NOTHING_HIDDEN: Hidden = { item: new Set(), location: new Set() };

/** Resolves and, where a file may, creates items, locations and their keys. */
export class Identities {
  readonly newItems: string[] = [];
  readonly newLocations: string[] = [];
  readonly newItemAliases: string[] = [];
  readonly newLocationAliases: string[] = [];
  readonly #items: Directory;
  readonly #locations: Directory;
  /** By location that has another than the workbook's own. */
  readonly #currencies: ReadonlyMap<number, string>;
  readonly #stockKeys: StockKeys;
  readonly #itemInserter: RowInserter;
  #lastItem: number | undefined;

  /**
   * @param learnt who learns paths from the file, and when
   * @param rowsPerStatement how many new items and keys wait for each other before they are written; 1 writes each at once
   * @param hidden read as if they were not there: what a person takes back
   */
  constructor(
    readonly workbook: SqliteWorkbook,
    readonly source: string,
    readonly rules: ImportProfile['identifiers'],
    readonly learnt: Omit<Acceptance, 'how'>,
    rowsPerStatement = 1,
    hidden = NOTHING_HIDDEN,
  ) {
    this.#stockKeys = new StockKeys(workbook, rowsPerStatement);
    this.#itemInserter = new RowInserter(workbook, INSERT_ITEM, '(?, ?, ?, ?)', rowsPerStatement);
    const shown = (kind: 'item' | 'location') => ({ id }: Entry) => !hidden[kind].has(id);
    const items = listItemKeys(workbook).map(({ item_id, sku }) => ({ id: item_id, code: sku, name: '' })).filter(shown('item'));
    const rows = listLocations(workbook);
    this.#currencies = new Map(rows.flatMap(({ location_id, currency }) => (currency === null ? [] : [[location_id, currency] as const])));
    const locations = rows.map(({ location_id, code, name }) => ({ id: location_id, code, name })).filter(shown('location'));
    this.#items = new Directory('item', items, aliasesOf(workbook, 'item', source));
    this.#locations = new Directory('location', locations, aliasesOf(workbook, 'location', source));
  }

  item(text: string): Resolution {
    return this.#items.resolve(text, this.rules.sku);
  }

  location(text: string): Resolution {
    return this.#locations.resolve(text, this.rules.location);
  }

  /** The currency that a location is kept in; undefined: the workbook's own. */
  currencyOf(locationId: number): string | undefined {
    return this.#currencies.get(locationId);
  }

  /** Whether every location is kept in the workbook's own currency. */
  get isOfOneCurrency(): boolean {
    return this.#currencies.size === 0;
  }

  /** @param uom the base unit, where the row that brings the item says it */
  createItem(code: string, name: string, uom = 'each'): number {
    const id = (this.#lastItem ?? lastItemId(this.workbook)) + 1;
    this.#lastItem = id;
    this.#itemInserter.put(id);
    this.#itemInserter.put(code);
    this.#itemInserter.put(name);
    this.#itemInserter.put(uom);
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
    if (this.#items.isNewPath(itemText, this.rules.sku)) this.#learn('item', this.#items, itemText, itemId);
    if (this.#locations.isNewPath(locationText, this.rules.location)) this.#learn('location', this.#locations, locationText, locationId);
  }

  #learn(kind: 'item' | 'location', directory: Directory, alias: string, id: number): void {
    setAlias(this.workbook, { kind, source: this.source, alias }, id, { how: 'learnt_path', ...this.learnt });
    directory.addAlias(alias, id);
    directory.usedAliases.add(alias);
    (kind === 'item' ? this.newItemAliases : this.newLocationAliases).push(alias);
  }

  /** Keeps with an import which aliases its rows were found by. */
  keepAliasUses(importId: number): void {
    for (const directory of [this.#items, this.#locations]) {
      for (const alias of directory.usedAliases) addAliasUse(this.workbook, importId, directory.kind, alias);
    }
  }

  /** The key of an item at a location, made where there is none yet. */
  stockKey(itemId: number, locationId: number): number {
    return this.#stockKeys.of(itemId, locationId);
  }

  /** Writes the new items and keys that still wait. */
  flush(): void {
    this.#itemInserter.flush();
    this.#stockKeys.flush();
  }
}
