/**
 * What the lock asks beside the seven questions, each with its figure.
 */
import type { Checklist } from '@shared/contract/sign-off';
import { useWorkspace } from '../../app/workspace';
import { Button, CheckList, withLocalInstants } from '../../ui';

export function GatesList({ checklist }: { readonly checklist: Checklist }) {
  const { openScreen, screen, timeZone } = useWorkspace();
  return (
    <CheckList
      label="Gates of the lock"
      testId="gates"
      words={{ holds: 'holds', fails: 'open' }}
      checks={checklist.gates.map(({ gate, text, holds, figure, nextStep, link }) => ({
        key: gate,
        title: text,
        holds,
        figure: withLocalInstants(figure, timeZone),
        nextStep,
        action:
          link === null || link.screen === screen ? undefined : (
            <Button onClick={() => openScreen(link.screen, link.view ? { view: link.view } : {})}>Look</Button>
          ),
      }))}
    />
  );
}
