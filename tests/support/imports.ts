/**
 * Shorthand for tests that import files: fixtures by name, text as bytes, outcomes that must hold.
 */
import path from 'node:path';
import type { ImportRequest, ImportResult, Rehearsal } from '@shared/domain/import';
import { parseInstant } from '@shared/domain/instant';
import type { Outcome } from '@shared/domain/outcome';
import { commitImport, rehearseImport } from '../../electron/services/imports';
import type { WorkbookFixture } from './workbook-fixture';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/import');

export const fixturePath = (name: string): string => path.join(FIXTURES, name);

/** The end of the fixture period, as exports without a date are taken. */
export const AS_OF = parseInstant('2026-10-31T23:00:00-07:00')!;

/** The value of an outcome that must not be a refusal. */
export function accepted<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure}: ${outcome.message}`);
  return outcome.value;
}

export type Given = Partial<ImportRequest>;

export function requestFor(fixture: WorkbookFixture, file: string | { readonly name: string; readonly text: string | Uint8Array<ArrayBuffer> }, given: Given = {}): ImportRequest {
  if (typeof file === 'string') return { filePath: fixturePath(file), fileName: file, periodId: fixture.periodId, ...given };
  const bytes = typeof file.text === 'string' ? new Uint8Array(Buffer.from(file.text)) : file.text;
  return { bytes, fileName: file.name, periodId: fixture.periodId, ...given };
}

export const lines = (...texts: string[]) => ({ name: 'file.csv', text: `${texts.join('\n')}\n` });

export async function rehearse(fixture: WorkbookFixture, file: Parameters<typeof requestFor>[1], given?: Given): Promise<Rehearsal> {
  return accepted(await rehearseImport(fixture.context, requestFor(fixture, file, given)));
}

/** Rehearses, then commits with the rehearsal's token. */
export async function importFile(fixture: WorkbookFixture, file: Parameters<typeof requestFor>[1], given?: Given): Promise<ImportResult> {
  const request = requestFor(fixture, file, given);
  const { token } = accepted(await rehearseImport(fixture.context, request));
  return accepted(await commitImport(fixture.context, request, token));
}

/** Items, ERP positions and locations that the other fixtures speak of. */
export async function importBasics(fixture: WorkbookFixture): Promise<void> {
  await importFile(fixture, 'netsuite-item-search.csv', { asOfInstant: AS_OF });
}

/** Everything a workbook holds, for comparing before and after. */
export function contentOf(fixture: WorkbookFixture): Record<string, unknown[]> {
  const tables = fixture.workbook.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  return Object.fromEntries(tables.map(({ name }) => [name, fixture.workbook.all(`SELECT * FROM ${name}`)]));
}
