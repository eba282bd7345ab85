/**
 * What the unknown names of a period may stand for. Reads the workbook once for each source and decides nothing itself:
 * the reasons are `shared/domain/suggestions`.
 */
import type { SuggestedName } from '@shared/domain/quarantine';
import { differsInFigure, lastPartOfPath, normaliseIdentifier } from '@shared/domain/identity-text';
import { SuggestionFinder, type KnownEntry, type UnknownName } from '@shared/domain/suggestions';
import { aliasesOf } from '../../workbook/tables/aliases';
import { isNamedIn } from '../../workbook/tables/data-rows';
import { importById } from '../../workbook/tables/imports';
import { iterateItems } from '../../workbook/tables/items';
import { listLocations } from '../../workbook/tables/locations';
import { rowsOfUnknownNames, waitingGroups, type WaitingNameRow } from '../../workbook/tables/quarantine';
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Job } from '../context';
import { matchOfDefinition, parseDefinition, type ImportDefinition } from '../imports/profiles/definition';
import { cellsOf } from './selection';

type NameKind = 'item' | 'location';

/** What a name is and the same name's name and barcode are told by its first rows of each file. */
const ROWS_ASKED = 3;

interface WaitingName {
  readonly source: string;
  readonly kind: NameKind;
  readonly alias: string;
  readonly rows: number;
}

interface Said {
  readonly names: Set<string>;
  readonly barcodes: Set<string>;
  readonly importIds: Set<number>;
}

const keyOf = (source: string, kind: NameKind, alias: string) => `${kind}\n${source}\n${alias}`;

/** The names that rows wait for, the most frequent first. */
function waitingNames(workbook: ReadableWorkbook, periodId: number): WaitingName[] {
  return waitingGroups(workbook, periodId).flatMap(({ source, reason, subject, rows }) => {
    if (reason !== 'unknown_item' && reason !== 'unknown_location') return [];
    return [{ source, kind: reason === 'unknown_item' ? 'item' : 'location', alias: subject, rows }];
  });
}

/** What the rows of the unknown items say of them besides the name. */
function whatRowsSay(workbook: ReadableWorkbook, periodId: number, job: Job): Map<string, Said> {
  const said = new Map<string, Said>();
  const columns = new Map<number, { readonly definition: ImportDefinition; readonly name: number; readonly barcode: number }>();
  const columnsOf = (importId: number) => {
    let held = columns.get(importId);
    if (!held) {
      const row = importById(workbook, importId)!;
      const definition = parseDefinition(row.definition);
      const { matched } = matchOfDefinition(definition, row.header_row);
      const place = (field: string) => matched.find(({ column }) => column.field === field)?.index ?? -1;
      held = { definition, name: place('name'), barcode: place('barcode') };
      columns.set(importId, held);
    }
    return held;
  };
  const take = (kind: NameKind, row: WaitingNameRow) => {
    const key = keyOf(row.source, kind, row.subject);
    const held = said.get(key) ?? { names: new Set(), barcodes: new Set(), importIds: new Set() };
    said.set(key, held);
    held.importIds.add(row.import_id);
    const { definition, name, barcode } = columnsOf(row.import_id);
    if (kind === 'location' || (name < 0 && barcode < 0)) return;
    const cells = cellsOf(definition, row);
    const put = (set: Set<string>, text: string | undefined) => {
      if (text !== undefined && text.trim() !== '') set.add(text.trim());
    };
    put(held.names, cells[name]);
    put(held.barcodes, cells[barcode]);
  };
  for (const row of rowsOfUnknownNames(workbook, periodId, 'unknown_item', ROWS_ASKED)) take('item', row);
  job.checkCancelled();
  for (const row of rowsOfUnknownNames(workbook, periodId, 'unknown_location', 1)) take('location', row);
  return said;
}

/** Codes that a source reaches by a path, by the path's last part. */
function pathsOf(workbook: ReadableWorkbook, kind: NameKind, source: string): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { alias, target_code } of aliasesOf(workbook, kind, source)) {
    const last = normaliseIdentifier(lastPartOfPath(alias));
    if (last !== normaliseIdentifier(alias)) paths.set(last, [...(paths.get(last) ?? []), target_code]);
  }
  return paths;
}

function offerAll(workbook: ReadableWorkbook, finder: SuggestionFinder, source: string): void {
  const offer = (entry: KnownEntry) => finder.offer(entry);
  for (const { sku, name, barcode } of iterateItems(workbook)) offer({ kind: 'item', code: sku, name, barcode });
  for (const { code, name } of listLocations(workbook)) offer({ kind: 'location', code, name, barcode: null });
  // A source that names an item by its barcode has told the barcode.
  for (const { alias, target_code } of aliasesOf(workbook, 'item', source)) offer({ kind: 'item', code: target_code, name: '', barcode: alias });
}

/** Whether one of the files that use an unknown name speaks of the item by its own code as well: then they are two. */
const standsBeside = (workbook: ReadableWorkbook, importIds: ReadonlySet<number>, sku: string): boolean =>
  [...importIds].some((importId) => isNamedIn(workbook, importId, sku));

/**
 * Names that rows of a period wait for, each with what it may stand for and why; names without a suggestion are left out.
 */
export function suggestNames(workbook: ReadableWorkbook, periodId: number, job: Job): SuggestedName[] {
  const waiting = waitingNames(workbook, periodId);
  if (waiting.length === 0) return [];
  const said = whatRowsSay(workbook, periodId, job);
  const suggested: SuggestedName[] = [];
  const sources = [...new Set(waiting.map(({ source }) => source))];
  for (const [index, source] of sources.entries()) {
    job.checkCancelled();
    job.progress('Looking for names', index, sources.length);
    const paths = { item: pathsOf(workbook, 'item', source), location: pathsOf(workbook, 'location', source) };
    const names = waiting.filter((name) => name.source === source);
    const unknown = names.map(({ kind, alias }): UnknownName => {
      const key = keyOf(source, kind, alias);
      const about = said.get(key);
      return {
        key,
        kind,
        text: alias,
        names: [...(about?.names ?? [])],
        barcodes: [...(about?.barcodes ?? [])],
        heldByOtherPaths: paths[kind].get(normaliseIdentifier(lastPartOfPath(alias))) ?? [],
      };
    });
    const finder = new SuggestionFinder(unknown);
    offerAll(workbook, finder, source);
    const found = finder.found();
    for (const { kind, alias, rows } of names) {
      const key = keyOf(source, kind, alias);
      // Two articles of a row often differ in one figure: where a file names both, neither is the other misspelt.
      const isNeighbour = (code: string) =>
        differsInFigure(normaliseIdentifier(alias), normaliseIdentifier(code)) && standsBeside(workbook, said.get(key)?.importIds ?? new Set(), code);
      const suggestions = (found.get(key) ?? [])
        .filter(({ reason, code }) => reason !== 'one_character' || kind !== 'item' || !isNeighbour(code))
        .map(({ code, name, reason, sentence }) => ({ targetCode: code, targetName: name, reason, sentence }));
      if (suggestions.length > 0) suggested.push({ source, kind, alias, rows, suggestions });
    }
  }
  return suggested;
}
