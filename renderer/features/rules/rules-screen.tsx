/**
 * Rules: what is in force at the left, as a draft that can be changed; what the change would do at the right, before it is
 * saved.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import type { RulePreview, RulesInForce } from '@shared/domain/rule-effects';
import type { RuleSet } from '@shared/domain/rules';
import { useCall, useQuery } from '../../api';
import { useCommands } from '../../app/commands';
import { useAnnounce, useStatus, useWorkspace } from '../../app/workspace';
import { Button, countText, countWords, Notice, Pane, Pending, periodName, PlayIcon, ProgressBar, QuietBar, type Tab, Tabs } from '../../ui';
import { AccountsTab } from './accounts-tab';
import { DueTab } from './due-tab';
import { HistoryTab } from './history-tab';
import { PreviewFigures, SaveForm } from './preview-pane';
import { RiskWindowsTab } from './risk-windows-tab';
import { RoutesTab } from './routes-tab';
import { readDraft } from './rules-draft';
import { TolerancesTab } from './tolerances-tab';
import { TruthTab } from './truth-tab';
import { useDraft } from './use-draft';
import styles from './rules.module.css';

type TabId = 'tolerances' | 'riskWindows' | 'truth' | 'routes' | 'due' | 'accounts' | 'history';

/** Whoever types is not asked to wait for each letter. */
const SETTLED_MS = 250;

function useSettled<T>(value: T, key: string): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
    // The key stands for the value.
  }, [key]);
  return settled;
}

const textOf = (rules: RuleSet): string => canonicalJson(rules as unknown as CanonicalValue);

export function RulesScreen() {
  const { period, info } = useWorkspace();
  const inForce = useQuery('rules:inForce', { periodId: period.periodId }, { areas: ['rules', 'workbook', 'imports', 'signOff'] });
  if (!inForce.value || inForce.refusal) return <Pending of={inForce} label="Rules" />;
  const place = `${info.workbookUuid} ${period.code}`;
  return <RulesOf key={`${place} ${inForce.value.ruleSetId}`} inForce={inForce.value} place={place} />;
}

function RulesOf({ inForce, place }: { readonly inForce: RulesInForce; readonly place: string }) {
  const { canEdit } = useWorkspace();
  const [tab, setTab] = useState<TabId>('tolerances');
  const { draft, change, putBack } = useDraft(inForce, place);
  const evidence = useQuery('rules:evidence', { currency: inForce.currency }, { areas: ['lines', 'tags', 'signOff'], keepsPrevious: true });
  const { currency, locations, categories } = inForce;
  const { rules, problems } = useMemo(() => readDraft(draft, currency, inForce), [draft, currency, inForce]);
  const isChanged = problems.size > 0 || (rules !== undefined && textOf(rules) !== textOf(inForce.rules));

  const sections = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLElement | null>(null);
  /** From the rule that is edited to the reason for saving it, past all that would change, and back. */
  const switchPane = () => {
    const active = document.activeElement as HTMLElement | null;
    if (sections.current?.contains(active)) {
      before.current = active;
      const pane = sections.current.nextElementSibling;
      (pane?.querySelector<HTMLElement>('footer input') ?? pane?.querySelector<HTMLElement>('button'))?.focus();
    } else (before.current?.isConnected ? before.current : sections.current?.querySelector<HTMLElement>('[role="tab"][tabindex="0"]'))?.focus();
  };
  useCommands({ 'view.switchPane': { run: switchPane, enabled: canEdit } });
  useStatus([
    { label: 'version of the rules', value: countText(inForce.ruleSetId) },
    { label: 'in force from', value: inForce.fromPeriod === '' ? 'the beginning' : periodName(inForce.fromPeriod) },
  ]);
  const fields = { draft, onDraft: change, problems, currency, disabled: !canEdit };
  const found = evidence.value ?? [];
  const tabs: readonly Tab<TabId>[] = [
    { id: 'tolerances', label: 'Tolerances' },
    { id: 'riskWindows', label: 'Risk windows' },
    { id: 'truth', label: 'Source of truth' },
    { id: 'routes', label: 'Routing', count: countText(draft.routes.length) },
    { id: 'due', label: 'Due dates and counts' },
    { id: 'accounts', label: 'Journals', count: countText(draft.accounts.length) },
    { id: 'history', label: 'History', count: countText(inForce.history.length) },
  ];
  return (
    <div className={styles['rules']} data-testid="rules">
      <div ref={sections} className={styles['sections']}>
        {evidence.refusal ? <Notice strip tone="error" title={evidence.refusal.message} copyText={evidence.refusal.message} /> : null}
        <Tabs label="Rules" tabs={tabs} active={tab} onActive={setTab}>
          <div className={styles['panel']}>
            {tab === 'tolerances' ? <TolerancesTab {...fields} evidence={found} /> : null}
            {tab === 'riskWindows' ? <RiskWindowsTab {...fields} /> : null}
            {tab === 'truth' ? <TruthTab {...fields} locations={locations} categories={categories} /> : null}
            {tab === 'routes' ? <RoutesTab {...fields} evidence={found} /> : null}
            {tab === 'due' ? <DueTab {...fields} /> : null}
            {tab === 'accounts' ? <AccountsTab {...fields} known={inForce} /> : null}
            {tab === 'history' ? <HistoryTab history={inForce.history} /> : null}
          </div>
        </Tabs>
      </div>
      {canEdit ? (
        <Change inForce={inForce} rules={isChanged ? rules : undefined} isChanged={isChanged} problems={[...problems.values()]} onPutBack={putBack} />
      ) : null}
    </div>
  );
}

interface ChangeProps {
  readonly inForce: RulesInForce;
  /** The changed rules; undefined where nothing is changed, or a field cannot be taken. */
  readonly rules: RuleSet | undefined;
  readonly isChanged: boolean;
  readonly problems: readonly string[];
  readonly onPutBack: () => void;
}

/** The pane at the right: what the draft would change, the whole rehearsal where it moves variances, and saving. */
function Change({ inForce, rules, isChanged, problems, onPutBack }: ChangeProps) {
  const { period, openScreen } = useWorkspace();
  const announce = useAnnounce();
  const key = rules ? textOf(rules) : '';
  const settled = useSettled(rules, key);
  const settledKey = settled ? textOf(settled) : '';
  const preview = useQuery('rules:preview', rules && settled ? { periodId: period.periodId, rules: settled } : null, { keepsPrevious: true });
  const rehearse = useCall('rules:rehearse');
  const [rehearsed, setRehearsed] = useState<{ readonly key: string; readonly preview: RulePreview } | undefined>(undefined);
  const save = useCall('rules:save');
  const shown = rehearsed?.key === key ? rehearsed.preview : preview.value;

  const onSave = async (why: string): Promise<boolean> => {
    if (!rules) return false;
    const outcome = await save.run({ periodId: period.periodId, rules, why, basedOn: inForce.ruleSetId });
    if (outcome.ok) announce(`Version ${outcome.value.ruleSetId} of the rules is in force from ${periodName(period.code)} on. Reconcile again.`);
    return outcome.ok;
  };
  const onRehearse = async () => {
    if (!rules) return;
    const outcome = await rehearse.run({ periodId: period.periodId, rules });
    if (outcome.ok) setRehearsed({ key, preview: outcome.value });
  };
  const newest = inForce.history[0];
  const isNew = newest !== undefined && newest.ruleSetId === inForce.ruleSetId && newest.fromPeriod === period.code && period.reconciledInstant !== null && newest.madeInstant > period.reconciledInstant;
  return (
    <div className={styles['change']}>
      <Pane
        title="What would change"
        testId="rule-preview"
        aside={
          isChanged ? (
            <Button kind="quiet" onClick={onPutBack}>
              Put back
            </Button>
          ) : null
        }
        footer={isChanged ? <SaveForm blocked={problems.length > 0 ? `${countWords(problems.length, 'field')} cannot be taken yet.` : ''} running={save.running} onSave={onSave} /> : undefined}
      >
        {save.refusal ? (
          <Notice tone="error" title="The rules stay as they are" copyText={save.refusal.message}>
            {save.refusal.message}
          </Notice>
        ) : null}
        {problems.map((problem) => (
          <p key={problem} className={styles['problem']}>{problem}</p>
        ))}
        {isChanged ? null : (
          <>
            {isNew ? (
              <Notice tone="done" title={`Version ${inForce.ruleSetId} is in force from ${periodName(period.code)} on`} actions={<Button icon={PlayIcon} onClick={() => openScreen('reconcile')}>Reconcile again</Button>}>
                The lines stand as the rules before it left them until the reconciliation has run.
              </Notice>
            ) : null}
            <p className={styles['note']}>
              {`Change a rule, and see here what it would do to ${periodName(period.code)} and would have done before. Nothing is saved until you save it with a reason.`}
            </p>
          </>
        )}
        <QuietBar shown={rules !== undefined && shown !== rehearsed?.preview && (preview.loading || settledKey !== key)} />
        {rules && preview.refusal ? <Notice tone="info" title={preview.refusal.message} /> : null}
        {rules && shown ? (
          <>
            {shown.movesVariances && shown.basis === 'decided' ? (
              <Notice
                tone="info"
                title="This moves variances themselves"
                actions={
                  <Button icon={PlayIcon} disabled={rehearse.running} onClick={() => void onRehearse()}>
                    Rehearse it whole
                  </Button>
                }
              >
                Below stands only what follows from the variances as they are. A rehearsal reconciles the period by the changed rules and takes it all back.
              </Notice>
            ) : null}
            {rehearse.running ? (
              <ProgressBar title="Rehearsing" stage={rehearse.progress?.stage ?? ''} done={rehearse.progress?.done ?? 0} total={rehearse.progress?.total ?? null} startedInstant={rehearse.startedInstant} onCancel={rehearse.cancel} />
            ) : null}
            {rehearse.refusal ? <Notice tone="error" title={rehearse.refusal.message} copyText={rehearse.refusal.message} /> : null}
            {shown.basis === 'reconciled' ? <p className={styles['note']}>Rehearsed: the month was reconciled whole by these rules, and taken back.</p> : null}
            <PreviewFigures preview={shown} />
          </>
        ) : null}
      </Pane>
    </div>
  );
}
