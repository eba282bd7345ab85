/**
 * What the changed rules would do: to the lines of the period, to what is let pass, to past periods. And the form that
 * saves them with a reason.
 */
import { type FormEvent, useState } from 'react';
import type { LineEffect, PastEffect, RulePreview, Tally } from '@shared/domain/rule-effects';
import { useWorkspace } from '../../app/workspace';
import { Button, countText, countWords, Notice, NumberText, periodName, quantityText, Section, Table, moneyText, TextField } from '../../ui';
import { EFFECT_WORDS, headline, ruleWords, standingWords } from './preview-words';
import styles from './rules.module.css';

export interface SaveFormProps {
  /** Why the rules cannot be saved; empty where they can. */
  readonly blocked: string;
  readonly running: boolean;
  readonly onSave: (why: string) => Promise<boolean>;
}

/** The reason, and the button that makes the draft a version. */
export function SaveForm({ blocked, running, onSave }: SaveFormProps) {
  const { period } = useWorkspace();
  const [why, setWhy] = useState('');
  const ready = blocked === '' && why.trim() !== '' && !running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (ready && (await onSave(why.trim()))) setWhy('');
  };
  return (
    <form className={styles['saveForm']} aria-label="Save the rules" onSubmit={(event) => void submit(event)}>
      <TextField label="Why the rules change" value={why} onValue={setWhy} disabled={running} hint={blocked} />
      <div className={styles['button']}>
        <Button kind="primary" type="submit" disabled={!ready}>
          {`Save from ${periodName(period.code)} on`}
        </Button>
      </div>
    </form>
  );
}

function Effects({ effects, changed }: { readonly effects: readonly LineEffect[]; readonly changed: number }) {
  const { currency, timeZone, openScreen } = useWorkspace();
  return (
    <Section title={effects.length < changed ? `Lines, the first ${countText(effects.length)} of ${countText(changed)}` : 'Lines'}>
      <Table<LineEffect>
        caption="Lines that would change"
        rows={effects}
        rowKey={({ stockKeyId }) => stockKeyId}
        onChoose={({ stockKeyId }) => openScreen('explain', { stockKeyId })}
        testId="rule-effects"
        columns={[
          {
            id: 'line', title: 'Line', wraps: true,
            cell: ({ sku, location, effect }) => (
              <>
                <b>{sku}</b> {location}
                <div className={styles['quiet']}>{EFFECT_WORDS[effect]}</div>
              </>
            ),
          },
          { id: 'stands', title: 'Units', align: 'end', cell: ({ standsScaled }) => <NumberText text={quantityText(standsScaled)} /> },
          { id: 'value', title: currency, align: 'end', cell: ({ standsMinor }) => <NumberText text={moneyText(standsMinor, currency)} /> },
          {
            id: 'standing', title: 'Before → after', wraps: true,
            cell: ({ before, after }) => (
              <>
                <div className={styles['quiet']}>{standingWords(before, after, timeZone)}</div>
                <div>{`→ ${standingWords(after, before, timeZone)}`}</div>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Past({ past }: { readonly past: readonly PastEffect[] }) {
  const { currency } = useWorkspace();
  const tally = ({ lines, valueMinor }: Tally) => (lines === 0 ? '–' : `${moneyText(valueMinor, currency)} (${countText(lines)})`);
  return (
    <Section title="What they would have done before">
      <Table<PastEffect>
        caption="What the changed rules would have done in past periods"
        rows={past}
        rowKey={({ periodCode }) => periodCode}
        testId="rule-past"
        columns={[
          { id: 'period', title: 'Period', cell: ({ periodCode }) => periodName(periodCode) },
          { id: 'opened', title: `Held back, ${currency}`, align: 'end', cell: ({ opened }) => tally(opened) },
          { id: 'real', title: 'of it real', align: 'end', cell: ({ openedReal }) => tally(openedReal) },
          { id: 'cleared', title: `Let pass, ${currency}`, align: 'end', cell: ({ cleared }) => tally(cleared) },
          { id: 'booked', title: 'of it booked', align: 'end', cell: ({ clearedReal }) => tally(clearedReal) },
          { id: 'owner', title: 'Other owner', align: 'end', cell: ({ ownerChanged }) => (ownerChanged === 0 ? '–' : countText(ownerChanged)) },
        ]}
      />
    </Section>
  );
}

/** The preview itself. */
export function PreviewFigures({ preview }: { readonly preview: RulePreview }) {
  const { currency } = useWorkspace();
  const { before, after, limitMinor } = preview.letPass;
  const sum = ({ lines, valueMinor }: Tally) => `${countWords(lines, 'line')}, ${moneyText(valueMinor, currency)} ${currency}`;
  const isOver = limitMinor !== null && after.valueMinor > limitMinor;
  const moving = preview.byRule.filter((each) => each.before !== each.after);
  return (
    <>
      {preview.isStale ? (
        <Notice tone="warning" title="The lines are older than the workbook">
          Files, rules or the period before changed since the last reconciliation; run it for a preview of today.
        </Notice>
      ) : null}
      <p className={styles['headline']} data-testid="rule-preview-headline">{headline(preview)}</p>
      <ul className={styles['sentences']} data-testid="rule-differences" data-selectable>
        {preview.differences.map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
      <Section title="Let pass by tolerance">
        <p data-testid="rule-let-pass">
          {`${sum(before)} before; ${sum(after)} after`}
          {limitMinor === null ? '.' : `, of at most ${moneyText(limitMinor, currency)} ${currency}.`}
        </p>
        {isOver ? <Notice tone="warning" title={`More than the limit of ${moneyText(limitMinor, currency)} ${currency}`} /> : null}
      </Section>
      {moving.length > 0 ? (
        <Section title="By rule">
          <Table
            caption="Lines by rule, before and after"
            rows={moving}
            rowKey={({ rule, clears }) => `${rule} ${clears}`}
            columns={[
              { id: 'rule', title: 'Rule', wraps: true, cell: ruleWords },
              { id: 'before', title: 'Before', align: 'end', width: 70, cell: (each) => countText(each.before) },
              { id: 'after', title: 'After', align: 'end', width: 70, cell: (each) => countText(each.after) },
            ]}
          />
        </Section>
      ) : null}
      {preview.changed > 0 ? <Effects effects={preview.effects} changed={preview.changed} /> : null}
      {preview.past.length > 0 ? <Past past={preview.past} /> : null}
    </>
  );
}
