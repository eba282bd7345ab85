/** Timing: one side posted after the cut-off and inside the window, or the window is still open. */
import type { EventRule } from '../rule';
import { claimOf, inOrder, postingsOf, subjectOf, whenTaken } from './gap-words';

export const postedLater: EventRule = {
  name: 'posted_later',
  version: 2,
  part: 'timelyScaled',
  claim: (gap, line) => {
    const { ahead, behind } = inOrder(gap);
    const quantityScaled = gap.parts.timelyScaled;
    const subject = `${subjectOf(gap, quantityScaled)}: ${whenTaken(ahead, line)}`;
    const end = line.words.instant(gap.deadlineInstant);
    const sentence =
      postingsOf(behind).length > 0
        ? `${subject}, ${whenTaken(behind, line)}, inside the window that ends ${end}.`
        : `${subject}; ${behind.name} has not posted it yet, and the window runs until ${end}.`;
    return claimOf(gap, 'posted_later', quantityScaled, sentence);
  },
};
