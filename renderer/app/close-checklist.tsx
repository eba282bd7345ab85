/**
 * The seven questions of a period, each with its figure, whether it holds, and the step that mends it.
 */
import type { Checklist } from '@shared/contract/sign-off';
import { Button, CheckList } from '../ui';
import { useWorkspace } from './workspace';

const STEP_WORDS: Readonly<Record<Checklist['answers'][number]['step'], string>> = {
  import: 'Import',
  map: 'Map',
  reconcile: 'Reconcile',
  explain: 'Explain',
  approve: 'Approve',
  journal: 'Journal',
  lock: 'Lock',
};

export function CloseChecklist({ checklist }: { readonly checklist: Checklist }) {
  const { openScreen, screen } = useWorkspace();
  return (
    <CheckList
      label="Ready to close: seven questions"
      testId="checklist"
      words={{ holds: 'holds', fails: 'open' }}
      checks={checklist.answers.map(({ question, text, holds, figure, nextStep, step }) => ({
        key: question,
        title: `${question}. ${text}`,
        holds,
        figure,
        nextStep,
        action:
          holds || step === screen ? undefined : (
            <Button onClick={() => openScreen(step)}>{`Go to ${STEP_WORDS[step]}`}</Button>
          ),
      }))}
    />
  );
}
