/** Alignment: the other side has the same document and line at another location, or with another item. */
import type { EventGap } from '../gap';
import type { LineCase } from '../line-case';
import { evidenceOf, type Claim, type EventRule } from '../rule';
import { SYSTEM_NAMES } from '../words';
import { claimOf, postingsOf, subjectOf } from './gap-words';

function claimMisplaced(gap: EventGap, line: LineCase, cause: 'location_mismatch' | 'item_mismatch'): Claim | null {
  if (gap.misplacement?.cause !== cause) return null;
  const there = gap.misplacement.posting;
  const twin = line.names.get(there.stockKeyId);
  const own = postingsOf(gap.left).length > 0 ? gap.left : gap.right;
  const mine = postingsOf(own)[0] ?? there;
  const at = cause === 'location_mismatch' ? 'at' : 'as';
  const [here, elsewhere] = cause === 'location_mismatch' ? [line.location, twin?.location] : [line.sku, twin?.sku];
  const claim = claimOf(
    gap,
    cause,
    gap.parts.misplacedScaled,
    `${subjectOf(gap, gap.parts.misplacedScaled)}: the ${SYSTEM_NAMES[mine.system]} has it ${at} ${here}, posted ${line.words.instant(mine.postedInstant)}, ` +
      `the ${SYSTEM_NAMES[there.system]} ${at} ${elsewhere ?? 'another line'}, posted ${line.words.instant(there.postedInstant)}.`,
  );
  return { ...claim, evidence: [...claim.evidence, ...evidenceOf([there])], twinStockKeyId: there.stockKeyId };
}

export const locationMismatch: EventRule = {
  name: 'location_mismatch',
  version: 2,
  part: 'misplacedScaled',
  claim: (gap, line) => claimMisplaced(gap, line, 'location_mismatch'),
};

export const itemMismatch: EventRule = {
  name: 'item_mismatch',
  version: 2,
  part: 'misplacedScaled',
  claim: (gap, line) => claimMisplaced(gap, line, 'item_mismatch'),
};
