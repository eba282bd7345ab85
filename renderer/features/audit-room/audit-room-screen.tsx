/**
 * The auditor's room: the file that everything is kept in, its samples and the cut-off test at the left, one of them beside it.
 *
 * Nothing here asks whether the workbook may be written: it never is.
 */
import { useState } from 'react';
import type { SampleSummary } from '@shared/domain/audit/sample';
import type { KeptCutOffSummary } from '@shared/domain/audit/cut-off';
import { METHOD_WORDS } from '@shared/domain/audit/selection';
import { useCall, useQuery } from '../../api';
import { recall, remember } from '../../app/settings';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { Button, countText, Desk, Notice, Pending, type PickEntry, PickList, PlusIcon, SelectField } from '../../ui';
import { BeginFile } from './begin-file';
import { CutOffPane, KeptCutOffPane } from './cut-off-pane';
import { NewSample } from './new-sample';
import { ReplayPane } from './replay-pane';
import { SamplePane } from './sample-pane';
import styles from './audit-room.module.css';

const NEW = 'new';
const CUT_OFF = 'cutOff';
const REPLAY = 'replay';
const OTHER_FILE = '';

interface Place {
  readonly file: string;
  readonly shown: string;
}

export function AuditRoomScreen() {
  const { info } = useWorkspace();
  const kept = `auditRoom.${info.workbookUuid}`;
  const [place, setPlace] = useState<Place>(() => recall<Place>(kept) ?? { file: OTHER_FILE, shown: NEW });
  const [begins, setBegins] = useState(false);
  const [replays, setReplays] = useState(false);
  const files = useQuery('auditRoom:files', {}, { areas: [], keepsPrevious: true });
  const usable = files.value?.files.filter(({ problem }) => problem === '') ?? [];
  const file = (usable.find((each) => each.file === place.file) ?? usable[0])?.file;
  const samples = useQuery('samples:list', file === undefined ? null : { file }, { areas: [], keepsPrevious: true });
  const cutOffs = useQuery('cutOff:kept', file === undefined ? null : { file }, { areas: [], keepsPrevious: true });
  const go = (next: Place) => {
    setPlace(next);
    remember(kept, next);
  };
  useScreenFocus(({ view }) => {
    if (view !== REPLAY) return;
    setBegins(false);
    setReplays(true);
    go({ ...place, shown: REPLAY });
  });
  useStatus([
    { label: 'samples', value: countText(samples.value?.length ?? 0) },
    { label: 'not concluded', value: countText(samples.value?.filter(({ conclusion }) => conclusion === null).length ?? 0) },
  ]);
  if (!files.value) return <Pending of={files} label="Auditor’s files" />;
  const replayPane = <ReplayPane file={file} begins={replays} onBegun={() => setReplays(false)} />;
  // Neither a file nor a name is needed to compute a period again.
  if (file === undefined && place.shown === REPLAY && !begins) {
    return (
      <div className={styles['alone']}>
        <Notice strip tone="info" title="Without an auditor’s file the outcome is kept nowhere." actions={<Button onClick={() => setBegins(true)}>Begin an auditor’s file</Button>} />
        {replayPane}
      </div>
    );
  }
  if (file === undefined || begins) {
    return (
      <BeginFile
        listed={files.value}
        onClose={begins ? () => setBegins(false) : undefined}
        onBegun={(name) => {
          setBegins(false);
          go({ file: name, shown: NEW });
          files.reload();
        }}
      />
    );
  }
  const shown = place.file === file || place.file === OTHER_FILE ? place.shown : NEW;
  const sample = samples.value?.find(({ sampleId }) => String(sampleId) === shown);
  const cutOff = cutOffs.value?.find(({ cutOffTestId }) => keptKey(cutOffTestId) === shown);
  const show = (key: string) => go({ file, shown: key });
  return (
    <div data-testid="audit-room">
      <Desk
        head={
          <>
            <h2>Auditor’s room</h2>
            <Button kind="quiet" icon={PlusIcon} onClick={() => show(NEW)}>New</Button>
          </>
        }
        list={
          <PickList
            label="Samples and tests"
            chosen={shown}
            onChoose={show}
            entries={[NEW_ENTRY, CUT_OFF_ENTRY, REPLAY_ENTRY, ...(cutOffs.value ?? []).map(cutOffEntry), ...(samples.value ?? []).map(entryOf)]}
            testId="audit-room-list"
          />
        }
        foot={<FileFoot file={file} names={usable.map((each) => each.file)} onFile={(name) => go({ file: name, shown: NEW })} onBegin={() => setBegins(true)} />}
        strip={samples.refusal ? <Notice strip tone="error" title={samples.refusal.message} copyText={samples.refusal.message} /> : null}
      >
        {shown === CUT_OFF ? (
          <CutOffPane
            file={file}
            onKept={(cutOffTestId) => {
              cutOffs.reload();
              show(keptKey(cutOffTestId));
            }}
          />
        ) : shown === REPLAY ? (
          replayPane
        ) : cutOff ? (
          <KeptCutOffPane key={`${file} ${shown}`} file={file} cutOffTestId={cutOff.cutOffTestId} onChanged={cutOffs.reload} />
        ) : sample ? (
          <SamplePane key={`${file} ${sample.sampleId}`} file={file} sampleId={sample.sampleId} onChanged={samples.reload} />
        ) : (
          <NewSample
            file={file}
            onDrawn={(sampleId) => {
              samples.reload();
              show(String(sampleId));
            }}
          />
        )}
      </Desk>
    </div>
  );
}

const NEW_ENTRY: PickEntry = { key: NEW, title: 'New sample', detail: 'choose a method', name: 'New sample, choose a method' };
const REPLAY_ENTRY: PickEntry = { key: REPLAY, title: 'Computed again', detail: 'from the stored files', name: 'Computed again, from the stored files' };
const CUT_OFF_ENTRY: PickEntry = { key: CUT_OFF, title: 'Cut-off test', detail: 'last and first documents', name: 'Cut-off test, last and first documents' };

const keptKey = (cutOffTestId: number): string => `cutOff ${cutOffTestId}`;

function cutOffEntry({ cutOffTestId, periodCode, lines, judged }: KeptCutOffSummary): PickEntry {
  const standing = `${countText(lines)} postings, ${countText(judged)} written on`;
  return { key: keptKey(cutOffTestId), title: `Cut-off ${cutOffTestId}, ${periodCode}`, detail: standing, name: `Kept cut-off test ${cutOffTestId} of ${periodCode}, ${standing}` };
}

function entryOf({ sampleId, periodCode, method, lines, counted, conclusion }: SampleSummary): PickEntry {
  const standing = conclusion === null ? `${countText(counted)} of ${countText(lines)} counted` : 'concluded';
  return { key: String(sampleId), title: `Sample ${sampleId}, ${periodCode}`, detail: `${METHOD_WORDS[method]} · ${standing}`, name: `Sample ${sampleId} of ${periodCode}, ${METHOD_WORDS[method]}, ${standing}` };
}

interface FileFootProps {
  readonly file: string;
  readonly names: readonly string[];
  readonly onFile: (name: string) => void;
  readonly onBegin: () => void;
}

/** Which file it is, another one, and whether its trail holds. */
function FileFoot({ file, names, onFile, onBegin }: FileFootProps) {
  const verify = useCall('auditRoom:verify');
  const [said, setSaid] = useState('');
  const check = async () => {
    const outcome = await verify.run({ file });
    setSaid(outcome.ok ? (outcome.value.holds ? 'The file is as its trail says.' : outcome.value.findings.join(' ')) : outcome.message);
  };
  return (
    <div className={styles['foot']}>
      {names.length > 1 ? (
        <SelectField label="Auditor’s file" labelHidden value={file} choices={names.map((value) => ({ value, label: value }))} onValue={onFile} />
      ) : (
        <span className={styles['fileName']} title={file}>{file}</span>
      )}
      <div className={styles['footButtons']}>
        <Button kind="quiet" onClick={onBegin}>New file</Button>
        <Button kind="quiet" disabled={verify.running} onClick={() => void check()}>Check the file</Button>
      </div>
      <p role="status">{said}</p>
    </div>
  );
}
