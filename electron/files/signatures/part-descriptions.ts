/**
 * Says in words what a part of a workbook holds, so that a finding names a sheet and not only a file.
 *
 * Reads the workbook as it is now; in a forged file the names may be forged too, the part name never is.
 */
import { childrenNamed, descendantAt, parseXml } from './xml-reading';
import { partKey, relationshipsFrom, resolveTarget, sourceOf, type Part } from './opc-package';
import { contentOf } from './zip-container';

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Sheet names by `partKey` of their part; empty where the workbook cannot be read. */
export function sheetNames(parts: ReadonlyMap<string, Part>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  try {
    const workbook = parts.get(partKey('/xl/workbook.xml'));
    if (workbook === undefined) return names;
    const targets = new Map(
      relationshipsFrom(parts, workbook.name).map(({ id, target }) => [id, resolveTarget(workbook.name, target)]),
    );
    const root = parseXml(contentOf(workbook.item)).documentElement ?? undefined;
    for (const sheet of childrenNamed(descendantAt(root, SPREADSHEET, 'sheets'), SPREADSHEET, 'sheet')) {
      const target = targets.get(sheet.getAttributeNS(OFFICE_RELATIONSHIPS, 'id') ?? '');
      if (target !== undefined) names.set(partKey(target), sheet.getAttribute('name') ?? '');
    }
  } catch {
    // A damaged workbook has no sheet names; what is wrong with it is reported as a finding about its part.
  }
  return names;
}

const DESCRIPTIONS: readonly (readonly [pattern: RegExp, description: string])[] = [
  [/^\/xl\/sharedstrings\.xml$/, 'the texts of cells, of all sheets'],
  [/^\/xl\/styles\.xml$/, 'number formats, fonts and borders'],
  [/^\/xl\/workbook\.xml$/, 'names and order of the sheets, defined names'],
  [/^\/xl\/theme\//, 'colours and fonts of the theme'],
  [/^\/xl\/comments[^/]*\.xml$/, 'comments on cells'],
  [/^\/xl\/threadedcomments\//, 'comments on cells'],
  [/^\/xl\/drawings\//, 'drawings'],
  [/^\/xl\/media\//, 'pictures'],
  [/^\/xl\/charts\//, 'charts'],
  [/^\/xl\/tables\//, 'tables'],
  [/^\/xl\/externallinks\//, 'links to other workbooks'],
  [/^\/xl\/calcchain\.xml$/, 'the order of calculation'],
  [/^\/xl\/vbaproject\.bin$/, 'macros'],
  [/^\/docprops\//, 'document properties such as title and author'],
  [/^\/_xmlsignatures\//, 'signatures'],
];

/** A describer for the parts of one package. */
export function partDescriber(parts: ReadonlyMap<string, Part>): (partName: string) => {
  readonly part: string;
  readonly sheet?: string;
  /** The part and what it holds: `xl/worksheets/sheet1.xml (sheet "Journal")`. */
  readonly words: string;
} {
  const sheets = sheetNames(parts);
  return (partName) => {
    const part = partName.replace(/^\//, '');
    const key = partKey(partName);
    const sheet = sheets.get(key);
    if (sheet !== undefined) return { part, sheet, words: `${part} (sheet "${sheet}")` };
    if (key.endsWith('.rels')) {
      const source = sourceOf(key);
      const sourceSheet = sheets.get(source);
      if (sourceSheet !== undefined) {
        return { part, sheet: sourceSheet, words: `${part} (what the sheet "${sourceSheet}" links to)` };
      }
      const linked = source === '/' ? 'the package' : source.replace(/^\//, '');
      return { part, words: `${part} (what ${linked} links to)` };
    }
    const description = DESCRIPTIONS.find(([pattern]) => pattern.test(key))?.[1];
    return { part, words: description === undefined ? part : `${part} (${description})` };
  };
}
