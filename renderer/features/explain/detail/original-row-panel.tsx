/**
 * The row behind a figure as the file gave it, between the rows before and after it.
 */
import type { Evidence } from '@shared/domain/lines';
import { useQuery } from '../../../api';
import { classes, CopyButton, countText, Notice, Pane, QuietBar } from '../../../ui';
import styles from './original-row-panel.module.css';

export function OriginalRowPanel({ evidence, onClose }: { readonly evidence: Evidence; readonly onClose: () => void }) {
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
          </>
        ) : null}
      </Pane>
    </div>
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
