/**
 * The seven questions of a period, each with its figure, whether it holds, and the step that mends it.
 */
import type { Checklist } from '@shared/contract/sign-off';
import { caseView } from '@shared/domain/follow-up/views';
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

/** What the button of an answer leads to: the lines that still fail, by the name of their view, else the step. */
const linkWords = ({ step, link }: Checklist['answers'][number]): string => (link?.view ? (caseView(link.view)?.name ?? `Go to ${STEP_WORDS[step]}`) : `Go to ${STEP_WORDS[step]}`);

export function CloseChecklist({ checklist }: { readonly checklist: Checklist }) {
  const { openScreen, screen } = useWorkspace();
  return (
    <CheckList
      label="Ready to close: seven questions"
      testId="checklist"
      words={{ holds: 'holds', fails: 'open' }}
      checks={checklist.answers.map((answer) => ({
        key: answer.question,
        title: `${answer.question}. ${answer.text}`,
        holds: answer.holds,
        figure: answer.figure,
        nextStep: answer.nextStep,
        action:
          answer.holds || (answer.link?.screen ?? answer.step) === screen ? undefined : (
            <Button onClick={() => openScreen(answer.link?.screen ?? answer.step, answer.link?.view ? { view: answer.link.view } : {})}>{linkWords(answer)}</Button>
          ),
      }))}
    />
  );
}
