/** What every section of the rules is given: the draft, how it is changed, and what is wrong with it. */
import type { Problems, RulesDraft } from './rules-draft';

export interface TabProps {
  readonly draft: RulesDraft;
  readonly onDraft: (change: Partial<RulesDraft>) => void;
  readonly problems: Problems;
  readonly currency: string;
  /** Nothing can be changed here: the workbook or the period is closed to it. */
  readonly disabled: boolean;
}
