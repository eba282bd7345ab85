/** Where the exceptions sit: by owner, location and age, on the map of value and age, and those that recur. */
import { ageInClosesText, CLOSES_TOLD_APART, type ExceptionTally, type Overview } from '@shared/domain/overview';
import { capitalised } from '@shared/domain/explanation/words';
import type { LineFilter } from '@shared/domain/lines';
import { minorDigits } from '@shared/domain/money';
import { VARIANCE_CLASSES } from '@shared/domain/variance';
import { CAUSE_WORDS, CLASS_WORDS, KIND_WORDS, OWNER_WORDS, STATUS_WORDS } from '../../app/words';
import { Bars, barsHeight, ChartFrame, Columns, columnsHeight, PointMap, PointShape } from '../../charts';
import { Button, countWords, moneyText, NumberText, periodName, Section, signedMoneyText, signedQuantityText, Table } from '../../ui';
import { allOf, exceptionColumns, exceptionParts, exceptionRow, STATUS_LEGEND } from './chart-parts';
import type { PanelProps } from './explained-panels';
import { addTallies, ageText, columnText, scaleText, sizeOf, sizeText } from './measures';
import styles from './overview.module.css';


interface Group {
  readonly name: string;
  readonly tally: ExceptionTally;
  /** undefined: no filter of the grid names these lines. */
  readonly where: LineFilter | undefined;
}

interface GroupsPanelProps extends PanelProps {
  readonly title: string;
  readonly of: string;
  readonly testId: string;
  readonly groups: readonly Group[];
}

const added = (tallies: readonly ExceptionTally[]): ExceptionTally => ({
  open: addTallies(tallies.map(({ open }) => open)), tagged: addTallies(tallies.map(({ tagged }) => tagged)), approved: addTallies(tallies.map(({ approved }) => approved)),
});

/** Groups of exceptions as bars, the largest first; what does not fit is one bar. */
function GroupsPanel({ charts, title, of, testId, groups }: GroupsPanelProps) {
  const { measure, currency } = charts;
  const bySize = [...groups].sort((one, other) => sizeOf(allOf(other.tally), measure) - sizeOf(allOf(one.tally), measure));
  const { rows: rowsMost } = charts.room;
  const rest = bySize.length > rowsMost + 1 ? bySize.slice(rowsMost) : [];
  const drawn: readonly Group[] =
    rest.length === 0
      ? bySize
      : [
          ...bySize.slice(0, rowsMost),
          { name: `${countWords(rest.length, 'more', 'more')}`, tally: added(rest.map(({ tally }) => tally)), where: { locations: rest.flatMap(({ where }) => where?.locations ?? []) } },
        ];
  const rows = drawn.map((group) => ({
    key: group.name, label: group.name, text: sizeText(sizeOf(allOf(group.tally), measure), measure, currency), parts: exceptionParts(charts, group.name, group.tally, group.where),
  }));
  return (
    <ChartFrame
      title={title} testId={testId}
      description={`Exceptions by ${of}: ${rows.map(({ label, text }) => `${label} ${text}`).join('; ')}.`}
      fileName={charts.fileName(title.toLowerCase())} onSave={charts.onSave} height={(width) => barsHeight(rows.length, STATUS_LEGEND, width)}
      empty={groups.length === 0 ? 'No exception.' : undefined}
      table={{ columns: exceptionColumns(title.replace(/^By (.)/, (_by, first: string) => first.toUpperCase()), currency), rows: bySize.map((group) => exceptionRow(charts, group.name, group.tally, group.where)) }}
    >
      {(width) => <Bars width={width} rows={rows} scale="shared" legend={STATUS_LEGEND} />}
    </ChartFrame>
  );
}

export function OwnerPanel(props: PanelProps) {
  const groups = props.overview.byOwner.map(({ owner, tally }) => ({ name: owner === null ? 'Nobody' : OWNER_WORDS[owner], tally, where: owner === null ? undefined : { owners: [owner] } }));
  return <GroupsPanel {...props} title="By owner" of="owner" testId="overview-owner" groups={groups} />;
}

export function LocationPanel(props: PanelProps) {
  const groups = props.overview.byLocation.map(({ location, tally }) => ({ name: location, tally, where: { locations: [location] } }));
  return <GroupsPanel {...props} title="By location" of="location" testId="overview-location" groups={groups} />;
}

interface AgePanelProps extends PanelProps {
  readonly title: string;
  readonly note: string;
  readonly testId: string;
  readonly stretches: readonly (Group & { readonly label: string })[];
}

function AgePanel({ charts, title, note, testId, stretches }: AgePanelProps) {
  const { measure, currency } = charts;
  const columns = stretches.map((each) => {
    const size = sizeOf(allOf(each.tally), measure);
    return {
      key: each.label, label: each.label, text: size === 0 ? '' : columnText(size, measure, currency), parts: exceptionParts(charts, each.name, each.tally, each.where),
    };
  });
  return (
    <ChartFrame
      title={title} note={note} testId={testId}
      description={`Exceptions by age: ${stretches.map((each) => `${each.name} ${sizeText(sizeOf(allOf(each.tally), measure), measure, currency)}`).join('; ')}.`}
      fileName={charts.fileName(title.toLowerCase())} onSave={charts.onSave} height={(width) => columnsHeight(charts.room.ages, STATUS_LEGEND, width)}
      table={{ columns: exceptionColumns('Age', currency), rows: stretches.map((each) => exceptionRow(charts, each.name, each.tally, each.where)) }}
    >
      {(width) => <Columns width={width} plotHeight={charts.room.ages} columns={columns} legend={STATUS_LEGEND} tickText={(value) => scaleText(value, measure, minorDigits(currency))} />}
    </ChartFrame>
  );
}

export function AgeInDaysPanel(props: PanelProps) {
  const stretches = props.overview.ageInDays.map(({ fromDays, untilDays, tally }) => ({
    tally, label: ageText(fromDays, untilDays), name: `${ageText(fromDays, untilDays)} days old`,
    where: { ageDaysFrom: fromDays, ...(untilDays === null ? {} : { ageDaysUntil: untilDays }) },
  }));
  return <AgePanel {...props} title="Ageing in days" note="at the cut-off" testId="overview-days" stretches={stretches} />;
}

const closesFilter = (fromCloses: number | null, untilCloses: number | null): LineFilter =>
  fromCloses === null ? { ageClosesUnknown: true } : { ageClosesFrom: fromCloses, ...(untilCloses === null ? {} : { ageClosesUntil: untilCloses }) };

export function AgeInClosesPanel(props: PanelProps) {
  const labelOf = (closes: number | null) => (closes === null ? '?' : closes === 1 ? 'new' : `${closes}${closes === CLOSES_TOLD_APART ? '+' : ''}`);
  const stretches = props.overview.ageInCloses.map(({ fromCloses, untilCloses, tally }) => ({
    tally, label: labelOf(fromCloses), name: capitalised(ageInClosesText({ fromCloses })), where: closesFilter(fromCloses, untilCloses),
  }));
  return <AgePanel {...props} title="Ageing in closes" note="closes it has been open over" testId="overview-closes" stretches={stretches} />;
}

export function MapPanel({ overview, charts }: PanelProps) {
  const { currency } = charts;
  const { lines, notShown } = overview.map;
  const digits = minorDigits(currency);
  const nameOf = ({ sku, location }: Overview['map']['lines'][number]) => `${sku} at ${location}`;
  const points = lines.map((line) => ({
    key: String(line.stockKeyId),
    age: line.ageDays,
    size: line.valueMinor,
    tone: line.class ?? ('figure' as const),
    isHollow: line.status !== 'open',
    name: line.sku,
    label: `${nameOf(line)}: ${moneyText(line.valueMinor, currency)} ${currency}, ${countWords(line.ageDays, 'day')} old, ${line.class ? CLASS_WORDS[line.class] : 'no class'}, ${STATUS_WORDS[line.status].toLowerCase()}`,
    onOpen: () => charts.open(nameOf(line), { stockKeyIds: [line.stockKeyId] }, line.stockKeyId),
  }));
  return (
    <ChartFrame
      title="Exceptions by value and age" testId="overview-map"
      note={
        <span className={styles['shapes']}>
          {VARIANCE_CLASSES.map((each) => <span key={each}><PointShape tone={each} />{CLASS_WORDS[each]}</span>)}
          <span>outlined: tagged or approved</span>
          {notShown > 0 ? <span>{countWords(notShown, 'line')} of less value not drawn</span> : null}
        </span>
      }
      description={`${countWords(lines.length, 'exception')} by age in days and value in ${currency}. What lies at the top right is large and old.`}
      fileName={charts.fileName('exceptions by value and age')} onSave={charts.onSave} height={() => charts.room.map}
      empty={lines.length === 0 ? 'No exception of known value.' : undefined}
      table={{
        columns: [{ title: 'Line' }, { title: 'Class' }, { title: 'Status' }, { title: 'Age, days', align: 'end' }, { title: currency, align: 'end' }],
        rows: lines.map((line, index) => ({
          key: String(line.stockKeyId), onOpen: points[index]!.onOpen,
          cells: [nameOf(line), line.class ? CLASS_WORDS[line.class] : '', STATUS_WORDS[line.status], String(line.ageDays), moneyText(line.valueMinor, currency)],
        })),
      }}
    >
      {(width) => (
        <PointMap width={width} height={charts.room.map} points={points} sizeText={(size) => scaleText(size, 'value', digits)} ageTitle="Age at the cut-off, days" sizeTitle={`Value, ${currency}`} />
      )}
    </ChartFrame>
  );
}

export function RecurringPanel({ overview, charts }: PanelProps) {
  const { currency } = charts;
  const { recurring, previousCode } = overview;
  const all = allOf(recurring.tally);
  if (previousCode === null) return <Section title="Recurring lines" testId="overview-recurring"><p className={styles['soft']}>The workbook has no period before this one.</p></Section>;
  if (all.lines === 0) return <Section title="Recurring lines" testId="overview-recurring"><p className={styles['soft']}>No exception of {periodName(overview.periodCode)} stood in {periodName(previousCode)} as well.</p></Section>;
  return (
    <Section
      title={`Recurring lines, as in ${periodName(previousCode)}`} testId="overview-recurring"
      aside={<Button kind="quiet" onClick={() => charts.open('Recurring', { onlyRecurring: true, onlyExceptions: true })}>{`${countWords(all.lines, 'line')}, ${moneyText(all.valueMinor, currency)} ${currency}`}</Button>}
    >
      <Table
        caption="Exceptions that stood in the period before as well, the largest value first"
        rows={recurring.lines.slice(0, charts.room.recurring)}
        rowKey={(line) => line.stockKeyId}
        onChoose={(line) => charts.open(`${line.sku} at ${line.location}`, { stockKeyIds: [line.stockKeyId] }, line.stockKeyId)}
        columns={[
          { id: 'line', title: 'Line', cell: (line) => <><b>{line.sku}</b> <span className={styles['soft']}>{line.location}</span></> },
          { id: 'why', title: 'Stood before', cell: (line) => (line.sameResiduals.length > 0 ? `same ${line.sameResiduals.map((kind) => KIND_WORDS[kind].toLowerCase()).join(', ')} residual` : `same cause: ${line.cause ? CAUSE_WORDS[line.cause] : ''}`) },
          { id: 'reason', title: 'Reason then', cell: (line) => line.previousReason ?? <span className={styles['soft']}>none</span> },
          { id: 'before', title: 'Then', align: 'end', cell: (line) => <NumberText text={signedQuantityText(line.previousVarianceScaled)} /> },
          { id: 'now', title: 'Now', align: 'end', cell: (line) => <NumberText text={signedQuantityText(line.varianceScaled)} strong /> },
          { id: 'value', title: currency, align: 'end', cell: (line) => <NumberText text={signedMoneyText(line.valueMinor, currency)} /> },
        ]}
      />
    </Section>
  );
}
