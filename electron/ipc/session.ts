/**
 * What a handler is given: the open workbook, who works, and the job it reports to.
 */
import type { ContractArea, CallOutcome, CallParsedInput } from '@shared/contract/call';
import { done, type Outcome } from '@shared/domain/outcome';
import type { Actor, Job, ServiceContext } from '../services/context';
import { lastWorker } from '../services/working-as';
import { openWorkbook, type OpenedForUse } from '../services/workbooks';
import type { OpenFailure } from '../workbook/open';
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

/**
 * Opens a workbook for a window.
 *
 * @param person whoever runs the program; takes the place of an identity until one is chosen
 * @param readOnly the file is neither locked nor written, even where it could be
 */
export async function openSession(
  filePath: string,
  person: Actor,
  identitiesFolder: string,
  now: number,
  readOnly = false,
): Promise<Outcome<{ readonly opened: OpenedForUse; readonly session: Session }, OpenFailure>> {
  const actor = lastWorker(identitiesFolder) ?? { ...person, role: '' };
  const outcome = await openWorkbook(filePath, actor, now, readOnly, true);
  if (!outcome.ok) return outcome;
  const opened = outcome.value;
  return done({
    opened,
    session: {
      workbook: opened.workbook,
      readOnly: opened.readOnly,
      readOnlyReason: opened.readOnlyReason,
      identitiesFolder,
      actor: { name: actor.name, email: actor.email, role: actor.role },
    },
  });
}
