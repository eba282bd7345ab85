/**
 * One report: what it stands for, its sections, how it is read; saving and printing it.
 */
import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Report, ReportRequest } from '@shared/domain/report';
import { shellCall, useCall } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { type Paper, printedWords, usePrinting } from '../../app/printing';
import { useAnnounce } from '../../app/workspace';
import { Badge, Button, countText, ExportIcon, MenuButton, Pane, periodName, ProgressBar, Tabs } from '../../ui';
import { Proposals } from './proposals';
import { ReportTable } from './report-table';
import { StandsForLine } from './stands-for';
import styles from './reports.module.css';

const PROPOSALS = 'proposals';
const NOTES = 'notes';

type Kind = 'xlsx' | 'html' | 'csv';

export interface ReportPaneProps {
  readonly report: Report;
  /** What it was read with: a file is made with the same. */
  readonly request: Omit<ReportRequest, 'linesMax'>;
  /** Fields that cut it. */
  readonly choices: ReactNode;
}

export function ReportPane({ report, request, choices }: ReportPaneProps) {
  const { standsFor, sections } = report;
  const announce = useAnnounce();
  const [wanted, setWanted] = useState('');
  const printing = usePrinting();
  const save = useCall('reports:save');
  const section = sections.find(({ id }) => id === wanted);
  const shown = section || wanted === NOTES || (wanted === PROPOSALS && report.id === 'repeat-offenders') ? wanted : sections[0]!.id;

  const pageHead = `${standsFor.company}. ${report.title}, ${periodName(standsFor.periodCode)}${standsFor.isStale ? ', STALE' : ''}`;
  const paper: Paper = { head: pageHead, timeZone: standsFor.timeZone, landscape: true };
  const print = () => printing.print(paper);
  const savePdf = () => void printing.savePdf(paper, `${standsFor.company} ${standsFor.periodCode} ${report.title}`);
  const saveAs = async (kind: Kind) => {
    const part = kind === 'csv' && section ? `, ${section.title.split(',')[0]!.toLowerCase()}` : '';
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${standsFor.company} ${standsFor.periodCode} ${report.title}${part}.${kind}`, kind });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await save.run({ ...request, path: chosen.value.path, section: kind === 'csv' ? (section?.id ?? null) : null });
    if (outcome.ok) {
      announce(`${report.title} is saved to ${outcome.value.path}.`);
      notify({ tone: 'done', title: `${report.title} is saved`, text: outcome.value.path });
    } else if (outcome.failure !== 'cancelled') notify({ tone: 'error', title: 'The report was not saved', text: outcome.message });
  };
  useCommands({
    'report.save': { run: () => void saveAs('xlsx'), enabled: !save.running },
    'report.print': { run: print },
    'report.savePdf': { run: savePdf },
  });
  const body = sections.find(({ id }) => id === shown);
  return (
    <Pane
      title={report.title}
      aside={
        <>
          {standsFor.isStale ? <Badge tone="warning">Stale</Badge> : null}
          {choices}
        </>
      }
      testId="report"
      footer={
        <>
          <span className={styles['footText']}>{'Reads reconciled lines only'}</span>
          <MenuButton
            label="Save the report as"
            align="end"
            items={[
              { key: 'pdf', label: 'PDF with page numbers', onChoose: savePdf },
              { key: 'html', label: 'Web page for paper', onChoose: () => void saveAs('html') },
              { key: 'csv', label: 'This section as comma-separated text', disabled: !section && shown !== sections[0]!.id, onChoose: () => void saveAs('csv') },
            ]}
            testId="report-save-as"
          >
            Save as
          </MenuButton>
          <Button onClick={print} shortcut="CmdOrCtrl+P">
            Print
          </Button>
          <Button kind="primary" icon={ExportIcon} disabled={save.running} shortcut="CmdOrCtrl+S" onClick={() => void saveAs('xlsx')}>
            Save as Excel
          </Button>
        </>
      }
    >
      <div className={styles['report']}>
        {save.running ? <ProgressBar title={`Saving ${report.title}`} stage={save.progress?.stage ?? 'lines'} done={save.progress?.done ?? 0} total={save.progress?.total ?? null} startedInstant={save.startedInstant} onCancel={save.cancel} /> : null}
        <StandsForLine report={report} />
        <Tabs
          label="Sections of the report"
          active={shown}
          onActive={setWanted}
          tabs={[
            ...sections.map(({ id, title, linesInAll }) => ({ id, label: title.split(',')[0]!, count: countText(linesInAll) })),
            ...(report.id === 'repeat-offenders' ? [{ id: PROPOSALS, label: 'Risk tiers', count: countText(report.proposals.length) }] : []),
            { id: NOTES, label: 'How it is read' },
          ]}
        >
          {body ? (
            <div className={styles['section']}>
              {body.note === '' ? null : <p className={styles['note']}>{body.note}</p>}
              {/* A box that scrolls must be reached by keyboard. */}
              <div className={styles['scroll']} tabIndex={0} role="region" aria-label={body.title} key={`${report.id} ${body.id}`}>
                <ReportTable section={body} standsFor={standsFor} />
              </div>
            </div>
          ) : shown === PROPOSALS ? (
            <Proposals proposals={report.proposals} />
          ) : (
            <div className={styles['scroll']} data-selectable>
              {report.notes.map((note) => (
                <p key={note} className={styles['reading']}>
                  {note}
                </p>
              ))}
            </div>
          )}
        </Tabs>
      </div>
      {printing.isPrinting
        ? createPortal(
            <div data-printed className={styles['paper']}>
              <h1>{report.title}</h1>
              <p>{`${standsFor.company}, ${printedWords(Date.now(), standsFor.timeZone)}`}</p>
              <StandsForLine report={report} />
              {sections.map((each) => (
                <section key={each.id}>
                  <h2>{each.title}</h2>
                  {each.note === '' ? null : <p>{each.note}</p>}
                  <ReportTable section={each} standsFor={standsFor} pageHead={pageHead} />
                </section>
              ))}
              {report.notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </div>,
            document.body,
          )
        : null}
    </Pane>
  );
}
