/**
 * Suggestions for names that nobody knows: which item or location one may stand for, and why a person may think so.
 *
 * Pure and without a scan of names by items: the unknown names are indexed by every form in which one can be met, and each
 * item of the workbook is offered to the index once. A suggestion maps nothing; a person accepts it. A reason under which
 * several entries fit suggests none of them.
 */
import { deletionsOf, lastPartOfPath, normaliseIdentifier, oneChange, withoutLeadingZeros, withoutSeparators } from './identity-text';

/** From the reason that says most to the one that says least. */
export const SUGGESTION_REASONS = ['same_barcode', 'leading_zeros', 'without_separators', 'parent_part', 'same_name', 'one_character'] as const;
export type SuggestionReason = (typeof SUGGESTION_REASONS)[number];

export const SUGGESTION_WORDS: Readonly<Record<SuggestionReason, string>> = {
  same_barcode: 'Same barcode',
  leading_zeros: 'Leading zeros differ',
  without_separators: 'Same without separators',
  parent_part: 'Last part of the path',
  same_name: 'Same name',
  one_character: 'One character differs',
};

/** A name that a source uses and the workbook does not know. */
export interface UnknownName {
  readonly key: string;
  readonly kind: 'item' | 'location';
  readonly text: string;
  /** What the rows that use it give as the name and the barcode; more than one of either says nothing. */
  readonly names: readonly string[];
  readonly barcodes: readonly string[];
  /** Codes that the source reaches already by another path that ends alike: the two paths are two things. */
  readonly heldByOtherPaths: readonly string[];
}

/** An item or location of the workbook. */
export interface KnownEntry {
  readonly kind: 'item' | 'location';
  readonly code: string;
  readonly name: string;
  readonly barcode: string | null;
}

export interface FoundSuggestion {
  readonly code: string;
  readonly name: string;
  readonly reason: SuggestionReason;
  readonly sentence: string;
}

/** Shorter codes are too near to too many others. */
const ONE_CHARACTER_LEAST = 4;
const NAME_LEAST = 4;
const SHAPE_LEAST = 3;
/** EAN-8, UPC-A, EAN-13 and GTIN-14: the lengths that a barcode's figures have (GS1 General Specifications). */
const BARCODE = /^(\d{8}|\d{12,14})$/;

/** The figures without the zeros that a shorter GTIN is padded with; undefined where the text is no barcode. */
function barcodeKey(text: string): string | undefined {
  const figures = text.replace(/[\s-]/g, '');
  return BARCODE.test(figures) ? figures.replace(/^0+/, '') : undefined;
}

interface Indexed extends UnknownName {
  readonly normalised: string;
  readonly lastPart: string;
  readonly hits: Map<SuggestionReason, Map<string, KnownEntry>>;
}

function sentenceOf(reason: SuggestionReason, text: string, entry: KnownEntry): string {
  switch (reason) {
    case 'same_barcode':
      return `${entry.code} has the same barcode, ${entry.barcode}.`;
    case 'leading_zeros':
      return `"${text}" and ${entry.code} differ in leading zeros only.`;
    case 'without_separators':
      return `"${text}" and ${entry.code} are the same without separators.`;
    case 'parent_part':
      return `"${text}" ends in ${entry.code}.`;
    case 'same_name':
      return `${entry.code} has the same name, ${entry.name}.`;
    case 'one_character':
      return `"${text}" and ${entry.code} differ in one character.`;
  }
}

/** Meets unknown names with the entries of a workbook. */
export class SuggestionFinder {
  readonly #unknown: readonly Indexed[];
  readonly #index = new Map<string, Indexed[]>();
  readonly #deletions = new Map<string, Indexed[]>();
  readonly #lengths = new Set<number>();

  constructor(unknown: readonly UnknownName[]) {
    this.#unknown = unknown.map((name) => ({
      ...name,
      normalised: normaliseIdentifier(name.text),
      lastPart: normaliseIdentifier(lastPartOfPath(name.text)),
      hits: new Map(),
    }));
    for (const name of this.#unknown) this.#enter(name);
  }

  #put(index: Map<string, Indexed[]>, key: string, name: Indexed): void {
    const held = index.get(key);
    if (!held) index.set(key, [name]);
    else if (held.at(-1) !== name) held.push(name);
  }

  #enter(name: Indexed): void {
    const { kind, normalised } = name;
    const put = (form: string, text: string) => this.#put(this.#index, `${kind} ${form} ${text}`, name);
    if (kind === 'item') {
      const own = barcodeKey(name.text);
      const given = name.barcodes.length === 1 ? barcodeKey(name.barcodes[0]!) : undefined;
      for (const barcode of new Set([own, given])) if (barcode !== undefined) put('barcode', barcode);
    }
    put('zeros', withoutLeadingZeros(normalised));
    const bare = withoutSeparators(normalised);
    if (bare.length >= SHAPE_LEAST) put('bare', bare);
    if (name.lastPart !== normalised) put('part', name.lastPart);
    const names = new Set([normalised, ...(name.names.length === 1 ? [normaliseIdentifier(name.names[0]!)] : [])]);
    for (const each of names) if (each.length >= NAME_LEAST) put('name', each);
    if (normalised.length < ONE_CHARACTER_LEAST) return;
    this.#lengths.add(normalised.length);
    for (const deletion of deletionsOf(normalised)) this.#put(this.#deletions, `${kind} ${deletion}`, name);
  }

  /** Offers an entry of the workbook to every name it may be meant by. */
  offer(entry: KnownEntry): void {
    const hit = (form: string, text: string, reason: SuggestionReason, holds: (name: Indexed) => boolean = () => true) => {
      for (const name of this.#index.get(`${entry.kind} ${form} ${text}`) ?? []) if (holds(name)) this.#hit(name, reason, entry);
    };
    if (entry.kind === 'item' && entry.barcode !== null) {
      const barcode = barcodeKey(entry.barcode);
      if (barcode !== undefined) hit('barcode', barcode, 'same_barcode');
    }
    const entryName = normaliseIdentifier(entry.name);
    if (entryName.length >= NAME_LEAST) hit('name', entryName, 'same_name');
    const texts = new Set([normaliseIdentifier(entry.code), ...(entry.kind === 'location' && entryName !== '' ? [entryName] : [])]);
    for (const text of texts) {
      const bare = withoutLeadingZeros(text);
      hit('zeros', bare, 'leading_zeros', (name) => name.normalised !== text && bare.length > 1);
      hit('bare', withoutSeparators(text), 'without_separators', (name) => name.normalised !== text);
      hit('part', text, 'parent_part', (name) => !name.heldByOtherPaths.includes(entry.code));
      this.#offerNear(text, entry);
    }
  }

  #offerNear(text: string, entry: KnownEntry): void {
    const length = text.length;
    if (!this.#lengths.has(length) && !this.#lengths.has(length - 1) && !this.#lengths.has(length + 1)) return;
    for (const deletion of deletionsOf(text)) {
      for (const name of this.#deletions.get(`${entry.kind} ${deletion}`) ?? []) {
        const shape = (each: string) => withoutSeparators(withoutLeadingZeros(each));
        if (oneChange(name.normalised, text) && shape(name.normalised) !== shape(text)) this.#hit(name, 'one_character', entry);
      }
    }
  }

  #hit(name: Indexed, reason: SuggestionReason, entry: KnownEntry): void {
    const entries = name.hits.get(reason) ?? new Map<string, KnownEntry>();
    entries.set(entry.code, entry);
    name.hits.set(reason, entries);
  }

  /** By the key of each unknown name: what it may stand for, the strongest reason first, each entry once. */
  found(): Map<string, FoundSuggestion[]> {
    const found = new Map<string, FoundSuggestion[]>();
    for (const { key, text, hits } of this.#unknown) {
      const suggestions = new Map<string, FoundSuggestion>();
      for (const reason of SUGGESTION_REASONS) {
        const entries = [...(hits.get(reason)?.values() ?? [])];
        const [entry] = entries;
        if (!entry || entries.length > 1 || suggestions.has(entry.code)) continue;
        suggestions.set(entry.code, { code: entry.code, name: entry.name, reason, sentence: sentenceOf(reason, text, entry) });
      }
      if (suggestions.size > 0) found.set(key, [...suggestions.values()]);
    }
    return found;
  }
}
