/** By which rules the line was reconciled, and which system's figure was used for each state. */
import type { LineDetail, LineTruth } from '@shared/domain/lines';
import { madeWith, STATE_WORDS, SYSTEM_WORDS } from '../../../app/words';
import { countText, dateText, Facts, Section } from '../../../ui';
import styles from './story-table.module.css';

const TRUTH_WORDS: Readonly<Record<keyof LineTruth, string>> = {
  onHand: STATE_WORDS['on_hand']!, committed: STATE_WORDS['committed']!, reserved: STATE_WORDS['reserved']!, damaged: STATE_WORDS['damaged']!,
  quarantined: STATE_WORDS['quarantined']!, unitCost: 'unit cost',
};

/** `ERP: on hand, reserved; Storefront: committed`. */
function truthText(truth: LineTruth): string {
  const states = Object.keys(TRUTH_WORDS) as (keyof LineTruth)[];
  const systems = [...new Set(states.map((state) => truth[state]))];
  return systems.map((system) => `${SYSTEM_WORDS[system]}: ${states.filter((state) => truth[state] === system).map((state) => TRUTH_WORDS[state]).join(', ')}`).join('; ');
}

export function TruthSection({ line }: { readonly line: LineDetail }) {
  const { ruleSet, truth } = line;
  return (
    <Section title="Rules and sources of truth" shortTitle="Rules" testId="detail-rules">
      <Facts
        facts={[
          { name: 'Made with', value: madeWith(line.ruleVersion) },
          { name: 'Rules', value: ruleSet ? `version ${countText(ruleSet.ruleSetId)}, ${dateText(ruleSet.madeInstant, line.timeZone)}, ${ruleSet.madeBy.replace(/ <.*>$/, '')}` : <span className={styles['soft']}>not stamped by the version that reconciled it</span> },
          ...(ruleSet?.why ? [{ name: 'Why', value: ruleSet.why }] : []),
          ...(line.routedBy === null ? [] : [{ name: 'Sent by', value: line.routedBy }]),
          { name: 'Figures from', value: truth ? truthText(truth) : <span className={styles['soft']}>not stamped by the version that reconciled it</span> },
        ]}
      />
    </Section>
  );
}
