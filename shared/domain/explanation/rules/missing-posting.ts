/** Alignment: one side never posted the event, or only after its window was over. */
import type { EventRule } from '../rule';
import { claimOf, inOrder, postingsOf, subjectOf, whenTaken } from './gap-words';

export const missingPosting: EventRule = {
  name: 'missing_posting',
  version: 1,
  part: 'overdueScaled',
  claim: (gap, line) => {
    const { ahead, behind } = inOrder(gap);
    const quantityScaled = gap.parts.overdueScaled;
    const subject = `${subjectOf(gap, quantityScaled)}: ${whenTaken(ahead, line)}`;
    const end = line.words.instant(gap.deadlineInstant);
    const sentence =
      postingsOf(behind).length > 0
        ? `${subject}, ${whenTaken(behind, line)}, after the window that ended ${end}.`
        : `${subject}; ${behind.name} never posted it, and its files reach past the end of the window, ${end}.`;
    return claimOf(gap, 'missing_posting', quantityScaled, sentence);
  },
};
