/** One sample of an auditor's file, read by name, and drawn again. */
import type { Repeated } from '@shared/contract/audit-room';
import type { Sample } from '@shared/domain/audit/sample';
import { done, type Outcome } from '@shared/domain/outcome';
import type { ServiceContext } from '../context';
import { type AuditorFileFailure, withAuditorFile } from './auditor-file';
import { repeatSample } from './draw';
import { readSample, sampleMissing } from './read';

export type KeptSampleFailure = AuditorFileFailure | 'sample_missing';

export async function keptSample(context: ServiceContext, file: string, sampleId: number): Promise<Outcome<Sample, KeptSampleFailure>> {
  const read = await withAuditorFile(context, file, 'read', (opened) => readSample(opened, sampleId));
  if (!read.ok) return read;
  return read.value ? done(read.value) : sampleMissing(sampleId);
}

export async function repeatKeptSample(context: ServiceContext, file: string, sampleId: number): Promise<Outcome<Repeated, KeptSampleFailure>> {
  const kept = await keptSample(context, file, sampleId);
  return kept.ok ? done(repeatSample(context.workbook, { ...kept.value, numbers: kept.value.items.map(({ number }) => number) })) : kept;
}
