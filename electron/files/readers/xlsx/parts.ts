/**
 * The parts around the sheets: which sheets there are, what the styles show, the shared strings.
 */
import { CELL_LENGTH_MAX, HELD_BYTES_MAX, UnreadableFile } from '../limits';
import { cellFormat, decodeCellText, type CellFormat } from './cell-text';
import { attributeOf, XmlScanner, type XmlHandler } from './xml';
import type { ZipArchive } from '../zip';

/** Sheets that are looked at. */
const SHEETS_MAX = 255;

export interface SheetPart {
  readonly name: string;
  readonly path: string;
}

export interface WorkbookParts {
  /** In the workbook's order; hidden sheets are left out. */
  readonly sheets: readonly SheetPart[];
  readonly date1904: boolean;
  /** By style number. */
  readonly formats: readonly CellFormat[];
  readonly sharedStrings: readonly string[];
}

/** Feeds a part through a handler. */
export async function scanPart(archive: ZipArchive, path: string, handler: XmlHandler, bytesMax = HELD_BYTES_MAX): Promise<void> {
  const scanner = new XmlScanner(handler, path);
  // One decoder over all pieces: a character may be split between two.
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of archive.chunks(path, bytesMax)) scanner.write(decoder.decode(chunk, { stream: true }));
  scanner.write(decoder.decode());
  scanner.end();
}

async function readRelations(archive: ZipArchive, path: string): Promise<ReadonlyMap<string, { readonly type: string; readonly target: string }>> {
  const relations = new Map<string, { type: string; target: string }>();
  await scanPart(archive, path, {
    open: (name, attributes) => {
      const id = attributeOf(attributes, 'Id');
      const target = attributeOf(attributes, 'Target');
      if (name === 'Relationship' && id && target) relations.set(id, { type: attributeOf(attributes, 'Type') ?? '', target });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
}

/** A target as a path in the archive; targets are relative to `folder` or begin with a slash. */
function resolveTarget(target: string, folder: string): string {
  const parts = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

async function readFormats(archive: ZipArchive, path: string): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const formatIds: number[] = [];
  let inCellFormats = false;
  await scanPart(archive, path, {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        codes.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '');
      } else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) formatIds.push(Number(attributeOf(attributes, 'numFmtId') ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text: () => undefined,
  });
  return formatIds.map((formatId) => cellFormat(formatId, codes.get(formatId)));
}

/** Collects the text of `t` elements, without the phonetic readings that stand beside them. */
async function readSharedStrings(archive: ZipArchive, path: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inPhonetic = false;
  await scanPart(archive, path, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') inText = !inPhonetic;
      else if (name === 'rPh') inPhonetic = true;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') strings.push(decodeCellText(text));
    },
    text: (piece) => {
      if (inText) text += piece;
      if (text.length > CELL_LENGTH_MAX) throw new UnreadableFile('cell_too_large', `A text of the XLSX is longer than ${CELL_LENGTH_MAX} characters.`);
    },
  });
  return strings;
}

/** @throws UnreadableFile where the archive is no spreadsheet */
export async function readWorkbookParts(archive: ZipArchive, fileName: string): Promise<WorkbookParts> {
  const notASheet = (why: string) => new UnreadableFile('file_unreadable', `${fileName} is a ZIP archive but no XLSX: ${why}.`);
  if (!archive.has('_rels/.rels')) throw notASheet('_rels/.rels is missing');
  const root = [...(await readRelations(archive, '_rels/.rels')).values()].find(({ type }) => type.endsWith('/officeDocument'));
  if (!root) throw notASheet('it names no document');
  const workbookPath = resolveTarget(root.target, '');
  const folder = workbookPath.split('/').slice(0, -1).join('/');
  const relationsPath = `${folder ? `${folder}/` : ''}_rels/${workbookPath.split('/').at(-1)}.rels`;
  if (!archive.has(workbookPath) || !archive.has(relationsPath)) throw notASheet(`${workbookPath} is missing`);
  const relations = await readRelations(archive, relationsPath);

  const sheets: SheetPart[] = [];
  let date1904 = false;
  await scanPart(archive, workbookPath, {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = relations.get(attributeOf(attributes, 'id') ?? '');
      const visible = (attributeOf(attributes, 'state') ?? 'visible') === 'visible';
      if (!relation?.type.endsWith('/worksheet') || !visible) return;
      sheets.push({ name: attributeOf(attributes, 'name') ?? '', path: resolveTarget(relation.target, folder) });
    },
    close: () => undefined,
    text: () => undefined,
  });
  if (sheets.length === 0) throw notASheet('it has no visible sheet');
  if (sheets.length > SHEETS_MAX) {
    throw new UnreadableFile('file_unreadable', `${fileName} has ${sheets.length} sheets; at most ${SHEETS_MAX} are looked at. Save the one that is needed by itself.`);
  }
  const pathOf = (typeEnd: string) => {
    const found = [...relations.values()].find(({ type }) => type.endsWith(typeEnd));
    const path = found && resolveTarget(found.target, folder);
    return path && archive.has(path) ? path : undefined;
  };
  const stylesPath = pathOf('/styles');
  const stringsPath = pathOf('/sharedStrings');
  return {
    sheets,
    date1904,
    formats: stylesPath ? await readFormats(archive, stylesPath) : [],
    sharedStrings: stringsPath ? await readSharedStrings(archive, stringsPath) : [],
  };
}
