/**
 * New count sheets: what is to be counted, what that would make, and the file it is saved to.
 */
import { type FormEvent, useState } from 'react';
import { countHeading, LINES_PER_SHEET_MAX, SCOPE_WORDS, SHEET_SCOPES, type SheetPlan, type SheetScope } from '@shared/domain/count-sheet';
import type { PaperFormat } from '@shared/domain/journal-workbook';
import { shellCall, useCall, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, Checkbox, countWords, ExportIcon, FolderIcon, Notice, Pane, periodName, ProgressBar, Section, SelectField, TextField } from '../../ui';
import { byLocation, type ChoiceDraft, choiceOf, FIRST_DRAFT, isByVariance, parseLinesPerSheet, planWords } from './choice-draft';
import styles from './count-sheets.module.css';

type FileKind = 'xlsx' | 'csv';

/** @param scope what is chosen to begin with */
export function NewSheetForm({ scope }: { readonly scope: SheetScope }) {
  const { info, period } = useWorkspace();
  const announce = useAnnounce();
  const [draft, setDraft] = useState<ChoiceDraft>({ ...FIRST_DRAFT, scope });
  const [kind, setKind] = useState<FileKind>('xlsx');
  const [paperChosen, setPaper] = useState<PaperFormat | undefined>(undefined);
  const [issued, setIssued] = useState<(SheetPlan & { readonly path: string; readonly sha256: string }) | undefined>(undefined);
  const choices = useQuery('countSheets:choices', {}, { areas: ['imports', 'workbook'], keepsPrevious: true });
  const choice = choiceOf(draft, period.periodId);
  const plan = useQuery('countSheets:plan', choice ?? null, { keepsPrevious: true });
  const issue = useCall('countSheets:issue');
  const paper = paperChosen ?? choices.value?.paper ?? 'a4';
  const ready = choice !== undefined && plan.value !== undefined && !plan.loading && !plan.refusal && !issue.running && !issued;
  const set = (change: Partial<ChoiceDraft>) => {
    setDraft((before) => ({ ...before, ...change }));
    setIssued(undefined);
    issue.reset();
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${info.company} count ${period.code}.${kind}`, kind });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await issue.run({ ...choice, path: chosen.value.path, paper });
    if (!outcome.ok) return;
    setIssued(outcome.value);
    announce(`${planWords(outcome.value)}, saved to ${outcome.value.path}.`);
  };
  return (
    <Pane
      title={`New count sheets for ${periodName(period.code)}`}
      testId="new-count-sheet"
      takesFocus
      footer={
        <Button kind="primary" icon={ExportIcon} type="submit" form="new-count-sheet" disabled={!ready}>
          {plan.value && !plan.refusal && !issued ? `Save ${countWords(plan.value.sheets.length, 'count sheet')}` : 'Save count sheets'}
        </Button>
      }
    >
      <p className={styles['lead']}>
        Blind: the sheets name items and places and nothing that the books say of them. They come back by the Import step, as Excel or
        CSV, and each line is held against what was issued.
      </p>
      {issued ? <Issued issued={issued} /> : null}
      {issue.running ? <ProgressBar title="Writing the count sheets" stage="" done={0} total={null} startedInstant={issue.startedInstant} /> : null}
      {issue.refusal ? (
        <div className={styles['note']}>
          <Notice tone="error" title="No sheet was issued" copyText={issue.refusal.message}>
            {issue.refusal.message}
          </Notice>
        </div>
      ) : null}
      <form id="new-count-sheet" aria-label="New count sheet" onSubmit={(event) => void save(event)}>
        <Section title="What is counted">
          <div className={styles['fields']}>
            <SelectField
              label="Lines"
              value={draft.scope}
              onValue={(scope) => set({ scope })}
              choices={SHEET_SCOPES.map((value) => ({ value, label: SCOPE_WORDS[value] }))}
            />
            <SelectField
              label="Category"
              value={draft.category}
              onValue={(category) => set({ category })}
              choices={[{ value: '', label: 'All' }, ...(choices.value?.categories ?? []).map((value) => ({ value, label: value }))]}
            />
            <SelectField
              label="Risk tier"
              value={draft.tier}
              onValue={(tier) => set({ tier })}
              choices={[{ value: '', label: 'All' }, ...(['A', 'B', 'C'] as const).map((value) => ({ value, label: value }))]}
            />
          </div>
          <Locations draft={draft} codes={choices.value?.locations ?? []} onLocations={(locations) => set({ locations })} />
          <div className={styles['wide']}>
            <TextField
              label="Only these SKUs"
              hint="Separated by commas; empty for all"
              value={draft.skus}
              onValue={(skus) => set({ skus })}
            />
          </div>
          <Checkbox
            label={isByVariance(draft.scope) ? 'Recount: asks for the next count of lines that were counted' : 'Recount: ask for the next count of lines that were counted'}
            checked={draft.recount || isByVariance(draft.scope)}
            disabled={isByVariance(draft.scope)}
            onChecked={(recount) => set({ recount })}
          />
        </Section>
        <Section title="How it is printed">
          <div className={styles['fields']}>
            <SelectField
              label="File"
              value={kind}
              onValue={setKind}
              choices={[
                { value: 'xlsx', label: 'Excel, to print and to type into' },
                { value: 'csv', label: 'CSV, for another program' },
              ]}
            />
            <SelectField
              label="Paper"
              value={paper}
              onValue={setPaper}
              disabled={kind === 'csv'}
              choices={[
                { value: 'a4', label: 'A4' },
                { value: 'letter', label: 'Letter' },
              ]}
            />
            <TextField
              label="Lines on a sheet"
              align="end"
              inputMode="numeric"
              value={draft.linesPerSheet}
              onValue={(linesPerSheet) => set({ linesPerSheet })}
              problem={parseLinesPerSheet(draft.linesPerSheet) === undefined ? `A whole number from 1 to ${LINES_PER_SHEET_MAX}` : undefined}
            />
          </div>
        </Section>
        {issued ? null : (
          <Section title="What it makes" testId="sheet-plan">
            <Plan plan={choice ? plan.value : undefined} refusal={plan.refusal?.message} />
          </Section>
        )}
      </form>
    </Pane>
  );
}

/** A name that only says the code again, or begins with it, does not need the code beside it. */
function placeName(code: string, name: string): string {
  const [lowCode, lowName] = [code.toLowerCase(), name.toLowerCase()];
  if (name === '' || lowName === lowCode) return code;
  return lowName.startsWith(`${lowCode} `) ? name : `${code}, ${name}`;
}

function Locations({
  draft,
  codes,
  onLocations,
}: {
  readonly draft: ChoiceDraft;
  readonly codes: readonly { readonly code: string; readonly name: string }[];
  readonly onLocations: (locations: readonly string[]) => void;
}) {
  return (
    <fieldset className={styles['locations']}>
      <legend>Locations; none ticked stands for all</legend>
      {codes.map(({ code, name }) => (
        <Checkbox
          key={code}
          label={placeName(code, name)}
          checked={draft.locations.includes(code)}
          onChecked={(checked) => onLocations(checked ? [...draft.locations, code] : draft.locations.filter((each) => each !== code))}
        />
      ))}
    </fieldset>
  );
}

function Plan({ plan, refusal }: { readonly plan: SheetPlan | undefined; readonly refusal: string | undefined }) {
  if (refusal !== undefined) {
    return (
      <Notice tone="info" title="Nothing to print yet">
        {refusal}
      </Notice>
    );
  }
  if (!plan) return null;
  return (
    <>
      <p>
        {planWords(plan)}. By location: {byLocation(plan)}.{plan.firstCountNo > 1 ? ` The first column is ${countHeading(plan.firstCountNo)}.` : ''}
      </p>
      {plan.alreadyOut > 0 ? (
        <div className={styles['alreadyOut']}>
          <Notice tone="warning" title={`${countWords(plan.alreadyOut, 'line stands', 'lines stand')} on a sheet that is out for the same count`}>
            Whichever comes back second waits in the quarantine, so that nothing is counted twice. Void the sheet that will not be used.
          </Notice>
        </div>
      ) : null}
    </>
  );
}

function Issued({ issued }: { readonly issued: SheetPlan & { readonly path: string; readonly sha256: string } }) {
  const show = async () => {
    const outcome = await shellCall('shell:showInFolder', { path: issued.path });
    if (!outcome.ok) notify({ tone: 'error', title: outcome.message });
  };
  return (
    <div className={styles['note']} data-testid="sheets-issued">
      <Notice
        tone="done"
        title={`${planWords(issued)}, saved to ${issued.path}`}
        copyText={`${issued.path}\nSHA-256 ${issued.sha256}`}
        actions={
          <Button icon={FolderIcon} onClick={() => void show()}>
            Show in folder
          </Button>
        }
      >
        They stand in the list as issued until they come back. Change the choice above for further sheets.
      </Notice>
    </div>
  );
}
