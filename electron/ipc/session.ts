/**
 * What a handler is given: the open workbook, who works, and the job it reports to.
 */
import type { ContractArea, CallOutcome, CallParsedInput } from '@shared/contract/call';
import type { Actor, Job, ServiceContext } from '../services/context';
import type { SqliteWorkbook } from '../workbook/workbook';

/** Lasts as long as the workbook is open in this process. */
export interface Session {
  readonly workbook: SqliteWorkbook;
  readonly readOnly: boolean;
  readonly readOnlyReason: string;
  /** Where this machine keeps identities. */
  readonly identitiesFolder: string;
  /** Who works; `role` is empty while no identity was chosen. */
  actor: Actor & { readonly role: string };
}

export interface HandlerContext extends ServiceContext {
  readonly session: Session;
}

export type Handlers<Area extends ContractArea> = {
  readonly [Channel in keyof Area]: (
    context: HandlerContext,
    input: CallParsedInput<Area[Channel]>,
  ) => CallOutcome<Area[Channel]> | Promise<CallOutcome<Area[Channel]>>;
};

/** The context of one call: the session's workbook and person, and the job that this call reports to. */
export const contextFor = (session: Session, job: Job): HandlerContext => ({
  workbook: session.workbook,
  actor: session.actor,
  now: () => Date.now(),
  job,
  session,
});
