/** The same item at the same location in this and the periods before: what it differed by, and what became of it. */
import type { LineDetail } from '@shared/domain/lines';
import type { LineInPeriod } from '@shared/domain/overview';
import { formatQuantity } from '@shared/domain/quantity';
import type { VarianceKind } from '@shared/domain/variance';
import { useQuery } from '../../../api';
import { saveDocument } from '../../../app/save-document';
import { useWorkspace } from '../../../app/workspace';
import { CAUSE_WORDS, CLASS_WORDS, KIND_WORDS, OWNER_WORDS, STATUS_WORDS } from '../../../app/words';
import { ChartFrame, type Column, Columns, columnsHeight } from '../../../charts';
import { Badge, Button, classes, Notice, NumberText, periodName, QuietBar, quantityText, Section, sentenceText, signedMoneyText, signedQuantityText } from '../../../ui';
import { lineName } from '../line-row';
import styles from './story-table.module.css';

/** The variance that the period's line is sorted by: the largest. */
const mainOf = (period: LineInPeriod) => period.variances.find(({ quantityScaled }) => quantityScaled === period.varianceScaled);

const recurs = (period: LineInPeriod): boolean => period.recurs.length > 0 || period.sameCause;

/** Why a period is marked as recurring. */
function recursText({ recurs: kinds, cause }: LineInPeriod): string {
  if (kinds.length > 0) return `The same ${kinds.map((kind) => KIND_WORDS[kind].toLowerCase()).join(' and ')} residual as in the period before`;
  return `The same cause as in the period before${cause ? `: ${CAUSE_WORDS[cause]}` : ''}`;
}

/** What became of the line: `Posted later; cleared by timing`, `Shrinkage PHY-SHRINK, Warehouse, approved`. */
function fateText(period: LineInPeriod): string {
  const cause = period.cause ? CAUSE_WORDS[period.cause] : period.varianceScaled === 0 ? 'No variance' : 'No cause';
  if (period.varianceScaled === 0) return cause;
  if (period.clearedBy !== null && period.status === 'cleared') return `${cause}; ${sentenceText(period.clearedBy)}`;
  return [cause, period.reasonCode, period.owner ? OWNER_WORDS[period.owner] : undefined, STATUS_WORDS[period.status].toLowerCase()].filter(Boolean).join(', ');
}

function columnOf(period: LineInPeriod, current: string): Column {
  const main = mainOf(period);
  const [variance, residual] = [Math.abs(period.varianceScaled), Math.abs(main?.residualScaled ?? 0)];
  // A residual against the variance's direction is longer than the variance itself: it then stands for the column.
  const explained = Math.max(0, variance - residual);
  const words = `${periodName(period.periodCode)}: ${main ? KIND_WORDS[main.kind] : ''} variance ${signedQuantityText(period.varianceScaled)}, residual ${signedQuantityText(main?.residualScaled ?? 0)}. ${fateText(period)}`;
  return {
    key: period.periodCode,
    label: periodName(period.periodCode).replace(/^(\w{3})\w* 20(\d\d)$/, '$1 $2'),
    text: period.varianceScaled === 0 ? '0' : signedQuantityText(period.varianceScaled),
    isNegative: period.varianceScaled < 0,
    isStrong: period.periodCode === current,
    parts: [
      { key: 'explained', tone: period.class !== null && period.class !== 'unexplained' ? period.class : 'figure', value: explained, label: words },
      { key: 'residual', tone: 'unexplained', value: residual, label: words },
    ],
  };
}

const quantityOf = (period: LineInPeriod, kind: VarianceKind, figure: 'quantityScaled' | 'residualScaled') => {
  const found = period.variances.find((each) => each.kind === kind);
  return found ? { text: signedQuantityText(found[figure]), plain: formatQuantity(found[figure]) } : 'unknown';
};

export function PastPeriods({ line }: { readonly line: LineDetail }) {
  const { info, openScreen, selectPeriod, period: shownPeriod } = useWorkspace();
  const { periodId, stockKeyId } = line;
  const periods = useQuery('overview:line', { periodId, stockKeyId }, { keepsPrevious: true });
  const all = periods.value ?? [];
  const again = all.at(-1);
  const kinds = (['count', 'channel', 'ledger'] as const).filter((kind) => all.some((each) => each.variances.some((variance) => variance.kind === kind)));
  const showPeriod = (wanted: number) => {
    selectPeriod(wanted);
    openScreen('explain', { stockKeyId, view: 'all', text: line.sku });
  };
  return (
    <Section
      title="Past periods"
      testId="detail-periods"
      aside={again && recurs(again) ? <Badge tone="warning" plain title={recursText(again)}>Recurring</Badge> : undefined}
    >
      <QuietBar shown={periods.loading && !periods.value} />
      {periods.refusal ? <Notice tone="error" title={periods.refusal.message} copyText={periods.refusal.message} actions={<Button onClick={periods.reload}>Read again</Button>} /> : null}
      {all.length === 1 ? <p className={styles['soft']}>No period before {periodName(line.periodCode)} has this line.</p> : null}
      {all.length > 1 ? (
        <ChartFrame
          title="Variance of the line by period"
          titleHidden
          note="Largest variance of each period, units"
          description={all.map((each) => `${periodName(each.periodCode)} ${signedQuantityText(each.varianceScaled)}`).join('; ')}
          fileName={`${info.company} ${lineName(line)} over periods`}
          onSave={(document) => void saveDocument(document)}
          height={(width) => columnsHeight(72, [], width)}
          table={{
            columns: [
              { title: 'Period' },
              ...kinds.flatMap((kind) => [{ title: `${KIND_WORDS[kind]} variance`, align: 'end' as const }, { title: `${KIND_WORDS[kind]} residual`, align: 'end' as const }]),
              { title: line.currency, align: 'end' }, { title: 'Class' }, { title: 'Cause' }, { title: 'Reason' }, { title: 'Owner' }, { title: 'Status' }, { title: 'Cleared by' }, { title: 'Booked', align: 'end' }, { title: 'Recurs' },
            ],
            rows: all.map((each) => ({
              key: each.periodCode,
              cells: [
                each.periodCode,
                ...kinds.flatMap((kind) => [quantityOf(each, kind, 'quantityScaled'), quantityOf(each, kind, 'residualScaled')]),
                signedMoneyText(each.valueMinor, line.currency), each.class ? CLASS_WORDS[each.class] : '', each.cause ? CAUSE_WORDS[each.cause] : '', each.reasonCode ?? '',
                each.owner ? OWNER_WORDS[each.owner] : '', STATUS_WORDS[each.status], each.clearedBy ?? '',
                each.bookedScaled === null ? '' : { text: signedQuantityText(each.bookedScaled), plain: formatQuantity(each.bookedScaled) }, recurs(each) ? recursText(each) : '',
              ],
            })),
          }}
        >
          {(width) => <Columns width={width} plotHeight={72} columns={all.map((each) => columnOf(each, line.periodCode))} tickText={(value) => quantityText(value)} />}
        </ChartFrame>
      ) : null}
      {all.length > 1 ? (
        <table className={styles['table']}>
          <caption className="visually-hidden">The line by period, the latest first</caption>
          <thead>
            <tr><th scope="col">Period</th><th scope="col">What became of it</th><th scope="col" className={styles['end']}>Variance</th><th scope="col" className={styles['end']}>Residual</th><th scope="col" className={styles['end']}>Booked</th></tr>
          </thead>
          <tbody>
            {[...all].reverse().map((each) => (
              <tr key={each.periodCode}>
                <th scope="row" className={styles['line']}>
                  {each.periodId === shownPeriod.periodId ? each.periodCode : <button type="button" className={styles['link']} onClick={() => showPeriod(each.periodId)} title={`Show the line in ${periodName(each.periodCode)}`}>{each.periodCode}</button>}
                </th>
                <td>
                  {fateText(each)}
                  {recurs(each) ? <div className={styles['again']} title={recursText(each)}>recurs</div> : null}
                </td>
                <td className={styles['end']}><NumberText text={signedQuantityText(each.varianceScaled)} /></td>
                <td className={classes(styles['end'])}><NumberText text={signedQuantityText(mainOf(each)?.residualScaled ?? 0)} /></td>
                <td className={styles['end']}>{each.bookedScaled === null ? <span className={styles['soft']}>–</span> : <NumberText text={signedQuantityText(each.bookedScaled)} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Section>
  );
}
