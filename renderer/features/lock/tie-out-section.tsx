/**
 * Whether the stock ties to the ledger: each account before and after the journals, and what was looked at where it does not.
 */
import type { TestedCause, TieOut, TieOutAccount } from '@shared/domain/tie-out';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import {
  Badge,
  Button,
  CheckIcon,
  countText,
  countWords,
  moneyText,
  Notice,
  NumberText,
  QuietBar,
  Section,
  Table,
  type TableColumn,
  UnexplainedIcon,
  WarningIcon,
} from '../../ui';
import styles from './lock.module.css';

/** Of each cause; the report and the command line have the rest. */
const FINDINGS_SHOWN = 5;

export function TieOutSection({ periodId }: { readonly periodId: number }) {
  const tieOut = useQuery(
    'tieOut:read',
    { periodId },
    { areas: ['lines', 'imports', 'quarantine', 'journals', 'tags', 'rules'], keepsPrevious: true },
  );
  const notReconciled = tieOut.refusal?.failure === 'not_reconciled';
  return (
    <Section title="The stock’s value and the ledger" testId="tie-out">
      <QuietBar shown={tieOut.loading && !tieOut.value} />
      {tieOut.refusal ? (
        <Notice
          tone={notReconciled ? 'info' : 'error'}
          title={tieOut.refusal.message}
          {...(notReconciled ? {} : { copyText: tieOut.refusal.message })}
        />
      ) : null}
      {tieOut.value ? <TieOutView tieOut={tieOut.value} /> : null}
    </Section>
  );
}

function TieOutView({ tieOut }: { readonly tieOut: TieOut }) {
  const { openScreen } = useWorkspace();
  return (
    <div className={styles['tieOut']}>
      {tieOut.trialBalance === null ? (
        <Notice
          tone="warning"
          title="No trial balance was imported for this period"
          actions={<Button onClick={() => openScreen('import')}>Go to Import</Button>}
        >
          What the ledger says of the stock is unknown. Import its trial balance, and its journal entries where there are any.
        </Notice>
      ) : null}
      <Table
        caption={`Stock accounts in ${tieOut.currency}`}
        columns={accountColumns(tieOut.currency)}
        rows={tieOut.accounts}
        rowKey={(row) => row.accountCode}
        empty="No account holds stock."
      />
      <ul className={styles['tieOutWords']}>
        {tieOut.accounts.map(({ accountCode, sentence }) => (
          <li key={accountCode}>
            {accountCode}: {sentence}
          </li>
        ))}
      </ul>
      {tieOut.causes.map((cause) => (
        <Cause key={cause.cause} cause={cause} />
      ))}
    </div>
  );
}

function Standing({ standing }: Pick<TieOutAccount, 'standing'>) {
  switch (standing) {
    case 'ties':
      return (
        <Badge tone="cleared" icon={CheckIcon}>
          ties
        </Badge>
      );
    case 'rounding':
      return (
        <Badge tone="cleared" icon={CheckIcon}>
          ties, rounded
        </Badge>
      );
    case 'explained':
      return (
        <Badge tone="cleared" icon={CheckIcon}>
          ties, explained
        </Badge>
      );
    case 'differs':
      return (
        <Badge tone="unexplained" icon={UnexplainedIcon}>
          differs
        </Badge>
      );
    case 'unknown':
      return (
        <Badge tone="warning" icon={WarningIcon}>
          unknown
        </Badge>
      );
  }
}

function accountColumns(currency: string): readonly TableColumn<TieOutAccount>[] {
  const amount = (id: keyof TieOutAccount & `${string}Minor`, title: string, strong = false): TableColumn<TieOutAccount> => ({
    id,
    title,
    align: 'end',
    cell: (row) => {
      const minor = row[id];
      return <NumberText text={minor === null ? '–' : moneyText(minor, currency)} strong={strong} />;
    },
  });
  return [
    { id: 'account', title: 'Account', cell: (row) => `${row.accountCode} ${row.name}`.trimEnd() },
    amount('valueMinor', 'Value'),
    amount('ledgerMinor', 'Ledger'),
    amount('differenceMinor', 'Ledger less value'),
    amount('journalsMinor', 'Journals'),
    amount('afterMinor', 'After journals', true),
    { id: 'standing', title: 'Standing', cell: (row) => <Standing standing={row.standing} /> },
  ];
}

function Cause({ cause: { title, isTested, sentence, findings, found } }: { readonly cause: TestedCause }) {
  const more = found - Math.min(found, FINDINGS_SHOWN);
  return (
    <details className={styles['cause']}>
      <summary>
        {title}: {!isTested ? 'not tested' : found === 0 ? 'nothing found' : `${countText(found)} found`}
      </summary>
      <p>{sentence}</p>
      {findings.length > 0 ? (
        <ul>
          {findings.slice(0, FINDINGS_SHOWN).map((finding, index) => (
            <li key={`${finding.document} ${index}`}>
              {finding.sentence}
              {finding.place ? ` (${finding.place.fileName}, row ${countText(finding.place.rowNumber)})` : ''}
            </li>
          ))}
          {more > 0 ? <li>{`${countWords(more, 'other')}, in the report Tie-out to the ledger`}</li> : null}
        </ul>
      ) : null}
    </details>
  );
}
