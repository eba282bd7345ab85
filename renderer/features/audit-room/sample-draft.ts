/** A sample as it is being asked for, in the texts of its fields. */
import { SampleTerms, type Basis } from '@shared/domain/audit/sample';
import type { Sizing } from '@shared/domain/audit/monetary-unit';
import type { SampleMethod } from '@shared/domain/audit/selection';
import { parseAmount } from '@shared/domain/money';

export interface SampleDraft {
  readonly method: SampleMethod;
  readonly basis: Basis;
  readonly purpose: string;
  readonly seed: string;
  readonly confidence: string;
  readonly tolerable: string;
  readonly expected: string;
  readonly sizing: Sizing;
  readonly size: string;
  readonly sizeA: string;
  readonly sizeB: string;
  readonly sizeC: string;
  readonly step: string;
}

export const FIRST_DRAFT: SampleDraft = {
  method: 'mus', basis: 'before', purpose: '', seed: '', confidence: '95', tolerable: '', expected: '0', sizing: 'factor', size: '25', sizeA: '15', sizeB: '10', sizeC: '5', step: '50',
};

const whole = (text: string): number | undefined => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined);

/** What the fields ask for; undefined while one of them is no figure. */
export function termsOf(draft: SampleDraft, currency: string): SampleTerms | undefined {
  const { method, basis } = draft;
  const amount = (text: string) => parseAmount(text.trim(), currency);
  const terms =
    method === 'mus' ? { method, basis, confidencePercent: whole(draft.confidence), tolerableMinor: amount(draft.tolerable), expectedMinor: amount(draft.expected), sizing: draft.sizing }
    : method === 'random' ? { method, basis, size: whole(draft.size) }
    : method === 'stratified' ? { method, basis, sizes: { A: whole(draft.sizeA), B: whole(draft.sizeB), C: whole(draft.sizeC) } }
    : { method, basis, step: whole(draft.step) };
  const read = SampleTerms.safeParse(terms);
  return read.success ? read.data : undefined;
}
