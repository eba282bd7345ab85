/** One sample: its lines with test counts and tick marks, what follows from them, the floor, and how it was drawn. */
import { useEffect, useState } from 'react';
import type { Sample } from '@shared/domain/audit/sample';
import { shellCall, useCall, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Badge, Button, countText, ExportIcon, Notice, Pane, Pending, Tabs } from '../../ui';
import { FloorTab } from './floor-tab';
import { LinesTab } from './lines-tab';
import type { MakeChanges } from './make-changes';
import { PlanTab } from './plan-tab';
import { ResultTab } from './result-tab';
import styles from './audit-room.module.css';

type TabId = 'lines' | 'floor' | 'result' | 'plan';

export interface SamplePaneProps {
  readonly file: string;
  readonly sampleId: number;
  readonly onChanged: () => void;
}

export function SamplePane({ file, sampleId, onChanged }: SamplePaneProps) {
  const { info } = useWorkspace();
  const announce = useAnnounce();
  const read = useQuery('samples:read', { file, sampleId }, { areas: [] });
  const change = useCall('samples:change');
  const save = useCall('samples:save');
  const repeat = useCall('samples:repeat');
  const [sample, setSample] = useState<Sample | undefined>(undefined);
  const [tab, setTab] = useState<TabId>('lines');
  const [repeated, setRepeated] = useState<{ readonly isSame: boolean; readonly message: string } | undefined>(undefined);
  useEffect(() => setSample(read.value), [read.value]);
  if (!sample) return <Pending of={read} label="The sample" />;

  const make: MakeChanges = async (changes) => {
    for (const each of changes) {
      const outcome = await change.run({ file, sampleId, change: each });
      if (!outcome.ok) return false;
      setSample(outcome.value);
    }
    onChanged();
    return true;
  };
  const savePaper = async () => {
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${info.company} sample ${sampleId} ${sample.periodCode}.xlsx`, kind: 'xlsx' });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await save.run({ file, sampleId, path: chosen.value.path });
    if (!outcome.ok) return;
    announce(`The working paper is saved to ${outcome.value.path}.`);
    notify({ tone: 'done', title: 'The working paper is saved', text: outcome.value.path });
  };
  const drawAgain = async () => {
    const outcome = await repeat.run({ file, sampleId });
    if (outcome.ok) setRepeated({ isSame: outcome.value.state === 'same', message: outcome.value.message });
  };
  const refusal = change.refusal ?? save.refusal ?? repeat.refusal;
  const { evaluation } = sample;
  return (
    <Pane
      title={`Sample ${sampleId}${sample.purpose === '' ? '' : `: ${sample.purpose}`}`}
      testId="sample-pane"
      aside={
        sample.conclusion !== null ? <Badge tone="cleared">Concluded</Badge>
        : evaluation.itemsOpen > 0 ? <Badge tone="neutral">{`${countText(evaluation.itemsOpen)} not counted`}</Badge>
        : <Badge tone={evaluation.decision === 'supported' || evaluation.decision === 'judged' ? 'cleared' : 'warning'}>Counted</Badge>
      }
      footer={
        <>
          <span className={styles['grow']} />
          <Button disabled={repeat.running} onClick={() => void drawAgain()}>Draw again</Button>
          <Button icon={ExportIcon} disabled={save.running} onClick={() => void savePaper()}>Save the working paper</Button>
        </>
      }
    >
      <div className={styles['sample']}>
        {refusal ? <Notice tone="error" title={refusal.message} copyText={refusal.message} /> : null}
        {repeated ? <Notice tone={repeated.isSame ? 'done' : 'warning'} title={repeated.message} /> : null}
        <Tabs<TabId>
          label="Parts of the sample"
          active={tab}
          onActive={setTab}
          tabs={[
            { id: 'lines', label: 'Sheet to floor', count: countText(sample.lines) },
            { id: 'floor', label: 'Floor to sheet', count: countText(sample.floorCounts.length) },
            { id: 'result', label: 'Evaluation and conclusion' },
            { id: 'plan', label: 'How it was drawn' },
          ]}
        >
          {tab === 'lines' ? <LinesTab sample={sample} onMake={make} />
          : tab === 'floor' ? <FloorTab sample={sample} onMake={make} />
          : tab === 'result' ? <ResultTab sample={sample} onMake={make} />
          : <PlanTab sample={sample} onMake={make} />}
        </Tabs>
      </div>
    </Pane>
  );
}
