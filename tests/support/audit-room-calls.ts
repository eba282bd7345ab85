/** Every call of the auditor's room once, on the sample company's locked month. */
import path from 'node:path';
import { expect } from 'vitest';
import type { CallInput, CallOutput } from '@shared/contract/call';
import type { WorkbookCalls, WorkbookChannel } from '@shared/contract/index';
import { chainHead } from '../../electron/workbook/audit';
import type { ReadableWorkbook } from '../../electron/workbook/workbook';
import { SEPTEMBER } from './calls';

/** Answers a call that must not be refused. */
export type Get = <Channel extends WorkbookChannel>(channel: Channel, input: CallInput<WorkbookCalls[Channel]>) => Promise<CallOutput<WorkbookCalls[Channel]>>;

/**
 * Draws, counts, concludes, and holds the workbook's trail against what it was.
 *
 * @param folder where the working paper is saved
 */
export async function walkAuditRoom(get: Get, workbook: ReadableWorkbook, folder: string): Promise<void> {
  const before = chainHead(workbook);
  const file = 'Sample.tieout-audit';
  const terms = { method: 'random', size: 1 } as const;
  await get('auditRoom:create', { file, auditor: 'Noor Haddad' });
  expect(await get('samples:plan', { periodId: SEPTEMBER, terms })).toMatchObject({ sampleSize: 1 });
  const { sampleId } = await get('samples:draw', { file, periodId: SEPTEMBER, terms });
  const { items } = await get('samples:read', { file, sampleId });
  await get('samples:change', { file, sampleId, change: { kind: 'item', number: items[0]!.number, countedScaled: items[0]!.bookScaled, auditedCostScaled: null } });
  expect(await get('samples:change', { file, sampleId, change: { kind: 'conclude', conclusion: 'It is there.' } })).toMatchObject({ conclusion: 'It is there.' });
  expect(await get('samples:list', { file })).toMatchObject([{ counted: 1, conclusion: 'It is there.' }]);
  expect(await get('samples:repeat', { file, sampleId })).toMatchObject({ state: 'same' });
  expect(await get('auditRoom:files', {})).toMatchObject({ files: [{ file, samples: 1 }] });
  expect(await get('auditRoom:verify', { file })).toMatchObject({ holds: true });
  const target = path.join(folder, 'paper.xlsx');
  expect(await get('samples:save', { file, sampleId, path: target })).toEqual({ path: target });
  expect((await get('cutOff:test', { periodId: SEPTEMBER })).items).not.toEqual([]);
  expect(await get('auditRoom:replay', { periodId: SEPTEMBER, file })).toMatchObject({ same: true, differences: [] });
  const kept = await get('cutOff:keep', { file, periodId: SEPTEMBER, count: 2 });
  const judged = await get('cutOff:judge', { file, cutOffTestId: kept.cutOffTestId, number: 1, ownJudgement: 'right_period', note: 'Bill of lading seen' });
  expect(judged.items[0]).toMatchObject({ ...kept.items[0]!, ownJudgement: 'right_period', note: 'Bill of lading seen' });
  expect(await get('cutOff:kept', { file })).toMatchObject([{ periodCode: '2026-09', count: 2, judged: 1, runBy: 'Noor Haddad' }]);
  expect(await get('cutOff:read', { file, cutOffTestId: kept.cutOffTestId })).toEqual(judged);
  expect(await get('auditRoom:verify', { file })).toMatchObject({ holds: true });
  expect(chainHead(workbook)).toEqual(before);
}
