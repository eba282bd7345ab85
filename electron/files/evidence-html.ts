/** The evidence sheet of an import as one HTML file, made to be printed. */
import type { EvidenceSheet } from '@shared/domain/import-life';
import { IMPORT_STATE_WORDS, KIND_WORDS, ofWhom, QUARANTINE_REASON_WORDS, STATE_WORDS, SYSTEM_WORDS } from '@shared/domain/import-words';
import { TARGET_FIELDS } from '@shared/domain/import-profile';
import { formatInstant } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { escapeHtml, facts, htmlPage, section } from './html-page';

interface Column {
  readonly title: string;
  readonly isFigure?: boolean;
}

function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const attribute = (index: number) => (columns[index]!.isFigure ? ' class="figure"' : '');
  const head = columns.map(({ title }, index) => `<th scope="col"${attribute(index)}>${escapeHtml(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, index) => `<td${attribute(index)}>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

const figure = (title: string): Column => ({ title, isFigure: true });

/** One word for where an import stands, with what became of it. */
export function stateSentence(sheet: EvidenceSheet): string {
  if (sheet.state === 'undone') return `Undone by ${sheet.stateBy ?? 'unknown'}: ${sheet.stateWhy ?? ''}`;
  if (sheet.state === 'superseded') return `${sheet.stateWhy ?? 'Replaced'}, by ${sheet.stateBy ?? 'unknown'}`;
  return 'Stands: its rows are in the figures';
}

function factsOf(sheet: EvidenceSheet): (readonly [string, string])[] {
  const at = (instant: number) => formatInstant(instant, sheet.timeZone);
  const asOf =
    sheet.asOfFromInstant === null
      ? 'not said by the file and not asked of this kind'
      : sheet.asOfUntilInstant === null || sheet.asOfUntilInstant === sheet.asOfFromInstant
        ? at(sheet.asOfFromInstant)
        : `${at(sheet.asOfFromInstant)} to ${at(sheet.asOfUntilInstant)}`;
  return [
    ['Company', sheet.company],
    ['Period', sheet.periodCode],
    ['System', sheet.systems.length > 0 ? sheet.systems.map((system) => SYSTEM_WORDS[system]).join(', ') : 'none: a count, a ledger or the items'],
    ['Source', sheet.source],
    ['Kind', `${KIND_WORDS[sheet.kind]}, read as ${sheet.profileName} (${sheet.profileId}, version ${sheet.profileVersion})`],
    ['Why so', sheet.why === '' ? 'not kept' : sheet.why],
    ['File', sheet.fileName],
    ['SHA-256', sheet.sha256],
    ['Bytes', countText(sheet.byteLength)],
    ['Encoding', sheet.encoding],
    ['Layout', `${sheet.sheet === null ? `delimiter ${JSON.stringify(sheet.delimiter ?? '')}` : `sheet ${sheet.sheet}`}, header in row ${sheet.headerRow}`],
    ['As of', `${asOf}${sheet.asOfGivenInstant === null ? '' : ' (given at import)'}`],
    ['Location', sheet.locationGiven ?? 'as each row says'],
    ['Imported by', sheet.importedBy],
    ['Imported at', at(sheet.importedInstant)],
  ];
}

function rowsOf(sheet: EvidenceSheet): string {
  const rows: string[][] = [
    ['Read', countText(sheet.rowsRead), ''],
    ['Written', countText(sheet.rowsAccepted), ''],
    ['Quarantined', countText(sheet.rowsQuarantined), 'still without use'],
    ['Passed over', countText(sheet.rowsIgnored), sheet.passedOver.map(({ name, rows }) => `${countText(rows)} ${name}`).join(', ')],
  ];
  return table([{ title: 'Rows' }, figure('Number'), { title: '' }], rows);
}

/** The sheet as a whole document. */
export function evidenceHtml(sheet: EvidenceSheet): string {
  const title = `Evidence of import ${sheet.importId}: ${sheet.fileName}`;
  const at = (instant: number) => formatInstant(instant, sheet.timeZone);
  const difference = sheet.difference && sheet.supersedes
    ? `<p>It was written in the place of import ${sheet.supersedes.importId} (${escapeHtml(sheet.supersedes.fileName)}): ${plural(sheet.difference.changed, 'figure')} changed, ${countText(sheet.difference.added)} added, ${countText(sheet.difference.removed)} removed.</p>`
    : '';
  const parts = [
    section('What came in', facts(factsOf(sheet))),
    section('Rows', rowsOf(sheet)),
    section('Quarantine, by reason', sheet.quarantined.length === 0 ? '' : table(
      [{ title: 'Reason' }, figure('Waiting'), figure('Mended'), figure('Ignored')],
      sheet.quarantined.map((each) => [QUARANTINE_REASON_WORDS[each.reason], countText(each.waiting), countText(each.mended), countText(each.ignored)]),
    )),
    section('Rows that a person settled', sheet.settled.length === 0 ? '' : table(
      [figure('Row'), { title: 'Reason' }, { title: 'Became' }, { title: 'Why' }],
      sheet.settled.map((each) => [String(each.rowNumber), QUARANTINE_REASON_WORDS[each.reason], each.became === 'replayed' ? 'written' : 'ignored', each.note]),
    )),
    section('Control totals: every readable figure of the file', sheet.controlTotals.length === 0 ? '' : table(
      [{ title: 'Column' }, { title: 'Field' }, figure('Rows'), figure('Sum')],
      sheet.controlTotals.map((each) => [each.header, TARGET_FIELDS[each.field].label, countText(each.rows), each.sum]),
    )),
    section('Totals of the period, before and after', sheet.totals.length === 0 ? '' : table(
      [{ title: 'System' }, { title: 'State' }, { title: 'Location' }, figure('Before'), figure('After')],
      sheet.totals.map((each) => [ofWhom(each), STATE_WORDS[each.measure], each.location ?? 'all', each.before ?? 'unknown', each.after ?? 'unknown']),
    )),
    section('Columns', sheet.columnsUsed.length === 0 ? '' : table(
      [figure('Column'), { title: 'Header' }, { title: 'Used as' }],
      [
        ...sheet.columnsUsed.map((each) => [String(each.position), each.header, TARGET_FIELDS[each.field].label]),
        ...sheet.columnsIgnored.map((each) => [String(each.position), each.header, 'not used']),
      ],
    )),
    section('States it does not tell', sheet.statesUnknown.length === 0 ? '' : `<p>${sheet.statesUnknown.map((state) => STATE_WORDS[state]).join(', ')}: unknown, never zero.</p>`),
    section('What it brought', `<p>${countText(sheet.created.items)} new items, ${countText(sheet.created.locations)} new locations, ${countText(sheet.created.changedItems)} changed items, ${countText(sheet.created.changedTags)} changed tags.</p>${difference}`),
    section('History', table([{ title: 'At' }, { title: 'By' }, { title: 'What' }], sheet.history.map((each) => [at(each.atInstant), each.actor, each.sentence]))),
  ];
  return htmlPage({
    title,
    body: `<h1>${escapeHtml(title)}</h1>
<p><span class="state">${IMPORT_STATE_WORDS[sheet.state]}</span> ${escapeHtml(stateSentence(sheet))}${sheet.stateInstant === null ? '' : `, ${escapeHtml(at(sheet.stateInstant))}`}</p>
${sheet.isComplete ? '' : '<p class="soft">This import is older than what is kept of imports now: columns, totals and what it brought are not known.</p>\n'}${parts.join('')}<footer>Instants in ${escapeHtml(sheet.timeZone)}. The file itself is kept in the workbook under its SHA-256.</footer>`,
  });
}
