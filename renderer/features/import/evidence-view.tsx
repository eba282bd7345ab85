/**
 * The evidence sheet of an import on the screen and on paper: the same facts as in the file that can be saved.
 */
import { bytesWords } from '@shared/domain/byte-size';
import { TARGET_FIELDS } from '@shared/domain/import';
import type { EvidenceSheet } from '@shared/domain/import-life';
import { KIND_WORDS, QUARANTINE_REASON_WORDS, SYSTEM_WORDS } from '@shared/domain/import-words';
import { useWorkspace } from '../../app/workspace';
import { countText, countWords, Facts, instantText, periodName, Section, Table } from '../../ui';
import { figureOf } from './difference-table';
import { TotalsTable } from './totals-table';
import { layoutWords } from './words';
import styles from './import.module.css';

export function EvidenceView({ sheet }: { readonly sheet: EvidenceSheet }) {
  const { timeZone } = useWorkspace();
  const at = (instant: number) => instantText(instant, timeZone);
  const asOf =
    sheet.asOfFromInstant === null
      ? 'not asked of this kind'
      : sheet.asOfUntilInstant === null || sheet.asOfUntilInstant === sheet.asOfFromInstant
        ? at(sheet.asOfFromInstant)
        : `${at(sheet.asOfFromInstant)} to ${at(sheet.asOfUntilInstant)}`;
  const systems = sheet.systems.map((system) => SYSTEM_WORDS[system]).join(', ');
  return (
    <>
      <div className={styles['facts']}>
        <Facts
          facts={[
            { name: 'System', value: systems || 'none: a count, a ledger or the items' },
            { name: 'Kind', value: KIND_WORDS[sheet.kind] },
            { name: 'Profile', value: `${sheet.profileName}, version ${sheet.profileVersion}` },
            { name: 'Why so', value: sheet.why || 'not kept' },
            { name: 'Period', value: periodName(sheet.periodCode) },
            { name: 'As of', value: `${asOf}${sheet.asOfGivenInstant === null ? '' : ', given at import'}` },
            { name: 'Location', value: sheet.locationGiven ?? 'as each row says' },
          ]}
        />
        <Facts
          facts={[
            { name: 'File', value: sheet.fileName },
            { name: 'Layout', value: `${bytesWords(sheet.byteLength)}, ${layoutWords(sheet)}` },
            { name: 'SHA-256', value: <span className={styles['hash']}>{sheet.sha256}</span> },
            { name: 'Imported by', value: sheet.importedBy },
            { name: 'Imported at', value: at(sheet.importedInstant) },
            {
              name: 'It brought',
              value: broughtWords(sheet.created),
            },
          ]}
        />
      </div>
      <Section title="Rows">
        <Table
          caption="Rows of the import"
          rows={[
            { name: 'Read', rows: sheet.rowsRead, note: '' },
            { name: 'Written', rows: sheet.rowsAccepted, note: '' },
            { name: 'In the quarantine', rows: sheet.rowsQuarantined, note: sheet.quarantined.map((each) => `${QUARANTINE_REASON_WORDS[each.reason]}: ${becameWords(each)}`).join('; ') },
            { name: 'Passed over', rows: sheet.rowsIgnored, note: sheet.passedOver.map((each) => `${countText(each.rows)} ${each.name}`).join(', ') },
          ]}
          rowKey={(row) => row.name}
          columns={[
            { id: 'name', title: 'What became of them', cell: (row) => row.name },
            { id: 'rows', title: 'Number', align: 'end', cell: (row) => countText(row.rows) },
            { id: 'note', title: 'By reason', wraps: true, cell: (row) => row.note || '–' },
          ]}
        />
      </Section>
      {sheet.controlTotals.length > 0 ? (
        <Section title="Control totals of the file">
          <Table
            caption="Control totals"
            rows={sheet.controlTotals}
            rowKey={(total) => `${total.field} ${total.header}`}
            columns={[
              { id: 'header', title: 'Column', cell: (total) => total.header },
              { id: 'field', title: 'Field', cell: (total) => TARGET_FIELDS[total.field].label },
              { id: 'rows', title: 'Rows', align: 'end', cell: (total) => countText(total.rows) },
              { id: 'sum', title: 'Sum', align: 'end', cell: (total) => figureOf(total.sum) },
            ]}
          />
        </Section>
      ) : null}
      {sheet.totals.length > 0 ? (
        <Section title="Totals of the period at the import, before and after">
          <TotalsTable caption="Totals at the import" totals={sheet.totals} isLedger={sheet.kind === 'trial_balance'} />
        </Section>
      ) : null}
      {sheet.settled.length > 0 ? (
        <Section title="Rows that a person settled">
          <Table
            caption="Settled rows"
            rows={sheet.settled}
            rowKey={(row) => row.rowNumber}
            columns={[
              { id: 'row', title: 'Row', align: 'end', cell: (row) => countText(row.rowNumber) },
              { id: 'reason', title: 'Reason', cell: (row) => QUARANTINE_REASON_WORDS[row.reason] },
              { id: 'became', title: 'Became', cell: (row) => (row.became === 'replayed' ? 'written' : 'ignored') },
              { id: 'why', title: 'Why', wraps: true, cell: (row) => row.note || '–' },
            ]}
          />
        </Section>
      ) : null}
      <Section title="History" testId="import-history">
        <Table
          caption="History of the import"
          rows={sheet.history}
          rowKey={(_event, index) => index}
          columns={[
            { id: 'at', title: 'At', cell: (event) => at(event.atInstant) },
            { id: 'by', title: 'By', cell: (event) => event.actor },
            { id: 'what', title: 'What', wraps: true, cell: (event) => event.sentence },
          ]}
        />
      </Section>
    </>
  );
}

/** What stands where nothing is told: a figure of nought says nothing beside it. */
const listedOr = (nothing: string, parts: readonly (readonly [count: number, words: string])[]): string =>
  parts.filter(([count]) => count > 0).map(([, words]) => words).join(', ') || nothing;

const broughtWords = ({ items, locations, changedItems, changedTags }: EvidenceSheet['created']): string =>
  listedOr('nothing new', [
    [items, countWords(items, 'new item')],
    [locations, countWords(locations, 'new location')],
    [changedItems, countWords(changedItems, 'changed item')],
    [changedTags, countWords(changedTags, 'changed tag')],
  ]);

const becameWords = ({ waiting, mended, ignored }: EvidenceSheet['quarantined'][number]): string =>
  listedOr('none', [
    [waiting, `${countText(waiting)} waiting`],
    [mended, `${countText(mended)} mended`],
    [ignored, `${countText(ignored)} ignored`],
  ]);
