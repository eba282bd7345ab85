/**
 * What the files of count sheets hold. There is no place in it for a quantity, a cost or a variance of the books: what
 * is not here cannot be printed.
 */
import type { PaperFormat } from '@shared/domain/journal-workbook';

export interface SheetFileLine {
  readonly line: number;
  readonly location: string;
  readonly bin: string;
  readonly sku: string;
  readonly item: string;
  readonly barcode: string;
  readonly unit: string;
}

export interface SheetFileSheet {
  readonly number: string;
  readonly location: string;
  readonly lines: readonly SheetFileLine[];
}

export interface SheetFileContent {
  readonly company: string;
  /** `October 2026`. */
  readonly period: string;
  readonly firstCountNo: number;
  readonly paper: PaperFormat;
  readonly issuedInstant: number;
  readonly sheets: readonly SheetFileSheet[];
}
