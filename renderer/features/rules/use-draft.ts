/**
 * The draft of the rules. It outlives the screen, so that a look at a line does not lose what was typed, and ends when it
 * is saved or put back.
 */
import { useEffect, useState } from 'react';
import type { RulesInForce } from '@shared/domain/rule-effects';
import { draftOf, type RulesDraft } from './rules-draft';

interface Kept {
  readonly key: string;
  readonly draft: RulesDraft;
}

let kept: Kept | undefined;

export interface DraftOfRules {
  readonly draft: RulesDraft;
  readonly change: (values: Partial<RulesDraft>) => void;
  /** Back to the rules in force. */
  readonly putBack: () => void;
}

/** @param place the workbook and the period that are shown */
export function useDraft(inForce: RulesInForce, place: string): DraftOfRules {
  const key = `${place} ${inForce.ruleSetId}`;
  const [draft, setDraft] = useState(() => (kept?.key === key ? kept.draft : draftOf(inForce.rules, inForce.currency)));
  useEffect(() => {
    kept = { key, draft };
  }, [key, draft]);
  return {
    draft,
    change: (values) => setDraft((before) => ({ ...before, ...values })),
    putBack: () => setDraft(draftOf(inForce.rules, inForce.currency)),
  };
}
