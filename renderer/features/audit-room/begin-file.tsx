/** Beginning an auditor's file: a name for the file, and who the auditor is. */
import { type FormEvent, useState } from 'react';
import type { AuditorFile } from '@shared/contract/audit-room';
import { useCall } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Button, Notice, Pane, TextField } from '../../ui';
import styles from './audit-room.module.css';

export interface BeginFileProps {
  readonly listed: { readonly files: readonly AuditorFile[]; readonly usualName: string };
  readonly onBegun: (file: string) => void;
  readonly onClose: (() => void) | undefined;
}

const EXTENSION = '.tieout-audit';

/** A name that no file beside the workbook has yet. */
function freeName({ files, usualName }: BeginFileProps['listed']): string {
  const stem = usualName.slice(0, -EXTENSION.length);
  const taken = new Set(files.map(({ file }) => file));
  let name = usualName;
  for (let number = 2; taken.has(name); number += 1) name = `${stem} ${number}${EXTENSION}`;
  return name;
}

export function BeginFile({ listed, onBegun, onClose }: BeginFileProps) {
  const { info } = useWorkspace();
  const create = useCall('auditRoom:create');
  const [auditor, setAuditor] = useState(info.actor.role === 'auditor' ? info.actor.name : '');
  const [file, setFile] = useState(() => freeName(listed));
  const ready = auditor.trim() !== '' && file.endsWith(EXTENSION) && !create.running;
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await create.run({ file, auditor: auditor.trim() });
    if (outcome.ok) onBegun(outcome.value.file);
  };
  return (
    <Pane
      title="Begin an auditor’s file"
      testId="begin-auditor-file"
      onClose={onClose}
      footer={<Button kind="primary" type="submit" form="begin-auditor-file" disabled={!ready}>Begin the file</Button>}
    >
      <p className={styles['lead']}>
        Samples, test counts, tick marks and conclusions are kept in a file of your own beside the workbook. The workbook is only read; no identity is needed.
      </p>
      {create.refusal ? <div className={styles['note']}><Notice tone="error" title="No file was begun" copyText={create.refusal.message}>{create.refusal.message}</Notice></div> : null}
      {listed.files.filter(({ problem }) => problem !== '').map(({ file: name, problem }) => (
        <div key={name} className={styles['note']}><Notice tone="warning" title={`${name} cannot be used here`}>{problem}</Notice></div>
      ))}
      <form id="begin-auditor-file" aria-label="Begin an auditor’s file" className={styles['pair']} onSubmit={(event) => void begin(event)}>
        <TextField label="Auditor" hint="Stands on every count and on the working paper" value={auditor} onValue={setAuditor} />
        <TextField label="File" hint="Lies beside the workbook" value={file} onValue={setFile} problem={file.endsWith(EXTENSION) ? undefined : `End the name with ${EXTENSION}.`} />
      </form>
    </Pane>
  );
}
