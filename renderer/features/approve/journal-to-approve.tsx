/**
 * A prepared journal before its approver: what it books, by reason and line by line.
 */
import { needWords, NO_SECOND_PERSON, NO_SECOND_PERSON_TITLE } from '@shared/domain/journal-words';
import { useWorkspace } from '../../app/workspace';
import {
  countText,
  countWords,
  Figure,
  instantText,
  LedgerTable,
  moneyText,
  Notice,
  roundingOfDebits,
  Section,
  Table,
} from '../../ui';
import { ApproveForm, type ApproveFormProps } from './approve-form';
import { type ReasonTotal, reasonTotals } from './reason-totals';
import styles from './approve.module.css';

export function JournalToApprove({ journal, people, onApproved }: ApproveFormProps) {
  const { currency, timeZone, canEdit } = useWorkspace();
  const totals = reasonTotals(journal.lines);
  const side = (amountMinor: number) => (amountMinor === 0 ? '' : moneyText(amountMinor, currency));
  return (
    <div className={styles['journal']} data-testid="journal-to-approve">
      <div className={styles['scroll']}>
        {journal.withdrawnWhy === null ? null : (
          <Notice tone="warning" title="This journal was withdrawn: its lines changed" copyText={journal.withdrawnWhy}>
            {`${journal.withdrawnWhy}. The preparer takes it back to draft and prepares it again.`}
          </Notice>
        )}
        {journal.noSecondPerson === null ? null : (
          <Notice tone="warning" title={NO_SECOND_PERSON_TITLE}>
            {`${journal.noSecondPerson} ${journal.preparer} approves alone, and the journal says so for ever.`}
          </Notice>
        )}
        {journal.needs.map((need) => (
          <Notice key={need.overMinor} tone={need.withoutAttachment.length > 0 ? 'warning' : 'info'} title={needWords(need, currency)} copyText={need.lines.join('\n')}>
            {`${need.lines.slice(0, 8).join(', ')}${need.lines.length > 8 ? ` and ${countWords(need.lines.length - 8, 'more line')}` : ''}.`}
          </Notice>
        ))}
        <div className={styles['figures']}>
          <Figure
            label={`${journal.number}, prepared by ${journal.preparer}`}
            value={instantText(journal.preparedInstant, timeZone)}
            note={journal.noSecondPerson === null ? `approver named: ${journal.namedApprover}` : NO_SECOND_PERSON}
          />
          <Figure
            label={`Debit and credit, ${currency}`}
            value={moneyText(journal.debitTotalMinor, currency)}
            testId="journal-total"
            note={
              journal.debitTotalMinor === journal.creditTotalMinor
                ? `equal to the cent; rounding moved ${roundingOfDebits(journal.lines)}`
                : `credit ${moneyText(journal.creditTotalMinor, currency)}`
            }
          />
          <Figure
            label="Lines"
            value={countText(journal.lines.length)}
            note={`of ${countWords(new Set(totals.map((total) => total.reasonCode)).size, 'reason')}`}
          />
        </div>
        <Section title="By reason and account">
          <Table<ReasonTotal>
            caption="The journal by reason and account"
            rows={totals}
            rowKey={(total) => `${total.reasonCode} ${total.accountCode}`}
            empty="This journal books nothing: it puts lines whose reason posts nothing before the approver."
            columns={[
              { id: 'reason', title: 'Reason', cell: (total) => total.reasonCode },
              { id: 'account', title: 'Account', cell: (total) => `${total.accountCode} ${total.accountName}` },
              { id: 'from', title: 'From lines', align: 'end', cell: (total) => countText(total.sourceLines) },
              {
                id: 'debit',
                title: `Debit, ${currency}`,
                align: 'end',
                cell: (total) => side(total.debitMinor),
                foot: totals.length > 0 ? moneyText(journal.debitTotalMinor, currency) : undefined,
              },
              {
                id: 'credit',
                title: `Credit, ${currency}`,
                align: 'end',
                cell: (total) => side(total.creditMinor),
                foot: totals.length > 0 ? moneyText(journal.creditTotalMinor, currency) : undefined,
              },
            ]}
          />
        </Section>
        <Section title="Line by line">
          <LedgerTable
            caption={`Lines of ${journal.number}`}
            currency={currency}
            lines={journal.lines}
            testId="journal-lines"
            debitTotalMinor={journal.debitTotalMinor}
            creditTotalMinor={journal.creditTotalMinor}
          />
        </Section>
      </div>
      {canEdit && journal.withdrawnWhy === null ? <ApproveForm journal={journal} people={people} onApproved={onApproved} /> : null}
    </div>
  );
}
