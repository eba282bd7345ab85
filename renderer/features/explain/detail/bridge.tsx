/**
 * A variance as a bridge: a waterfall from one figure to the other, and below it each component with its evidence. A
 * pattern that nobody has confirmed stands apart, because the residual still holds its quantity.
 */
import { Fragment } from 'react';
import type { ComponentDetail, VarianceDetail } from '@shared/domain/lines';
import { formatQuantity } from '@shared/domain/quantity';
import type { VarianceClass } from '@shared/domain/variance';
import { saveDocument } from '../../../app/save-document';
import { useWorkspace } from '../../../app/workspace';
import { CAUSE_WORDS, CLASS_WORDS } from '../../../app/words';
import { ChartFrame, type ChartRow, Waterfall, waterfallHeight, type WaterfallProps, type WaterfallStep } from '../../../charts';
import { Button, classes, countWords, NumberText, quantityText, sentenceText, signedMoneyText, signedQuantityText, TONE_ICON } from '../../../ui';
import { lineName } from '../line-row';
import { useLineChanges } from '../line-changes';
import { EvidenceLink } from './evidence-link';
import { changeableOf, reasonForCause } from './line-tag';
import type { StoryProps } from './story-props';
import styles from './bridge.module.css';

export interface BridgeProps extends StoryProps {
  readonly variance: VarianceDetail;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const isFirm = (component: ComponentDetail): boolean => !component.suggested;

export function Bridge({ variance, line, reasonCodes, onEvidence, onOpenLine }: BridgeProps) {
  const firm = variance.components.filter(isFirm);
  const suggested = variance.components.filter((component) => component.suggested);
  return (
    <div data-testid={`bridge-${variance.kind}`}>
      <BridgeChart variance={variance} line={line} />
      <table className={styles['bridge']}>
        <caption className="visually-hidden">
          From {variance.fromLabel} {quantityText(variance.fromScaled)} to {variance.toLabel} {quantityText(variance.toScaled)}
        </caption>
        <colgroup><col /><col className={styles['classColumn']} /><col className={styles['quantityColumn']} /><col className={styles['amountColumn']} /></colgroup>
        <thead>
          <tr><th scope="col">Cause</th><th scope="col">Class</th><th scope="col">Units</th><th scope="col">{line.currency}</th></tr>
        </thead>
        <tbody>
          {firm.map((component, index) => (
            <ComponentRows key={`${component.cause} ${index}`} component={component} currency={line.currency} onEvidence={onEvidence} onOpenLine={onOpenLine} />
          ))}
          <ResidualRows variance={variance} currency={line.currency} />
          <tr className={classes(styles['figure'], styles['total'])}>
            <th scope="row">Variance</th>
            <td />
            <td className={styles['number']}><NumberText text={signedQuantityText(variance.quantityScaled)} strong /></td>
            <td className={styles['number']}><NumberText text={signedMoneyText(variance.amountMinor, line.currency)} /></td>
          </tr>
        </tbody>
      </table>
      {suggested.map((component, index) => (
        <Suggestion key={`${component.cause} ${index}`} component={component} line={line} reasonCodes={reasonCodes} onEvidence={onEvidence} onOpenLine={onOpenLine} />
      ))}
    </div>
  );
}

function BridgeChart({ variance, line }: Pick<BridgeProps, 'variance' | 'line'>) {
  const { info } = useWorkspace();
  const steps: readonly WaterfallStep[] = [
    ...variance.components.filter(isFirm).map((component, index): WaterfallStep => ({
      key: `${component.cause} ${index}`,
      label: CAUSE_WORDS[component.cause],
      value: component.quantityScaled,
      text: signedQuantityText(component.quantityScaled),
      tone: component.class,
      tip: `${CAUSE_WORDS[component.cause]}, ${CLASS_WORDS[component.class]}: ${signedQuantityText(component.quantityScaled)}${component.documents.length > 0 ? `, ${component.documents.join(', ')}` : ''}`,
    })),
    {
      key: 'residual', label: 'Residual', value: variance.residualScaled, text: signedQuantityText(variance.residualScaled), tone: 'unexplained',
      tip: `Residual: ${signedQuantityText(variance.residualScaled)}. ${sentenceText(variance.residualSentence)}`, isQuiet: variance.residualScaled === 0,
    },
  ];
  const from = { label: capitalised(variance.fromLabel), value: variance.fromScaled, text: quantityText(variance.fromScaled) };
  const to = { label: capitalised(variance.toLabel), value: variance.toScaled, text: quantityText(variance.toScaled) };
  const picture: Omit<WaterfallProps, 'width'> = {
    from, to, steps,
    restLabel: (count) => countWords(count, 'more component'),
    valueText: signedQuantityText,
    cutText: (origin) => `The bars begin at ${quantityText(origin)}.`,
  };
  const row = (key: string, name: string, cause: string, quantityScaled: number, amountMinor: number | null | undefined, rule: string, documents: readonly string[]): ChartRow => ({
    key,
    cells: [
      name, cause,
      { text: quantityText(quantityScaled), plain: formatQuantity(quantityScaled) },
      amountMinor === undefined ? '' : signedMoneyText(amountMinor, line.currency), rule, documents.join(', '),
    ],
  });
  return (
    <ChartFrame
      title={`Bridge from ${variance.fromLabel} to ${variance.toLabel}`}
      titleHidden
      note={`From ${variance.fromLabel} to ${variance.toLabel}`}
      description={`${from.label} ${from.text}; ${steps.map((step) => `${step.label} ${step.text}`).join('; ')}; ${to.label} ${to.text}.`}
      fileName={`${info.company} ${line.periodCode} ${lineName(line)} ${variance.kind} bridge`}
      onSave={(document) => void saveDocument(document)}
      height={() => waterfallHeight(picture)}
      table={{
        columns: [{ title: 'Step' }, { title: 'Class' }, { title: 'Units', align: 'end' }, { title: line.currency, align: 'end' }, { title: 'Rule' }, { title: 'Documents' }],
        rows: [
          row('from', from.label, '', variance.fromScaled, undefined, '', []),
          ...variance.components.filter(isFirm).map((component, index) =>
            row(String(index), CAUSE_WORDS[component.cause], CLASS_WORDS[component.class], component.quantityScaled, component.amountMinor, component.rule, component.documents),
          ),
          row('residual', 'Residual', CLASS_WORDS.unexplained, variance.residualScaled, variance.residualMinor, '', []),
          row('to', to.label, '', variance.toScaled, undefined, '', []),
        ],
      }}
    >
      {(width) => <Waterfall width={width} {...picture} />}
    </ChartFrame>
  );
}

/** The sign of a class beside the words; the class itself is read out. */
function ClassMark({ of: each, isRead = true }: { readonly of: VarianceClass; readonly isRead?: boolean }) {
  const Picture = TONE_ICON[each];
  return (
    <span className={classes(styles['mark'], styles[each])} title={CLASS_WORDS[each]}>
      <Picture size={14} />
      {isRead ? <span className="visually-hidden">{CLASS_WORDS[each]}: </span> : null}
    </span>
  );
}

interface ComponentRowsProps extends Pick<StoryProps, 'onEvidence' | 'onOpenLine'> {
  readonly component: ComponentDetail;
  readonly currency: string;
}

function ComponentRows({ component, currency, onEvidence, onOpenLine }: ComponentRowsProps) {
  return (
    <Fragment>
      <tr className={styles['step']} data-testid="component">
        <th scope="row"><ClassMark of={component.class} isRead={false} />{CAUSE_WORDS[component.cause]}</th>
        <td className={styles[component.class]}>{CLASS_WORDS[component.class]}</td>
        <td className={styles['number']}><NumberText text={signedQuantityText(component.quantityScaled)} strong /></td>
        <td className={styles['number']}><NumberText text={signedMoneyText(component.amountMinor, currency)} /></td>
      </tr>
      <tr className={styles['sentence']}>
        <td colSpan={4}><ComponentStory component={component} onEvidence={onEvidence} onOpenLine={onOpenLine} /></td>
      </tr>
    </Fragment>
  );
}

function ComponentStory({ component, onEvidence, onOpenLine }: Pick<ComponentRowsProps, 'component' | 'onEvidence' | 'onOpenLine'>) {
  const { twin } = component;
  return (
    <>
      <div>{sentenceText(component.sentence)}</div>
      <div className={styles['behind']}>
        {component.documents.map((document) => <span key={document} className={styles['document']} data-selectable>{document}</span>)}
        {component.evidence.map((evidence) => <EvidenceLink key={`${evidence.importId} ${evidence.row}`} evidence={evidence} onEvidence={onEvidence} />)}
        {twin ? <Button kind="quiet" data-testid="twin" onClick={() => onOpenLine(twin.stockKeyId)}>Show {twin.sku} at {twin.location}</Button> : null}
        <span className={styles['rule']}>rule {component.rule}</span>
      </div>
    </>
  );
}

function ResidualRows({ variance, currency }: { readonly variance: VarianceDetail; readonly currency: string }) {
  const isNone = variance.residualScaled === 0;
  return (
    <Fragment>
      <tr className={classes(styles['step'], isNone && styles['none'])} data-testid="residual">
        <th scope="row">{isNone ? null : <ClassMark of="unexplained" isRead={false} />}Residual</th>
        <td className={isNone ? undefined : styles['unexplained']}>{isNone ? null : CLASS_WORDS.unexplained}</td>
        <td className={styles['number']}><NumberText text={signedQuantityText(variance.residualScaled)} strong={!isNone} /></td>
        <td className={styles['number']}>{isNone ? null : <NumberText text={signedMoneyText(variance.residualMinor, currency)} />}</td>
      </tr>
      <tr className={styles['sentence']}><td colSpan={4}>{sentenceText(variance.residualSentence)}</td></tr>
    </Fragment>
  );
}

interface SuggestionProps extends StoryProps {
  readonly component: ComponentDetail;
}

function Suggestion({ component, line, reasonCodes, onEvidence, onOpenLine }: SuggestionProps) {
  const { canEdit } = useWorkspace();
  const changeLines = useLineChanges();
  const code = reasonForCause(reasonCodes, component.cause);
  const confirmed = code !== undefined && line.tag?.reasonCode === code.code;
  return (
    <div className={styles['suggestion']} data-testid="suggestion">
      <div className={styles['suggestionHead']}>
        <span><ClassMark of={component.class} />{CAUSE_WORDS[component.cause]}, {confirmed ? 'confirmed by the reason' : 'a pattern to confirm'}</span>
        <NumberText text={signedQuantityText(component.quantityScaled)} words="still held by the residual" />
      </div>
      <ComponentStory component={component} onEvidence={onEvidence} onOpenLine={onOpenLine} />
      {code && !confirmed ? (
        <Button disabled={!canEdit || line.status === 'approved'} onClick={() => void changeLines([changeableOf(line)], { reason: code.code })}>
          Confirm as {code.code} {code.name}
        </Button>
      ) : null}
    </div>
  );
}
