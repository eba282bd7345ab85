/** Every version of the rules: who made it, when, why, what differed, and for which periods it is in force. */
import type { RuleVersion } from '@shared/domain/rule-effects';
import { useWorkspace } from '../../app/workspace';
import { Badge, instantText, periodName, Section } from '../../ui';
import styles from './rules.module.css';

export function HistoryTab({ history }: { readonly history: readonly RuleVersion[] }) {
  const { timeZone } = useWorkspace();
  return (
    <div data-testid="rule-history" data-selectable>
      {history.map((version) => (
        <Section
          key={version.ruleSetId}
          title={`Version ${version.ruleSetId}, from ${version.fromPeriod === '' ? 'the beginning' : periodName(version.fromPeriod)}`}
          aside={version.inForceFor.length > 0 ? <Badge tone="neutral">{`in force for ${version.inForceFor.map(periodName).join(', ')}`}</Badge> : null}
        >
          <p>
            {instantText(version.madeInstant, timeZone)}, {version.madeBy.replace(/ <.*>$/, '')}: {version.why}
          </p>
          <ul className={styles['sentences']}>
            {version.differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
