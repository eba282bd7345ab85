/**
 * The story of a line, section by section. A section is one line in the list below: a component of `StoryProps` that
 * renders a `Section`, or nothing where it has nothing to tell. The row of names above the story follows by itself.
 */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { Section } from '../../../ui';
import { NotesSection, type NotesSectionProps } from '../notes/notes-section';
import { ChecksSection } from './checks-section';
import { Contradictions } from './contradictions';
import { CountsTable } from './counts-table';
import { HistorySection } from './history-list';
import { IdentitySection } from './identity-section';
import { JournalsSection } from './journals-section';
import { PastPeriods } from './past-periods';
import { PositionsTable } from './positions-table';
import { RollForwardList } from './roll-forward-list';
import type { StoryProps } from './story-props';
import { TruthSection } from './truth-section';
import { Timeline } from './timeline';
import { VarianceSection } from './variance-section';
import styles from './story.module.css';

export function Story({ onAttach, attaching, ...props }: StoryProps & NotesSectionProps) {
  const { line, onEvidence } = props;
  const root = useRef<HTMLDivElement>(null);
  return (
    <>
      <SectionNames root={root} />
      <div ref={root} className={styles['columns']}>
        <div className={styles['sections']}>
          <Section title="Positions" testId="detail-positions"><PositionsTable line={line} onEvidence={onEvidence} /></Section>
          <VarianceSection {...props} />
          <ChecksSection line={line} />
          <PastPeriods line={line} />
        </div>
        <div className={styles['sections']}>
          <Section title="Timeline" testId="detail-timeline"><Timeline line={line} onEvidence={onEvidence} /></Section>
          {line.counts.length > 0 ? <Section title="Count" testId="detail-counts"><CountsTable line={line} onEvidence={onEvidence} /></Section> : null}
          <IdentitySection line={line} />
          <Contradictions line={line} onEvidence={onEvidence} />
          <Section title="Roll-forward, posted by the ERP" shortTitle="Roll-forward"><RollForwardList line={line} /></Section>
          <TruthSection line={line} />
          <JournalsSection line={line} />
          <NotesSection line={line} onAttach={onAttach} attaching={attaching} />
          <HistorySection line={line} />
        </div>
      </div>
    </>
  );
}

/** The names of the sections in a row: one stop of the keyboard, arrows move, Enter goes there. */
function SectionNames({ root }: { readonly root: { readonly current: HTMLElement | null } }) {
  const [names, setNames] = useState<readonly string[]>([]);
  const [current, setCurrent] = useState(0);
  useLayoutEffect(() => {
    const found = [...(root.current?.querySelectorAll<HTMLElement>('section[data-section]') ?? [])].map((section) => section.dataset['section'] ?? '');
    if (names.join('\n') !== found.join('\n')) setNames(found);
  });
  const goTo = (name: string) => {
    const section = [...(root.current?.querySelectorAll<HTMLElement>('section[data-section]') ?? [])].find((each) => each.dataset['section'] === name);
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || names.length === 0) return;
    event.preventDefault();
    const next = (current + step + names.length) % names.length;
    setCurrent(next);
    event.currentTarget.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };
  return (
    <nav className={styles['names']} aria-label="Sections of the line" onKeyDown={onKeyDown}>
      {names.map((name, index) => (
        <button key={name} type="button" tabIndex={index === Math.min(current, names.length - 1) ? 0 : -1} onFocus={() => setCurrent(index)} onClick={() => goTo(name)}>{name}</button>
      ))}
    </nav>
  );
}
