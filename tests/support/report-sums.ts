/**
 * Reports in tests: read from a workbook, their rows by the ids of their columns, and held to the promise that rows add up.
 */
import { expect } from 'vitest';
import { type Cell, type Report, type ReportId, ReportRequest, type ReportSection } from '@shared/domain/report';
import { readReport } from '../../electron/services/reports/index';
import type { ReadableWorkbook } from '../../electron/workbook/workbook';

export type Named = Readonly<Record<string, Cell>>;

export function reportOf(workbook: ReadableWorkbook, periodId: number, report: ReportId, more: Partial<ReportRequest> = {}): Report {
  const outcome = readReport(workbook, ReportRequest.parse({ periodId, report, linesMax: 100_000, ...more }));
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

export function sectionOf(report: Report, id: string): ReportSection {
  const section = report.sections.find((each) => each.id === id);
  if (!section) throw new Error(`${report.id} has no section ${id}: ${report.sections.map((each) => each.id).join(', ')}`);
  return section;
}

const named = ({ columns }: ReportSection, cells: readonly Cell[]): Named => Object.fromEntries(columns.map(({ id }, index) => [id, cells[index] ?? null]));

/** The lines of a section, without what repeats or fills up. */
export const linesOf = (section: ReportSection): Named[] => section.rows.filter(({ kind }) => kind === 'line').map(({ cells }) => named(section, cells));
export const totalOf = (section: ReportSection): Named => named(section, section.total ?? []);

/** What the rows that count come to, column by column. */
export function addedUp(section: ReportSection): Named {
  return Object.fromEntries(
    section.columns.filter(({ sums }) => sums).map(({ id }) => {
      const index = section.columns.findIndex((column) => column.id === id);
      const known = section.rows.filter(({ kind }) => kind !== 'subtotal').map(({ cells }) => cells[index]).filter((cell) => typeof cell === 'number');
      return [id, known.length === 0 ? null : known.reduce((total, cell) => total + cell, 0)];
    }),
  );
}

/** Rows add up to totals, subtotals to the rows above them, and every section of a report has one total of a column. */
export function expectToAddUp(report: Report): void {
  for (const section of report.sections) {
    expect(section.rows.filter(({ kind }) => kind === 'line').length, `${report.id} ${section.id}`).toBeLessThanOrEqual(section.linesInAll);
    for (const { cells } of section.rows) expect(cells).toHaveLength(section.columns.length);
    if (section.total) {
      const total = totalOf(section);
      const sums = addedUp(section);
      for (const [id, sum] of Object.entries(sums)) {
        if (section.rows.length > 0) expect([id, total[id] ?? null], `${report.id} ${section.id}`).toEqual([id, sum]);
      }
    }
    let run: (readonly Cell[])[] = [];
    for (const { kind, cells } of section.rows) {
      if (kind === 'line') run.push(cells);
      if (kind !== 'subtotal') continue;
      section.columns.forEach(({ id, sums, kind: columnKind }, index) => {
        // A value is rounded once in its row and once in its subtotal: only whole figures are the same to the last digit.
        if (!sums || (columnKind === 'amount' && report.id !== 'exceptions' && report.id !== 'adjustments')) return;
        const known = run.map((row) => row[index]).filter((cell) => typeof cell === 'number');
        if (known.length > 0) expect([id, cells[index]], `${report.id} ${section.id}`).toEqual([id, known.reduce((total, cell) => total + cell, 0)]);
      });
      run = [];
    }
  }
}
