/**
 * The story of one line on one screen: positions with their instants, the arithmetic from one figure to the other, the
 * timeline, the rows behind it, and the answer a person gives.
 */
import { useState } from 'react';
import type { Evidence, LineDetail } from '@shared/domain/lines';
import type { ReasonCode } from '@shared/contract/tags';
import { useQuery } from '../../../api';
import { STATUS_TONE, STATUS_WORDS } from '../../../app/words';
import { Badge, Button, ChevronLeftIcon, DropZone, EmptyState, Notice, Pane, Pending, sentenceText, SheetIcon } from '../../../ui';
import type { NotesSectionProps } from '../notes/notes-section';
import { useAttach } from '../notes/use-attach';
import { FollowUpAsks } from './follow-up-asks';
import { OriginalRowPanel } from './original-row-panel';
import { Story } from './story';
import type { StoryProps } from './story-props';
import { TagForm } from './tag-form';
import styles from './detail-pane.module.css';

export interface DetailPaneProps {
  readonly periodId: number;
  /** undefined: no line has the keyboard yet. */
  readonly stockKeyId: number | undefined;
  readonly reasonCodes: readonly ReasonCode[];
  readonly onClose: () => void;
  /** Shows another line, as the twin of a swap. */
  readonly onOpenLine: (stockKeyId: number) => void;
  /** The line that has the keyboard, where another one is shown beside it. */
  readonly backTo?: { readonly name: string; readonly onBack: () => void } | undefined;
}

export function DetailPane({ periodId, stockKeyId, reasonCodes, onClose, onOpenLine, backTo }: DetailPaneProps) {
  const detail = useQuery('lines:detail', stockKeyId === undefined ? null : { periodId, stockKeyId }, { keepsPrevious: true });
  /** Of the line it was opened from: another line has other rows. */
  const [opened, setOpened] = useState<{ readonly stockKeyId: number; readonly evidence: Evidence } | undefined>(undefined);
  const line = detail.value;
  if (opened && line && opened.stockKeyId !== line.stockKeyId) setOpened(undefined);
  const attaching = useAttach(line);

  if (stockKeyId === undefined || (!line && !detail.refusal)) {
    return (
      <Pane title="Line" onClose={onClose} closeLabel="Hide the detail pane">
        {stockKeyId === undefined ? <EmptyState icon={SheetIcon} title="No line is selected">The pane follows the line that has the keyboard. Alt+Down goes to the next exception.</EmptyState> : <Pending of={detail} label="The line" size="part" />}
      </Pane>
    );
  }
  if (detail.refusal) {
    return (
      <Pane title="Line" onClose={onClose} closeLabel="Hide the detail pane">
        <Pending of={detail} label="The line" size="part" />
      </Pane>
    );
  }
  if (!line) return null;
  return (
    <DropZone invitation={attaching.invitation} onFiles={(files) => void attaching.attach(files)}>
      <div className={styles['detail']} data-testid="detail-pane">
        <Pane title={<LineTitle line={line} />} onClose={onClose} closeLabel="Hide the detail pane">
          {backTo ? <div className={styles['back']}><Button kind="quiet" icon={ChevronLeftIcon} onClick={backTo.onBack}>Back to {backTo.name}</Button></div> : null}
          <LineStory key={line.stockKeyId} line={line} reasonCodes={reasonCodes} onEvidence={(evidence) => setOpened({ stockKeyId: line.stockKeyId, evidence })} onOpenLine={onOpenLine} onAttach={() => void attaching.choose()} attaching={attaching.running} />
        </Pane>
        {opened ? <OriginalRowPanel key={`${opened.evidence.importId} ${opened.evidence.row}`} evidence={opened.evidence} line={line} onOpenLine={onOpenLine} onClose={() => setOpened(undefined)} /> : null}
        <TagForm key={line.stockKeyId} line={line} reasonCodes={reasonCodes} />
      </div>
    </DropZone>
  );
}

function LineTitle({ line }: { readonly line: LineDetail }) {
  return (
    <span className={styles['title']}>
      <span className={styles['sku']} data-testid="detail-sku" data-selectable>{line.sku}</span>
      <span className={styles['location']} data-testid="detail-location">{line.location}</span>
      <span className={styles['tier']} title={`Risk tier ${line.tier}`}>{line.tier}</span>
      <Badge tone={STATUS_TONE[line.status]} plain>{STATUS_WORDS[line.status]}</Badge>
    </span>
  );
}

function LineStory(props: StoryProps & NotesSectionProps) {
  const { line } = props;
  return (
    <>
      <div className={styles['item']}>{line.itemName}</div>
      {line.isStale ? <Notice tone="warning" title="Files, rules or the period before changed after this was reconciled.">Rolls and timeline may tell more than the components.</Notice> : null}
      {line.clearedBy ? <div className={styles['next']}><b>Cleared</b> {sentenceText(line.clearedBy)}</div> : null}
      {line.nextStep && line.status === 'open' ? <div className={styles['next']} data-testid="next-step"><b>Next step</b> {sentenceText(line.nextStep)}</div> : null}
      <FollowUpAsks line={line} />
      <Story {...props} />
    </>
  );
}
