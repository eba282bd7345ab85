/** What a report stands for, on its face: period, cut-off, the instant of the reconciliation, the rules. */
import { type Report, STALE_WORDS } from '@shared/domain/report';
import { madeWith } from '../../app/words';
import { instantText, Notice, periodName } from '../../ui';
import styles from './reports.module.css';

export function StandsForLine({ report: { standsFor, choice } }: { readonly report: Report }) {
  const at = (instant: number) => instantText(instant, standsFor.timeZone);
  const facts: readonly (readonly [string, string])[] = [
    ['Period', `${periodName(standsFor.periodCode)}, ${standsFor.periodState}`],
    ['Cut-off', at(standsFor.cutOffInstant)],
    ['Reconciled', at(standsFor.reconciledInstant)],
    ['Made with', standsFor.ruleVersions.map(madeWith).join('; ')],
    ['Currency', standsFor.currency],
    ...(choice === '' ? [] : [['Choice', choice] as const]),
  ];
  return (
    <>
      <dl className={styles['standsFor']} data-testid="report-stands-for" data-selectable>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {standsFor.isStale ? (
        <div className={styles['stale']} data-testid="report-stale">
          <Notice tone="warning" title="Stale">
            {STALE_WORDS.replace(/^Stale: s/, 'S')}
          </Notice>
        </div>
      ) : null}
    </>
  );
}
