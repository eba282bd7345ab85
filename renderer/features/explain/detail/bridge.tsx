/**
 * A variance as a bridge: a waterfall with its table in one. Components and residual lead from one figure to the
 * other; a pattern that nobody has confirmed stands apart, because the residual still holds its quantity.
 */
import { Fragment } from 'react';
import type { ReasonCode } from '@shared/contract/tags';
import type { ComponentDetail, Evidence, LineDetail, VarianceDetail } from '@shared/domain/lines';
import type { VarianceClass } from '@shared/domain/variance';
import { useWorkspace } from '../../../app/workspace';
import { CAUSE_WORDS, CLASS_WORDS } from '../../../app/words';
import { Button, classes, NumberText, quantityText, sentenceText, signedMoneyText, signedQuantityText, TONE_ICON } from '../../../ui';
import { useLineChanges } from '../line-changes';
import { type BridgeBar, bridgeGeometry } from './bridge-geometry';
import { EvidenceLink } from './evidence-link';
import { changeableOf, reasonForCause } from './line-tag';
import styles from './bridge.module.css';

export interface BridgeProps {
  readonly variance: VarianceDetail;
  readonly line: LineDetail;
  readonly reasonCodes: readonly ReasonCode[];
  readonly onEvidence: (evidence: Evidence) => void;
  readonly onOpenLine: (stockKeyId: number) => void;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function Bridge({ variance, line, reasonCodes, onEvidence, onOpenLine }: BridgeProps) {
  const firm = variance.components.filter((component) => !component.suggested);
  const suggested = variance.components.filter((component) => component.suggested);
  const steps = [...firm.map(({ quantityScaled }) => ({ quantityScaled })), { quantityScaled: variance.residualScaled }];
  const geometry = bridgeGeometry(variance.fromScaled, steps);
  return (
    <>
      <table className={styles['bridge']} data-testid={`bridge-${variance.kind}`}>
        <caption className="visually-hidden">
          From {variance.fromLabel} {quantityText(variance.fromScaled)} to {variance.toLabel} {quantityText(variance.toScaled)}
        </caption>
        <colgroup><col /><col className={styles['pictureColumn']} /><col className={styles['quantityColumn']} /><col className={styles['amountColumn']} /></colgroup>
        <thead>
          <tr><th scope="col">From one figure to the other</th><td /><th scope="col">Units</th><th scope="col">{line.currency}</th></tr>
        </thead>
        <tbody>
          <tr className={styles['figure']}>
            <th scope="row">{capitalised(variance.fromLabel)}</th>
            <td className={styles['picture']}><Bar bar={geometry.from} className={styles['whole']} cut={geometry.isCut} /></td>
            <td className={styles['number']}><NumberText text={quantityText(variance.fromScaled)} /></td>
            <td />
          </tr>
          {firm.map((component, index) => (
            <ComponentRows
              key={`${component.cause} ${index}`} component={component} bar={geometry.steps[index]!} currency={line.currency}
              onEvidence={onEvidence} onOpenLine={onOpenLine}
            />
          ))}
          <ResidualRows variance={variance} bar={geometry.steps.at(-1)!} currency={line.currency} />
          <tr className={classes(styles['figure'], styles['total'])}>
            <th scope="row">{capitalised(variance.toLabel)}</th>
            <td className={styles['picture']}><Bar bar={geometry.to} className={styles['whole']} cut={geometry.isCut} /></td>
            <td className={styles['number']}><NumberText text={quantityText(variance.toScaled)} strong /></td>
            <td className={styles['number']}><NumberText text={signedMoneyText(variance.amountMinor, line.currency)} /></td>
          </tr>
        </tbody>
      </table>
      {geometry.isCut ? <p className={styles['cutNote']}>The bars begin at {quantityText(geometry.originScaled)}.</p> : null}
      {suggested.map((component, index) => (
        <Suggestion key={`${component.cause} ${index}`} component={component} line={line} reasonCodes={reasonCodes} onEvidence={onEvidence} onOpenLine={onOpenLine} />
      ))}
    </>
  );
}

function Bar({ bar, className, cut = false }: { readonly bar: BridgeBar; readonly className: string | undefined; readonly cut?: boolean }) {
  return (
    <svg className={styles['svg']} viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect className={className} x={bar.start * 100} y={0} width={Math.max(bar.width * 100, bar.width > 0 ? 1.5 : 0.75)} height={12} />
      {cut ? <path className={styles['cut']} d="M8 -1 L5 13" /> : null}
    </svg>
  );
}

/** The sign of a class beside the words; the class itself is read out. */
function ClassMark({ of: each }: { readonly of: VarianceClass }) {
  const Picture = TONE_ICON[each];
  return (
    <span className={classes(styles['mark'], styles[each])} title={CLASS_WORDS[each]}>
      <Picture size={14} />
      <span className="visually-hidden">{CLASS_WORDS[each]}: </span>
    </span>
  );
}

interface ComponentRowsProps {
  readonly component: ComponentDetail;
  readonly bar: BridgeBar;
  readonly currency: string;
  readonly onEvidence: (evidence: Evidence) => void;
  readonly onOpenLine: (stockKeyId: number) => void;
}

function ComponentRows({ component, bar, currency, onEvidence, onOpenLine }: ComponentRowsProps) {
  return (
    <Fragment>
      <tr className={styles['step']} data-testid="component">
        <th scope="row"><ClassMark of={component.class} />{CAUSE_WORDS[component.cause]}</th>
        <td className={styles['picture']}><Bar bar={bar} className={styles[`${component.class}Fill`]} /></td>
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
        {twin ? <Button kind="quiet" onClick={() => onOpenLine(twin.stockKeyId)}>Show {twin.sku} at {twin.location}</Button> : null}
        <span className={styles['rule']}>rule {component.rule}</span>
      </div>
    </>
  );
}

function ResidualRows({ variance, bar, currency }: { readonly variance: VarianceDetail; readonly bar: BridgeBar; readonly currency: string }) {
  const isNone = variance.residualScaled === 0;
  return (
    <Fragment>
      <tr className={classes(styles['step'], isNone && styles['none'])} data-testid="residual">
        <th scope="row">{isNone ? null : <ClassMark of="unexplained" />}Residual</th>
        <td className={styles['picture']}><Bar bar={bar} className={styles[isNone ? 'whole' : 'unexplainedFill']} /></td>
        <td className={styles['number']}><NumberText text={signedQuantityText(variance.residualScaled)} strong={!isNone} /></td>
        <td className={styles['number']}>{isNone ? null : <NumberText text={signedMoneyText(variance.residualMinor, currency)} />}</td>
      </tr>
      <tr className={styles['sentence']}><td colSpan={4}>{sentenceText(variance.residualSentence)}</td></tr>
    </Fragment>
  );
}

interface SuggestionProps {
  readonly component: ComponentDetail;
  readonly line: LineDetail;
  readonly reasonCodes: readonly ReasonCode[];
  readonly onEvidence: (evidence: Evidence) => void;
  readonly onOpenLine: (stockKeyId: number) => void;
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
