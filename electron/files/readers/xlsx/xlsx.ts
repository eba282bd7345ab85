/**
 * Sheets of an XLSX, row by row, each cell as text: what it shows to a person, exactly.
 *
 * Own reader over the archive's parts: the streaming reader of exceljs breaks characters that lie across two pieces of
 * the file, and depends on the order of the parts. Formulas count by their cached value; one without it shows its text.
 */
import { recordText } from '../records';
import { CELL_LENGTH_MAX, checkRow, COLUMNS_MAX, UnreadableFile, type SourceRow } from '../limits';
import type { ByteSource } from '../source';
import type { WallClock } from '../../wall-clock';
import { decodeCellText, numericCellText, type CellFormat } from './cell-text';
import { readWorkbookParts, type WorkbookParts } from './parts';
import { attributeOf, XmlScanner, type XmlHandler } from './xml';
import { ZipArchive } from './zip';

/** A sheet is read as a stream; this bounds time, not memory. */
const SHEET_BYTES_MAX = 8 * 1024 ** 3;
/** A piece of the sheet's XML holds a few hundred rows; several make a batch. */
const BATCH_ROWS = 1_000;
const PLAIN_FORMAT: CellFormat = { shows: 'number' };

/** Column `BC12` as 55. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const letter = reference.charCodeAt(index) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column;
}

/** Collects finished rows while the sheet's XML goes by. */
class SheetHandler implements XmlHandler {
  readonly rows: SourceRow[] = [];
  #rowNumber = 0;
  #cells: string[] | undefined;
  #column = 0;
  #type = '';
  #style = 0;
  #value = '';
  #formula = '';
  #hasValue = false;
  #collecting: 'value' | 'formula' | undefined;
  #inPhonetic = false;

  constructor(
    readonly parts: WorkbookParts,
    readonly clock: WallClock,
  ) {}

  open(name: string, attributes: string): void {
    if (name === 'row') {
      this.#rowNumber = Number(attributeOf(attributes, 'r')) || this.#rowNumber + 1;
      this.#cells = [];
      this.#column = 0;
    } else if (name === 'c' && this.#cells) {
      this.#column = columnOf(attributeOf(attributes, 'r') ?? '') || this.#column + 1;
      this.#type = attributeOf(attributes, 't') ?? 'n';
      this.#style = Number(attributeOf(attributes, 's') ?? 0);
      this.#value = '';
      this.#formula = '';
      this.#hasValue = false;
    } else if (name === 'v' || (name === 't' && !this.#inPhonetic)) {
      this.#collecting = 'value';
      this.#hasValue = true;
    } else if (name === 'f') this.#collecting = 'formula';
    else if (name === 'rPh') this.#inPhonetic = true;
  }

  text(text: string): void {
    if (this.#collecting === 'value') this.#value += text;
    else if (this.#collecting === 'formula') this.#formula += text;
    else return;
    if (this.#value.length > CELL_LENGTH_MAX) {
      throw new UnreadableFile('cell_too_large', `A cell of row ${this.#rowNumber} holds more than ${CELL_LENGTH_MAX} characters.`);
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.#collecting = undefined;
    else if (name === 'rPh') this.#inPhonetic = false;
    else if (name === 'c') this.#finishCell();
    else if (name === 'row' && this.#cells) {
      const cells = Array.from(this.#cells, (cell) => cell ?? '');
      checkRow(cells, this.#rowNumber);
      this.rows.push({ rowNumber: this.#rowNumber, cells, raw: recordText(cells) });
      this.#cells = undefined;
    }
  }

  #finishCell(): void {
    if (!this.#cells) return;
    if (this.#column > COLUMNS_MAX) {
      // A far column is a stray format more often than data; only one that holds something is too many.
      if (!this.#hasValue && !this.#formula) return;
      throw new UnreadableFile(
        'too_many_columns',
        `Row ${this.#rowNumber} has a value in column ${this.#column}; at most ${COLUMNS_MAX} columns are read.`,
      );
    }
    const text = this.#cellText();
    if (text !== '') this.#cells[this.#column - 1] = text;
  }

  #cellText(): string {
    if (!this.#hasValue) return this.#formula ? `=${this.#formula}` : '';
    switch (this.#type) {
      case 's':
        return this.parts.sharedStrings[Number(this.#value)] ?? '';
      case 'inlineStr':
      case 'str':
        return decodeCellText(this.#value);
      case 'b':
        return this.#value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
      case 'd':
        return this.#value;
      default:
        return numericCellText(this.#value, this.parts.formats[this.#style] ?? PLAIN_FORMAT, this.parts.date1904, this.clock);
    }
  }
}

export interface XlsxFile {
  readonly sheets: readonly string[];
  batches(sheet: string): AsyncGenerator<SourceRow[], void, undefined>;
}

/** @throws UnreadableFile where the file is no spreadsheet */
export async function openXlsx(source: ByteSource, clock: WallClock): Promise<XlsxFile> {
  const archive = await ZipArchive.open(source);
  const parts = await readWorkbookParts(archive, source.fileName);
  return {
    sheets: parts.sheets.map((sheet) => sheet.name),
    batches: async function* batches(name) {
      const sheet = parts.sheets.find((each) => each.name === name);
      if (!sheet) {
        const names = parts.sheets.map((each) => each.name).join(', ');
        throw new UnreadableFile('sheet_unknown', `${source.fileName} has no sheet ${name}. It has: ${names}.`);
      }
      const handler = new SheetHandler(parts, clock);
      const scanner = new XmlScanner(handler, sheet.path);
      const decoder = new TextDecoder('utf-8');
      for await (const chunk of archive.chunks(sheet.path, SHEET_BYTES_MAX)) {
        scanner.write(decoder.decode(chunk, { stream: true }));
        if (handler.rows.length >= BATCH_ROWS) yield handler.rows.splice(0);
      }
      scanner.write(decoder.decode());
      scanner.end();
      if (handler.rows.length > 0) yield handler.rows.splice(0);
    },
  };
}
