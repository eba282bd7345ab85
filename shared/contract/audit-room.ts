/**
 * The auditor's room: the auditor's own file, samples, and the cut-off test. Nothing here writes to the workbook, so a workbook that is
 * open for reading only serves all of it.
 */
import { z } from 'zod';
import { CutOffItem, JUDGEMENTS, KeptCutOff, KeptCutOffSummary } from '../domain/audit/cut-off';
import { Sample, SampleChange, SamplePlan, SampleSummary, SampleTerms } from '../domain/audit/sample';
import { REPLAY_DIFFERENCES_TOLD, ReplayAnswer } from '../domain/replay';
import type { ContractArea } from './call';
import { Nothing } from './call';

export const AuditorFile = z.strictObject({
  /** Its name beside the workbook. */
  file: z.string(),
  auditor: z.string(),
  createdInstant: z.int(),
  samples: z.int(),
  /** Why it cannot be used with this workbook; empty where it can. */
  problem: z.string(),
});
export type AuditorFile = z.infer<typeof AuditorFile>;

const File = z.string().min(1).max(120);
const FILE_FAILURES = ['file_name', 'file_missing', 'not_an_auditor_file', 'schema_newer', 'file_damaged', 'other_workbook', 'file_busy'] as const;
const DRAW_FAILURES = [
  'period_missing', 'not_reconciled', 'nothing_to_sample', 'tolerable_missing', 'expected_too_high', 'risk_untabulated', 'size_too_large', 'size_missing',
] as const;

export const Repeated = z.strictObject({ state: z.enum(['same', 'changed', 'period_missing']), message: z.string() });
export type Repeated = z.infer<typeof Repeated>;

export const auditRoomContract = {
  'auditRoom:files': { input: Nothing, output: z.strictObject({ files: z.array(AuditorFile), usualName: z.string() }), failures: [] },
  'auditRoom:create': {
    input: z.strictObject({ file: File, auditor: z.string().trim().min(1).max(200) }), output: AuditorFile, failures: ['file_name', 'file_exists', 'file_unwritable'],
  },
  'auditRoom:verify': {
    input: z.strictObject({ file: File }), output: z.strictObject({ holds: z.boolean(), message: z.string(), findings: z.array(z.string()) }), failures: FILE_FAILURES,
  },
  'samples:plan': { input: z.strictObject({ periodId: z.int(), terms: SampleTerms }), output: SamplePlan, failures: DRAW_FAILURES, scans: true },
  'samples:draw': {
    input: z.strictObject({ file: File, periodId: z.int(), purpose: z.string().max(2_000).default(''), terms: SampleTerms, seed: z.string().max(200).default('') }),
    output: z.strictObject({ sampleId: z.int() }),
    failures: [...DRAW_FAILURES, ...FILE_FAILURES],
    scans: true,
  },
  'samples:list': { input: z.strictObject({ file: File }), output: z.array(SampleSummary), failures: FILE_FAILURES },
  'samples:read': { input: z.strictObject({ file: File, sampleId: z.int() }), output: Sample, failures: [...FILE_FAILURES, 'sample_missing'] },
  /** Draws it again from its seed and says whether the same lines come. */
  'samples:repeat': { input: z.strictObject({ file: File, sampleId: z.int() }), output: Repeated, failures: [...FILE_FAILURES, 'sample_missing'], scans: true },
  'samples:change': {
    input: z.strictObject({ file: File, sampleId: z.int(), change: SampleChange }),
    output: Sample,
    failures: [...FILE_FAILURES, 'sample_missing', 'sample_concluded', 'line_missing', 'mark_unknown', 'mark_taken', 'items_open'],
  },
  /** The working paper as an Excel file. */
  'samples:save': {
    input: z.strictObject({ file: File, sampleId: z.int(), path: z.string().min(1) }),
    output: z.strictObject({ path: z.string() }),
    failures: [...FILE_FAILURES, 'sample_missing', 'file_unwritable'],
  },
  'cutOff:test': {
    input: z.strictObject({ periodId: z.int(), count: z.int().min(1).max(500).default(10) }),
    output: z.strictObject({ periodCode: z.string(), cutOffInstant: z.int(), count: z.int(), items: z.array(CutOffItem) }),
    failures: ['period_missing'],
    scans: true,
  },
  /** Computes the period again from its stored files and holds it against what is kept; with a file, the outcome is told in its trail. */
  'auditRoom:replay': {
    input: z.strictObject({ periodId: z.int(), file: File.nullable().default(null), differencesMax: z.int().min(1).max(10_000).default(REPLAY_DIFFERENCES_TOLD) }),
    output: ReplayAnswer,
    failures: ['period_missing', 'not_reconciled', ...FILE_FAILURES, 'workbook_changed'],
    long: true,
  },
  /** Runs the test and keeps what it shows in the auditor's file. */
  'cutOff:keep': {
    input: z.strictObject({ file: File, periodId: z.int(), count: z.int().min(1).max(500).default(10) }), output: KeptCutOff, failures: ['period_missing', ...FILE_FAILURES], scans: true,
  },
  'cutOff:kept': { input: z.strictObject({ file: File }), output: z.array(KeptCutOffSummary), failures: FILE_FAILURES },
  'cutOff:read': { input: z.strictObject({ file: File, cutOffTestId: z.int() }), output: KeptCutOff, failures: [...FILE_FAILURES, 'test_missing'] },
  /** What the auditor says of a posting; null leaves the judgement of the test. */
  'cutOff:judge': {
    input: z.strictObject({ file: File, cutOffTestId: z.int(), number: z.int(), ownJudgement: z.enum(JUDGEMENTS).nullable(), note: z.string().max(2_000) }),
    output: KeptCutOff,
    failures: [...FILE_FAILURES, 'test_missing', 'line_missing'],
  },
} as const satisfies ContractArea;
