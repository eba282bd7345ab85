/** `tieout trail`: who did what, searched; and as JSON lines with the chain. */
import type { AuditFilter } from '@shared/domain/audit-filter';
import { formatInstant, isPeriodCode, startOfLocalDay } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { z } from 'zod';
import { auditPage, saveTrail } from '../../services/audit-trail';
import type { ServiceContext } from '../../services/context';
import { workbookRow } from '../../services/workbooks';
import { type Arguments, type Command, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, withWorkbook } from '../session';

const LAST_MOST = 100_000;
const lastCheck = (text: string) => (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= LAST_MOST ? undefined : `--last ${text} is no whole number from 1 to ${LAST_MOST}.`);
const dayCheck = (option: string) => (text: string) => (z.iso.date().safeParse(text).success ? undefined : `--${option} ${text} is no day. Write it as YYYY-MM-DD.`);

function filterOf(context: ServiceContext, args: Arguments): AuditFilter {
  const { time_zone: timeZone } = workbookRow(context.workbook);
  const given = (option: string) => args.text(option)?.trim() ?? '';
  const [from, to] = [args.text('from'), args.text('to')];
  return {
    text: given('text'), person: given('person'), line: given('line'), action: given('action'), reason: given('reason'),
    periodId: args.text('period') === undefined ? null : neededPeriod(context, args).periodId,
    fromInstant: from === undefined ? null : startOfLocalDay(from, timeZone),
    untilInstant: to === undefined ? null : startOfLocalDay(to, timeZone, 1),
  };
}

function saveLines(context: ServiceContext, args: Arguments, filter: AuditFilter, filePath: string): void {
  const saved = expectDone(saveTrail(context.workbook, filter, filePath));
  if (args.flag('json')) printJson(saved);
  else if (saved.isPart) printLine(`Wrote ${countText(saved.events)} of ${plural(saved.inAll, 'event')} to ${saved.path}: a part, as its first line says. Each event can be checked by its own hash.`);
  else printLine(`Wrote all ${plural(saved.events, 'event')} to ${saved.path}. The guide says how to follow the chain without Tieout.`);
}

export const trailCommand: Command = {
  name: 'trail',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    text: { type: 'string', value: 'TEXT', help: 'part of anything that an event holds' },
    period: { type: 'string', value: 'YYYY-MM', help: 'events of this month', check: (code) => (isPeriodCode(code) ? undefined : `--period ${code} is no month. Write it as YYYY-MM.`) },
    person: { type: 'string', value: 'TEXT', help: 'part of a name or an e-mail address' },
    line: { type: 'string', value: 'TEXT', help: 'part of SKU, LOCATION; events of lines alone' },
    action: { type: 'string', value: 'ACTION', help: 'an action, as tag.set, or an area of them, as tag' },
    reason: { type: 'string', value: 'TEXT', help: 'part of a reason code, or of what was given as the reason' },
    from: { type: 'string', value: 'YYYY-MM-DD', help: 'from the beginning of that day', check: dayCheck('from') },
    to: { type: 'string', value: 'YYYY-MM-DD', help: 'to the end of that day', check: dayCheck('to') },
    last: { type: 'string', value: 'N', help: 'how many are printed, the newest first', default: '50', check: lastCheck },
    jsonl: { type: 'string', value: 'FILE.jsonl', help: 'writes all that are found, each with its hash and the hash before; needs no other option for the whole trail' },
  },
  notes: 'Conditions all have to hold; letters in any case. Days are those of the workbook\'s time zone. Ends with 1 where nothing is found.',
  run: (args) =>
    withWorkbook(args.words[0]!, 'read', (context) => {
      const filter = filterOf(context, args);
      const { total, inAll, events } = auditPage(context.workbook, { ...filter, offset: 0, limit: Number(args.needed('last')) });
      const jsonl = args.text('jsonl');
      if (jsonl !== undefined) saveLines(context, args, filter, jsonl);
      else if (args.flag('json')) printJson({ total, inAll, events });
      else {
        const { time_zone: timeZone } = workbookRow(context.workbook);
        printLine(`${countText(total)} of ${plural(inAll, 'event')}${total > events.length ? `; the last ${countText(events.length)}` : ''}`);
        if (total === 0) printLine('Leave out a condition, or write less of it.');
        else {
          printLine();
          const rows = events.map((event) => [String(event.sequence), formatInstant(event.atInstant, timeZone).slice(0, 16).replace('T', ' '), event.actor.replace(/ <.*>$/, ''), event.action, event.periodCode ?? '', event.sentence]);
          printLine(table(['event', 'time', 'person', 'action', 'period', 'what happened'], rows, [0]));
        }
      }
      return total === 0 ? EXIT.findings : EXIT.done;
    }),
};
