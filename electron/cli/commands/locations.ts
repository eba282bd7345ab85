/** `tieout locations`: when a period begins and ends at each location, and setting it. */
import type { LocationBounds, LocationClose } from '@shared/contract/locations';
import { formatInstant, parseInstant } from '@shared/domain/instant';
import { locationBounds, setLocationBounds, setLocationTimeZone } from '../../services/location-bounds';
import { setLocationCurrency } from '../../services/location-currency';
import { workbookRow } from '../../services/workbooks';
import { inTransaction } from '../../workbook/workbook';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';

const WINDOW_HOURS_MOST = 744;
const usage = (message: string) => new CommandFailure(message, EXIT.usage);

function instantIn(args: Arguments, option: 'start' | 'cut-off'): number | null {
  const text = args.text(option);
  if (text === undefined) return null;
  const instant = parseInstant(text);
  if (instant === undefined) throw usage(`--${option} ${text}: write an instant with its offset, as in 2026-11-01T00:00:00-07:00.`);
  return instant;
}

/** Undefined where the words ask for no change of start and cut-off. */
function closeIn(args: Arguments): LocationClose | undefined {
  const [startInstant, cutOffInstant] = [instantIn(args, 'start'), instantIn(args, 'cut-off')];
  const ways = [args.flag('with-period'), args.flag('by-time-zone'), cutOffInstant !== null].filter((way) => way).length;
  if (ways > 1) throw usage('--cut-off, --by-time-zone and --with-period exclude one another.');
  if (startInstant !== null && cutOffInstant === null) throw usage('--start goes with --cut-off.');
  if (cutOffInstant !== null) return { startInstant, cutOffInstant };
  if (args.flag('by-time-zone')) return 'by_time_zone';
  return args.flag('with-period') ? 'with_period' : undefined;
}

function windowIn(args: Arguments): number | null | undefined {
  const text = args.text('window-hours');
  if (text === undefined) return undefined;
  if (text === 'period') return null;
  const hours = /^\d{1,3}$/.test(text) ? Number(text) : Infinity;
  if (hours > WINDOW_HOURS_MOST) throw usage(`--window-hours ${text}: give 0 to ${WINDOW_HOURS_MOST} hours, or period.`);
  return hours;
}

const instantText = (instant: number, bounds: LocationBounds, timeZone: string): string => formatInstant(instant, bounds.timeZone ?? timeZone);

const jsonOf = (bounds: LocationBounds, timeZone: string) => ({
  location: bounds.code,
  timeZone: bounds.timeZone,
  currency: bounds.currency,
  start: instantText(bounds.startInstant, bounds, timeZone),
  cutOff: instantText(bounds.cutOffInstant, bounds, timeZone),
  windowHours: bounds.windowHours,
  ownCutOff: bounds.hasOwnCutOff,
  ownWindow: bounds.hasOwnWindow,
});

function print(all: readonly LocationBounds[], timeZone: string, args: Arguments): void {
  if (args.flag('json')) return printJson({ period: args.text('period'), locations: all.map((each) => jsonOf(each, timeZone)) });
  if (all.length === 0) return printLine('The workbook has no location yet.');
  const rows = all.map((each) => [
    each.code, each.currency, each.timeZone ?? 'as the workbook', instantText(each.startInstant, each, timeZone), instantText(each.cutOffInstant, each, timeZone),
    String(each.windowHours), each.hasOwnCutOff ? 'its own' : 'as the period',
  ]);
  return printLine(table(['location', 'currency', 'time zone', 'start', 'cut-off', 'window hours', 'closes'], rows, [5]));
}

export const locationsCommand: Command = {
  name: 'locations',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...PERIOD_OPTION,
    location: { type: 'string', value: 'CODE', help: 'the location that is changed' },
    'time-zone': { type: 'string', value: 'ZONE', help: 'its time zone for periods made from now on and for due dates, or workbook to take it away' },
    currency: { type: 'string', value: 'CODE', help: 'the currency it is kept in, before it has values: its lines are closed in periods such as 2026-10-EUR; or workbook' },
    'cut-off': { type: 'string', value: 'INSTANT', help: 'when it closes the period, as 2026-11-01T00:00:00-07:00' },
    start: { type: 'string', value: 'INSTANT', help: 'when the period begins there; where the one before ended, if not given' },
    'by-time-zone': { type: 'boolean', help: 'it closes at the first instant of the next month in its own time zone' },
    'with-period': { type: 'boolean', help: 'it closes when the period does' },
    'window-hours': { type: 'string', value: 'HOURS', help: 'its reconciliation window, or period for the period\'s' },
    why: { type: 'string', value: 'TEXT', help: 'the reason of a change' },
  },
  run: (args) => {
    const [location, zone, close, windowHours] = [args.text('location'), args.text('time-zone'), closeIn(args), windowIn(args)];
    const currency = args.text('currency');
    const changes = zone !== undefined || currency !== undefined || close !== undefined || windowHours !== undefined;
    if (changes !== (location !== undefined)) throw usage('--location goes with --time-zone, --currency, --cut-off, --by-time-zone, --with-period or --window-hours.');
    const why = args.text('why')?.trim() ?? '';
    if (changes && why === '') throw usage('A change needs --why TEXT.');
    return withWorkbook(args.words[0]!, changes ? 'write' : 'read', (context) => {
      const period = neededPeriod(context, args);
      if (location !== undefined) inTransaction(context.workbook, () => {
        if (zone !== undefined) expectDone(setLocationTimeZone(context, { location, timeZone: zone === 'workbook' ? null : zone, why }));
        if (currency !== undefined) expectDone(setLocationCurrency(context, { location, currency: currency === 'workbook' ? null : currency, why }));
        if (close !== undefined || windowHours !== undefined) {
          const now = expectDone(locationBounds(context.workbook, period.periodId)).find((each) => each.code === location);
          const kept = now?.hasOwnCutOff ? { startInstant: now.startInstant, cutOffInstant: now.cutOffInstant } : ('with_period' as const);
          const keptWindow = now?.hasOwnWindow ? now.windowHours : null;
          expectDone(
            setLocationBounds(context, { periodId: period.periodId, location, close: close ?? kept, windowHours: windowHours === undefined ? keptWindow : windowHours, why }),
          );
        }
      });
      const all = expectDone(locationBounds(context.workbook, period.periodId));
      print(location === undefined ? all : all.filter((each) => each.code === location), workbookRow(context.workbook).time_zone, args);
      return EXIT.done;
    });
  },
};
