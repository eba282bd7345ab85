/**
 * The row behind a figure as the file gave it, between the rows before and after it.
 */
import { useState } from 'react';
import type { Evidence, LineDetail } from '@shared/domain/lines';
import { useWords } from '@shared/domain/row-uses';
import { useQuery } from '../../../api';
import { useWorkspace } from '../../../app/workspace';
import { Button, classes, CopyButton, countText, Notice, Pane, periodName, QuietBar } from '../../../ui';
import styles from './original-row-panel.module.css';

export interface OriginalRowPanelProps {
  readonly evidence: Evidence;
  /** The line that the row was opened from. */
  readonly line: LineDetail;
  readonly onOpenLine: (stockKeyId: number) => void;
  readonly onClose: () => void;
}

export function OriginalRowPanel({ evidence, line, onOpenLine, onClose }: OriginalRowPanelProps) {
  const [asksLines, setAsksLines] = useState(false);
  const row = useQuery('imports:originalRow', { importId: evidence.importId, rowNumber: evidence.row }, { areas: ['imports'] });
  return (
    <div className={styles['panel']} data-testid="original-row">
      <Pane
        title={`Row ${countText(evidence.row)} of ${evidence.file}`}
        aside={row.value ? <CopyButton text={`${row.value.header.join('\t')}\n${row.value.cells.join('\t')}`} /> : undefined}
        onClose={onClose}
        closeLabel="Close the row"
        takesFocus
      >
        {row.refusal ? <Notice tone="error" title={row.refusal.message} copyText={row.refusal.message} /> : null}
        <QuietBar shown={row.loading} />
        {row.value ? (
          <>
            <RowsOfFile header={row.value.header} rowNumber={row.value.rowNumber} cells={row.value.cells} neighbours={row.value.neighbours} />
            <p className={styles['source']}>
              {row.value.sheet ? `Sheet ${row.value.sheet}. ` : ''}The file is kept in the workbook, SHA-256 {row.value.sha256.slice(0, 16)}…
            </p>
            {asksLines ? <LinesOfRow evidence={evidence} line={line} onOpenLine={onOpenLine} /> : <Button onClick={() => setAsksLines(true)}>Lines that use this row</Button>}
          </>
        ) : null}
      </Pane>
    </div>
  );
}

/** The way back: every line that the row stands behind; those of another period are named, this one's lead there. */
function LinesOfRow({ evidence, line, onOpenLine }: Omit<OriginalRowPanelProps, 'onClose'>) {
  const { period } = useWorkspace();
  const uses = useQuery('imports:linesOfRow', { importId: evidence.importId, rowNumber: evidence.row }, { areas: ['imports', 'lines'] });
  if (uses.refusal) return <Notice tone="error" title={uses.refusal.message} copyText={uses.refusal.message} />;
  if (!uses.value) return <QuietBar shown={uses.loading} />;
  if (uses.value.lines.length === 0) return <p className={styles['source']}>{uses.value.whyNone}</p>;
  return (
    <ul className={styles['uses']} aria-label="Lines that use this row">
      {uses.value.lines.map((each) => {
        const name = `${each.sku} at ${each.location}`;
        const isHere = each.periodId === period.periodId;
        return (
          <li key={`${each.periodId} ${each.stockKeyId}`}>
            {isHere ? <Button kind="quiet" onClick={() => onOpenLine(each.stockKeyId)}>{name}</Button> : <span>{`${name}, ${periodName(each.periodCode)}`}</span>}
            <span className={styles['use']}>{useWords(each.uses)}{isHere && each.stockKeyId === line.stockKeyId ? ' · this line' : ''}</span>
          </li>
        );
      })}
    </ul>
  );
}

interface RowsOfFileProps {
  readonly header: readonly string[];
  readonly rowNumber: number;
  readonly cells: readonly string[];
  readonly neighbours: readonly { readonly rowNumber: number; readonly cells: readonly string[] }[];
}

/** The file turned on its side: a column of the file is a line here, so that a row of many columns can be read in a narrow pane. */
function RowsOfFile({ header, rowNumber, cells, neighbours }: RowsOfFileProps) {
  const rows = [...neighbours, { rowNumber, cells }].sort((one, other) => one.rowNumber - other.rowNumber);
  /** The nearest row on either side is shown first where there is little room. */
  const isFar = (each: number) => Math.abs(rows.findIndex((row) => row.rowNumber === each) - rows.findIndex((row) => row.rowNumber === rowNumber)) > 1;
  const width = Math.max(header.length, ...rows.map((row) => row.cells.length));
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label="The row and its neighbours">
      <table className={styles['rows']}>
        <caption className="visually-hidden">Row {countText(rowNumber)} with the rows before and after it</caption>
        <thead>
          <tr>
            <th scope="col" className={styles['names']}>Column</th>
            {rows.map((row) => (
              <th key={row.rowNumber} scope="col" className={classes(row.rowNumber === rowNumber ? styles['own'] : styles['neighbour'], isFar(row.rowNumber) && styles['far'])} aria-current={row.rowNumber === rowNumber || undefined}>
                {row.rowNumber === rowNumber ? 'Row ' : ''}{countText(row.rowNumber)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: width }, (_none, index) => (
            <tr key={index}>
              <th scope="row">{header[index] || `Column ${index + 1}`}</th>
              {rows.map((row) => (
                <td
                  key={row.rowNumber} data-own={row.rowNumber === rowNumber || undefined} title={row.cells[index]}
                  className={classes(row.rowNumber === rowNumber ? styles['own'] : styles['neighbour'], isFar(row.rowNumber) && styles['far'])}
                >
                  {row.cells[index] || '\u00a0'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
