/**
 * Beside what is there or in its place: the choice where a file looks like a later state of one that was imported.
 */
import type { Rehearsal } from '@shared/domain/import';
import { Button, countText, countWords, Notice } from '../../ui';

export interface ReplaceNoticeProps {
  readonly rehearsal: Rehearsal;
  readonly disabled: boolean;
  /** null: beside. */
  readonly onChoose: (importId: number | null) => void;
}

export function ReplaceNotice({ rehearsal, disabled, onChoose }: ReplaceNoticeProps) {
  const { supersedes, difference, replaceable } = rehearsal;
  if (supersedes && difference) {
    const { added, removed, changed } = difference.counts;
    return (
      <Notice
        tone="info"
        title={`It takes the place of import ${supersedes.importId}, ${supersedes.fileName}`}
        actions={
          <Button disabled={disabled} onClick={() => onChoose(null)}>
            Add beside it
          </Button>
        }
      >
        {`${countWords(changed, 'figure')} changed, ${countText(added)} new, ${countText(removed)} gone. The replaced import leaves the figures and stays as evidence.`}
      </Notice>
    );
  }
  const [first] = replaceable;
  if (!first) return null;
  return (
    <Notice
      tone={first.isProposed ? 'warning' : 'info'}
      title={first.isProposed ? `It looks like a corrected file of import ${first.importId}, ${first.fileName}` : `Import ${first.importId}, ${first.fileName}, is the same kind of report`}
      actions={replaceable.slice(0, 3).map((each) => (
        <Button key={each.importId} kind="plain" disabled={disabled} onClick={() => onChoose(each.importId)}>
          {`Replace import ${each.importId}`}
        </Button>
      ))}
    >
      {`${first.why} Written as it is, it stands beside what is there.`}
    </Notice>
  );
}
