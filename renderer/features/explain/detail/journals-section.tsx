/** The journal lines that this line stands behind, each a way to the Journal screen. */
import type { LineJournal } from '@shared/contract/journals';
import type { LineDetail } from '@shared/domain/lines';
import { useQuery } from '../../../api';
import { useWorkspace } from '../../../app/workspace';
import { moneyText, Section, Table } from '../../../ui';

export function JournalsSection({ line: { periodId, stockKeyId } }: { readonly line: LineDetail }) {
  const { openScreen } = useWorkspace();
  const journals = useQuery('journals:ofLine', { periodId, stockKeyId }, { areas: ['journals', 'lines', 'tags'], keepsPrevious: true });
  if (!journals.value || journals.value.length === 0) return null;
  const amount = (amountMinor: number, currency: string) => (amountMinor === 0 ? '' : moneyText(amountMinor, currency));
  return (
    <Section title="Journals" testId="line-journals">
      <Table<LineJournal>
        caption="Journal lines that this line stands behind"
        rows={journals.value}
        rowKey={(each) => `${each.journalId} ${each.lineNumber ?? ''}`}
        onChoose={(each) => openScreen('journal', { view: `journal ${each.journalId}` })}
        columns={[
          { id: 'journal', title: 'Journal', cell: (each) => `${each.number}, ${each.state}` },
          { id: 'account', title: 'Account', wraps: true, cell: (each) => (each.lineNumber === null ? 'books nothing of it' : `${each.accountCode} ${each.accountName}`) },
          { id: 'debit', title: 'Debit of its line', align: 'end', cell: (each) => amount(each.debitMinor, each.currency) },
          { id: 'credit', title: 'Credit', align: 'end', cell: (each) => amount(each.creditMinor, each.currency) },
        ]}
      />
    </Section>
  );
}
