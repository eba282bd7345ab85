/** Which postings speak of the same matter by document or reference: a return, its refund and its inspection. */
import type { Posting } from '../../variance';
import type { LineCase } from '../line-case';

export function areRelated(one: Posting, other: Posting): boolean {
  const names = [one.document, one.reference].filter((name) => name !== '');
  return names.includes(other.document) || (other.reference !== '' && names.includes(other.reference));
}

/** Not settled with a locked period before. */
export const isUnsettled = (posting: Posting, line: LineCase): boolean =>
  line.settledBeforeInstant === null ||
  Math.max(posting.occurredInstant, posting.postedInstant) >= line.settledBeforeInstant;
