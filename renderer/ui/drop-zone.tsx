/**
 * A place onto which files are dropped. The whole of what it holds takes the drop and says so while files hang over it.
 */
import { type DragEvent, type ReactNode, useState } from 'react';
import { classes } from './classes';
import styles from './drop-zone.module.css';

export interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void;
  /** Shown over the place while files hang over it. */
  readonly invitation: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
  readonly testId?: string;
}

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

export function DropZone({ onFiles, invitation, disabled = false, children, testId }: DropZoneProps) {
  // Entering a child leaves its parent: only the balance says whether files still hang over the whole.
  const [depth, setDepth] = useState(0);
  const over = depth > 0 && !disabled;
  return (
    <div
      className={classes(styles['zone'], over && styles['over'])}
      data-testid={testId}
      onDragEnter={(event) => holdsFiles(event) && setDepth((current) => current + 1)}
      onDragLeave={(event) => holdsFiles(event) && setDepth((current) => Math.max(0, current - 1))}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = disabled ? 'none' : 'copy';
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        setDepth(0);
        if (!disabled) onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over ? (
        <div className={styles['invitation']} aria-hidden="true">
          {invitation}
        </div>
      ) : null}
    </div>
  );
}
