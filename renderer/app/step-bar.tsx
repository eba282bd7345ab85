/**
 * The way through the month: seven steps with what is left in each, and tabs for what was opened beside them.
 */
import { STEPS, type Step, type StepState } from '@shared/contract/workbook';
import { CheckIcon, classes, CrossIcon, IconButton, LockIcon } from '../ui';
import { screenOf } from './screen-list';
import type { ScreenId } from './screens';
import styles from './step-bar.module.css';

export const STEP_TITLES: Readonly<Record<Step, string>> = {
  import: 'Import', map: 'Map', reconcile: 'Reconcile', explain: 'Explain', approve: 'Approve', journal: 'Journal', lock: 'Lock',
};

const STATE_WORDS: Readonly<Record<StepState['state'], string>> = { todo: 'not begun', active: 'to do', done: 'done', blocked: 'not yet possible' };

export interface StepBarProps {
  readonly steps: readonly StepState[];
  /** undefined: none of them is shown. */
  readonly screen: ScreenId | undefined;
  /** Screens beside the steps that are open as tabs. */
  readonly tools: readonly ScreenId[];
  readonly onOpen: (screen: ScreenId) => void;
  readonly onCloseTool: (screen: ScreenId) => void;
}

export function StepBar({ steps, screen, tools, onOpen, onCloseTool }: StepBarProps) {
  return (
    <nav className={styles['bar']} aria-label="Steps of the close">
      <ol className={styles['steps']}>
        {STEPS.map((step, index) => {
          const state = steps.find((each) => each.step === step);
          const current = screen === step;
          return (
            <li key={step}>
              <button
                type="button"
                className={classes(styles['step'], state && styles[state.state], current && styles['current'])}
                aria-current={current ? 'step' : undefined}
                disabled={!screenOf(step)}
                data-testid={`step-${step}`}
                onClick={() => onOpen(step)}
              >
                <span className="visually-hidden">
                  {[`${index + 1} ${STEP_TITLES[step]}`, ...(state ? [STATE_WORDS[state.state], state.label] : [])].filter(Boolean).join(', ')}
                </span>
                <span className={styles['number']} aria-hidden="true">
                  {state?.state === 'done' ? <CheckIcon size={12} /> : state?.state === 'blocked' && step === 'lock' ? <LockIcon size={11} /> : index + 1}
                </span>
                <span className={styles['words']} aria-hidden="true">
                  <span className={styles['title']}>{STEP_TITLES[step]}</span>
                  <span className={styles['label']}>{state?.label || '–'}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {tools.map((tool) => (
        <div key={tool} className={classes(styles['tool'], screen === tool && styles['current'])}>
          <button type="button" aria-current={screen === tool ? 'page' : undefined} onClick={() => onOpen(tool)}>{screenOf(tool)?.title ?? tool}</button>
          <IconButton label={`Close ${screenOf(tool)?.title ?? tool}`} icon={CrossIcon} onClick={() => onCloseTool(tool)} />
        </div>
      ))}
    </nav>
  );
}
