/**
 * Rows of a sheet as its XML goes by: each cell as the text that a person sees.
 */
import type { WallClock } from '../../wall-clock';
import { CELL_LENGTH_MAX, checkRow, COLUMNS_MAX, isBomb, ROW_LENGTH_MAX, SHEET_ROWS_MAX, UnreadableFile, type SourceRow } from '../limits';
import { recordText } from '../records';
import { decodeCellText, numericCellText, type CellFormat } from './cell-text';
import { columnOf, type MergeFiller } from './merged-cells';
import type { WorkbookParts } from './parts';
import { attributeOf, type XmlHandler } from './xml';

const PLAIN_FORMAT: CellFormat = { shows: 'number' };

/** Its text is made when it is asked for: a few shared strings could otherwise fill the memory. */
class SheetRow implements SourceRow {
  constructor(
    readonly rowNumber: number,
    readonly cells: readonly string[],
  ) {}

  get raw(): string {
    return recordText(this.cells);
  }
}

/** Collects finished rows. */
export class SheetRows implements XmlHandler {
  readonly finished: SourceRow[] = [];
  #rowNumber = 0;
  #rowLength = 0;
  #textLength = 0;
  #cells: string[] | undefined;
  #rowHasNumber = false;
  #column = 0;
  #type = '';
  #style = 0;
  #value = '';
  #formula = '';
  #hasValue = false;
  #hasFormula = false;
  #collecting: 'value' | 'formula' | undefined;
  #inPhonetic = false;

  /** @param byteLength of the file: what its rows say cannot be many times as long */
  constructor(
    readonly parts: WorkbookParts,
    readonly clock: WallClock,
    readonly merges: MergeFiller,
    readonly fileName: string,
    readonly byteLength: number,
  ) {}

  open(name: string, attributes: string): void {
    if (name === 'row') this.#openRow(Number(attributeOf(attributes, 'r')));
    else if (name === 'c' && this.#cells) {
      this.#column = columnOf(attributeOf(attributes, 'r') ?? '') || this.#column + 1;
      this.#type = attributeOf(attributes, 't') ?? 'n';
      this.#style = Number(attributeOf(attributes, 's') ?? 0);
      this.#value = '';
      this.#formula = '';
      this.#hasValue = false;
      this.#hasFormula = false;
    } else if (name === 'v' || (name === 't' && !this.#inPhonetic)) {
      this.#collecting = 'value';
      this.#hasValue = true;
    } else if (name === 'f') {
      this.#collecting = 'formula';
      this.#hasFormula = true;
    } else if (name === 'rPh') this.#inPhonetic = true;
  }

  text(text: string): void {
    if (this.#collecting === 'value') this.#value += text;
    else if (this.#collecting === 'formula') this.#formula += text;
    else return;
    if (this.#value.length > CELL_LENGTH_MAX || this.#formula.length > CELL_LENGTH_MAX) {
      throw new UnreadableFile('cell_too_large', `${this.fileName}: a cell of row ${this.#rowNumber} holds more than ${CELL_LENGTH_MAX} characters.`);
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.#collecting = undefined;
    else if (name === 'rPh') this.#inPhonetic = false;
    else if (name === 'c') this.#finishCell();
    else if (name === 'row' && this.#cells) this.#finishRow(this.#cells);
  }

  /** @param stated the row's number as written: left out by some writers, repeated by none */
  #openRow(stated: number): void {
    this.#rowNumber = Number.isInteger(stated) && stated > this.#rowNumber && stated <= SHEET_ROWS_MAX ? stated : this.#rowNumber + 1;
    if (this.#rowNumber > SHEET_ROWS_MAX) {
      throw new UnreadableFile('file_too_large', `${this.fileName} has a sheet of more than ${SHEET_ROWS_MAX} rows. Export it as CSV.`);
    }
    this.#cells = [];
    this.#column = 0;
    this.#rowLength = 0;
    this.#rowHasNumber = false;
  }

  #finishRow(found: string[]): void {
    this.merges.fill(this.#rowNumber, found, this.#rowHasNumber);
    const cells = Array.from(found, (cell) => cell ?? '');
    checkRow(cells, this.#rowNumber);
    this.#textLength += this.#rowLength;
    if (isBomb(this.#textLength, this.byteLength)) {
      throw new UnreadableFile('file_too_large', `${this.fileName}: the texts of its rows are more than 250 times as long as the file, as in no table.`);
    }
    this.finished.push(new SheetRow(this.#rowNumber, cells));
    this.#cells = undefined;
  }

  #finishCell(): void {
    if (!this.#cells) return;
    if (this.#column > COLUMNS_MAX) {
      // A far column is a stray format more often than data; only one that holds something is too many.
      if (!this.#hasValue && !this.#hasFormula) return;
      throw new UnreadableFile(
        'too_many_columns',
        `${this.fileName}: row ${this.#rowNumber} has a value in column ${this.#column}; at most ${COLUMNS_MAX} columns are read. Save the file with the columns that are needed.`,
      );
    }
    const text = this.#cellText();
    if (text === '') return;
    if (this.#cells[this.#column - 1] !== undefined) {
      throw new UnreadableFile('file_unreadable', `${this.fileName} is damaged: row ${this.#rowNumber} gives column ${this.#column} twice. Save it again in the spreadsheet program.`);
    }
    this.#rowLength += text.length;
    if (this.#rowLength > ROW_LENGTH_MAX) {
      throw new UnreadableFile('cell_too_large', `${this.fileName}: row ${this.#rowNumber} is longer than ${ROW_LENGTH_MAX} characters.`);
    }
    this.#cells[this.#column - 1] = text;
  }

  #cellText(): string {
    const value = this.#hasValue ? this.#value : '';
    // A formula whose value was not kept is shown as one: empty would say that there is nothing.
    if (value === '' && this.#type !== 'str' && this.#hasFormula) return `=${this.#formula}`;
    if (!this.#hasValue) return '';
    switch (this.#type) {
      case 's':
        return this.#sharedString();
      case 'inlineStr':
      case 'str':
        return decodeCellText(value);
      case 'b':
        return value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
      case 'd':
        return value;
      default:
        this.#rowHasNumber = true;
        return numericCellText(value, this.parts.formats[this.#style] ?? PLAIN_FORMAT, this.parts.date1904, this.clock);
    }
  }

  #sharedString(): string {
    const text = /^\s*\d+\s*$/.test(this.#value) ? this.parts.sharedStrings[Number(this.#value)] : undefined;
    if (text !== undefined) return text;
    throw new UnreadableFile(
      'file_unreadable',
      `${this.fileName} is damaged: row ${this.#rowNumber}, column ${this.#column} points to text ${JSON.stringify(this.#value.slice(0, 20))}, and the file has ${this.parts.sharedStrings.length} texts. Save it again in the spreadsheet program.`,
    );
  }
}
