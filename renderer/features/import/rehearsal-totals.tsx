/**
 * Totals by system, state and location before and after the import, and the file's own sums to hold against the source.
 */
import { TARGET_FIELDS, type Rehearsal } from '@shared/domain/import';
import { ofWhom, STATE_WORDS } from '@shared/domain/import-words';
import { differenceOfDecimalTexts } from '@shared/domain/decimal-text';
import { useWorkspace } from '../../app/workspace';
import { countText, groupDecimal, isWrittenNegative, NumberText, Section, Table, UNKNOWN } from '../../ui';

type Total = Rehearsal['totals'][number];

const figure = (text: string | null) => <NumberText text={text === null ? UNKNOWN : groupDecimal(text)} />;

/** The change, signed; unknown where nothing was known before: then the import is the first to say it. */
function change({ before, after }: Total): string {
  if (before === null || after === null) return after === null ? UNKNOWN : 'new';
  const difference = groupDecimal(differenceOfDecimalTexts(after, before));
  return /^[^1-9]*$/.test(difference) ? '0' : isWrittenNegative(difference) ? difference : `+${difference}`;
}

export function RehearsalTotals({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { currency } = useWorkspace();
  const isLedger = rehearsal.kind === 'trial_balance';
  const adds = rehearsal.effect === 'adds';
  const unit = isLedger ? `, ${currency}` : ', units';
  return (
    <>
      {rehearsal.totals.length > 0 ? (
        <Section
          title={adds ? 'Net movement of the period, before and after' : 'Totals of the period, before and after'}
          testId="totals"
        >
          <Table<Total>
            caption="Totals before and after"
            rows={rehearsal.totals}
            rowKey={(_total, index) => index}
            columns={[
              ...(isLedger
                ? []
                : [
                    {
                      id: 'system',
                      title: 'System',
                      cell: ofWhom,
                    },
                  ]),
              { id: 'measure', title: 'State', cell: (total) => STATE_WORDS[total.measure] },
              ...(isLedger
                ? []
                : [{ id: 'location', title: 'Location', cell: (total: Total) => total.location ?? 'all' }]),
              { id: 'before', title: `Before${unit}`, align: 'end', cell: (total) => figure(total.before) },
              { id: 'after', title: `After${unit}`, align: 'end', cell: (total) => figure(total.after) },
              {
                id: 'change',
                title: `Change${unit}`,
                align: 'end',
                cell: (total) => <NumberText text={change(total)} />,
              },
            ]}
          />
        </Section>
      ) : (
        <Section title="Totals of the period">
          <p>
            This kind of file changes no quantity:{' '}
            {rehearsal.kind === 'tags' ? 'it sets reasons and owners of lines' : 'it sets what is known of items'}.
          </p>
        </Section>
      )}
      {rehearsal.controlTotals.length > 0 ? (
        <Section
          title="Control totals: every readable figure of the file, quarantined rows included"
          testId="control-totals"
        >
          <Table
            caption="Control totals of the file"
            rows={rehearsal.controlTotals}
            rowKey={(total) => `${total.field} ${total.header}`}
            columns={[
              { id: 'header', title: 'Column', cell: (total) => total.header },
              { id: 'field', title: 'Field', cell: (total) => TARGET_FIELDS[total.field].label },
              { id: 'rows', title: 'Rows', align: 'end', cell: (total) => countText(total.rows) },
              { id: 'sum', title: 'Sum', align: 'end', cell: (total) => figure(total.sum) },
            ]}
          />
        </Section>
      ) : null}
    </>
  );
}
