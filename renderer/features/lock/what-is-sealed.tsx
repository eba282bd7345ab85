/**
 * What the seal will cover, in figures, before anybody signs.
 */
import { LINE_STATUSES, type LinesSummary } from '@shared/domain/lines';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { countText, countWords, Facts, Section } from '../../ui';

export function WhatIsSealed() {
  const { period, info } = useWorkspace();
  const input = { periodId: period.periodId };
  const imports = useQuery('imports:summary', input, { keepsPrevious: true });
  const lines = useQuery('lines:summary', input, { keepsPrevious: true });
  const journals = useQuery('journals:list', input, { keepsPrevious: true });
  if (!imports.value || !lines.value || !journals.value) return null;
  const files = imports.value.imports;
  const rows = files.reduce((total, each) => total + each.rowsAccepted, 0);
  return (
    <Section title="What will be sealed" testId="what-is-sealed">
      <Facts
        facts={[
          {
            name: 'Source files',
            value: `${countWords(files.length, 'file')}: ${countWords(rows, 'row')} written, ${countText(imports.value.waiting)} waiting in the quarantine`,
          },
          {
            name: 'Reconciled lines',
            value: linesWords(lines.value),
          },
          {
            name: 'Journals',
            value:
              journals.value.length === 0
                ? 'none'
                : journals.value.map((journal) => `${journal.number} (${journal.state})`).join(', '),
          },
          {
            name: 'Audit trail',
            value: `${countWords(info.chain.sequence, 'event')}, last ${info.chain.hash.slice(0, 12)}`,
          },
          {
            name: 'How',
            value:
              'Copied row by row; each row is a leaf of a hash tree, and its root is signed',
          },
        ]}
      />
    </Section>
  );
}

function linesWords({ lines, byStatus }: LinesSummary): string {
  const parts = LINE_STATUSES.map((status) => `${countText(byStatus[status].lines)} ${status}`);
  return `${countWords(lines, 'line')}: ${parts.join(', ')}`;
}
