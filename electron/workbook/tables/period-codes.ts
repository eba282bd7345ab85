/**
 * Period codes in SQL: `2026-10` is closed in the workbook's own currency, `2026-10-EUR` in that one. Lines, rules and openings are
 * those of periods in the same currency.
 */
import { currencyOfPeriod } from '@shared/domain/instant';
import type { ReadableWorkbook } from '../workbook';

/** The currency in a code; empty where it is the workbook's own. */
export const currencySql = (code: string): string => `substr(${code}, 9)`;

/** The code of the month before in the same currency, of the period that `alias` stands for. */
export const codeBeforeSql = (alias: string): string =>
  `strftime('%Y-%m', substr(${alias}.code, 1, 7) || '-01', '-1 month') || substr(${alias}.code, 8)`;

/** The currency that a period is closed in: every amount of it is in that one. */
export const closingCurrency = (workbook: ReadableWorkbook, code: string): string => currencyOfPeriod(code) ?? ownCurrency(workbook);

/**
 * The currency that the workbook is kept in: of its item list, the amounts of its first rules, and every location that has no other.
 * Where its row was taken away, which verification tells, amounts are still told.
 */
export const ownCurrency = (workbook: ReadableWorkbook): string => workbook.get<{ currency: string }>('SELECT currency FROM workbook')?.currency ?? 'XXX';

/** What a line may be worth before it is material, in minor units of the period's currency: nothing where the amount was given for another. */
export const materialityFor = (workbook: ReadableWorkbook, code: string): number =>
  currencyOfPeriod(code) === undefined ? workbook.get<{ materiality_minor: number }>('SELECT materiality_minor FROM workbook')!.materiality_minor : 0;
