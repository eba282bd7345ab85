/**
 * What is read of a large workbook beside the calls of its windows, in the thread for long work: whether the file is whole, and the
 * orders of a period's lines before anybody sorts by them.
 */
import { done } from '@shared/domain/outcome';
import { keepLineOrders, type LineOrders, lineOrdersOf, readFigureOrders, readNameOrders } from '../services/line-grid';
import { damageIn, isLargeFile } from '../workbook/open';
import type { Session } from './session';
import type { AnyOutcome, LongCalls } from './workbook-door';

/** By name, as a call's channel; no window can ask for them. */
export const READS_BESIDE: Readonly<Record<string, (session: Session, input: unknown) => AnyOutcome>> = {
  'beside:damage': ({ workbook }) => done(damageIn(workbook)),
  'beside:names': ({ workbook }, periodId) => done(readNameOrders(workbook, periodId as number)),
  'beside:figures': ({ workbook }, names) => done(readFigureOrders(workbook, names as LineOrders)),
};

const never = new AbortController().signal;
const run = async <Value>(jobs: LongCalls, name: string, input: unknown): Promise<Value | undefined> => {
  const outcome = await jobs.run(name, input, () => undefined, never);
  return outcome.ok ? (outcome.value as Value) : undefined;
};

/** The message of the damage; empty where the file is whole, and where it was closed meanwhile. */
export const findDamage = async (jobs: LongCalls): Promise<string> => (await run<string>(jobs, 'beside:damage', null)) ?? '';

/** After a page is shown, other things of the screen come first. */
const IDLE_MS = 250;

/** Reads the orders of a large period once a page of it was shown, names first, and again after its lines moved. */
export function orderReader(session: Session, jobs: LongCalls, inTurn: <T>(work: () => Promise<T>) => Promise<T>): (periodId: number) => void {
  const underWay = new Set<number>();
  const keep = (orders: LineOrders | undefined) => orders && keepLineOrders(session.workbook, orders);
  const readAll = async (periodId: number): Promise<void> => {
    if (!lineOrdersOf(session.workbook, periodId)) keep(await inTurn(() => run<LineOrders>(jobs, 'beside:names', periodId)));
    await inTurn(async () => {
      const names = lineOrdersOf(session.workbook, periodId);
      if (names) keep(await run<LineOrders>(jobs, 'beside:figures', names));
    });
  };
  return (periodId) => {
    if (underWay.has(periodId) || !isLargeFile(session.workbook.path) || lineOrdersOf(session.workbook, periodId)?.isWhole) return;
    underWay.add(periodId);
    setTimeout(() => void readAll(periodId).finally(() => underWay.delete(periodId)), IDLE_MS).unref();
  };
}
