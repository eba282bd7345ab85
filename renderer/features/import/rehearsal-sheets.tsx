/**
 * A file of count sheets against what was issued: what is missing, what is extra, what was not counted.
 */
import { reportSentences, type SheetReport } from '@shared/domain/count-sheet';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, Notice, SheetIcon } from '../../ui';
import styles from './import.module.css';

export function RehearsalSheets({ report, isWritten }: { readonly report: SheetReport | null; readonly isWritten: boolean }) {
  const { openScreen } = useWorkspace();
  if (!report) return null;
  const sentences = reportSentences(report);
  const sheets = countWords(report.sheets.length, 'count sheet');
  return (
    <div className={styles['note']} data-testid="sheet-report">
      <Notice
        tone={sentences.length > 0 ? 'warning' : 'done'}
        title={sentences.length > 0 ? `${sheets} in the file, not all as issued` : `${sheets} in the file, complete and as issued`}
        {...(sentences.length > 0 ? { copyText: sentences.join('\n') } : {})}
        actions={
          isWritten ? (
            <Button icon={SheetIcon} onClick={() => openScreen('countSheets')}>
              Count sheets
            </Button>
          ) : undefined
        }
      >
        {sentences.length > 0 ? (
          <ul>
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        ) : null}
      </Notice>
    </div>
  );
}
