/**
 * Reopening a locked period: one asks and says why, a controller who is somebody else agrees, both sign. The seal stays; what is
 * sealed next names it and the reopening.
 */
import type { Reopening } from '@shared/contract/sign-off';
import { canonicalJson } from '@shared/domain/canonical';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import type { IdentityFile } from '../../files/identities/identity-file';
import type { Signer } from '../../files/identities/unlock-identity';
import { signDetached } from '../../files/signatures/detached';
import { appendAudit, chainHead } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { addPerson, type SigningFailure, unlockPerson } from '../people';
import { findPeriod, listPeriods, periodMissing } from '../periods';
import { workbookRow } from '../workbooks';
import { reopeningOfSeal, type ReopeningStatement, toReopening } from './reopening-statement';
import { listSeals } from './seal';

interface Signing {
  readonly fingerprint: string;
  readonly passPhrase: string;
}

export interface ReopenRequest {
  readonly periodId: number;
  readonly reason: string;
  readonly asker: Signing;
  /** Null only where the workbook has only ever had one person. */
  readonly controller: Signing | null;
  /** Why nobody else agrees; empty where somebody does. */
  readonly noSecondPerson: string;
}

type ReopenFailure =
  | 'period_missing' | 'not_locked' | 'no_seal' | 'later_locked' | 'reason_needed' | 'second_person_needed' | 'same_person' | 'role_refused' | SigningFailure;

type Signatory = { readonly signer: Signer; readonly identity: IdentityFile };

const peopleBeside = (workbook: ReadableWorkbook, fingerprint: string): number =>
  workbook.get<{ people: number }>('SELECT count(*) AS people FROM people WHERE fingerprint <> ?', fingerprint)!.people;

/** Refusals that ask for no pass phrase, in their order. */
function refusalOf(workbook: ReadableWorkbook, request: ReopenRequest): Outcome<never, ReopenFailure> | undefined {
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  if (period.state !== 'locked') return refused('not_locked', `${period.code} is open. Only a locked period is reopened.`);
  const later = listPeriods(workbook).findLast((each) => each.state === 'locked' && each.code > period.code);
  if (later) {
    return refused('later_locked', `${later.code} is locked and opened with what ${period.code} closed with. Reopen ${later.code} first, or book what was found in an open period.`);
  }
  if (request.reason.trim() === '') return refused('reason_needed', `State why ${period.code} is reopened: it is signed by both and stays visible for ever.`);
  if (request.controller === null) {
    const people = peopleBeside(workbook, request.asker.fingerprint);
    if (people > 0) {
      return refused('second_person_needed', `This workbook has ${plural(people, 'other person', 'other people')}: a controller who is somebody else has to agree and sign. Ask them to, on the machine that has their key.`);
    }
    if (request.noSecondPerson.trim() === '') {
      return refused('second_person_needed', `Nobody else is known to this workbook. State why there is ${NO_SECOND_PERSON}: the reopening bears the mark “${NO_SECOND_PERSON}”. Or add a controller under People.`);
    }
  } else if (request.controller.fingerprint === request.asker.fingerprint) {
    return refused('same_person', 'Who asks cannot agree to it. Choose a controller who is somebody else.');
  }
  return undefined;
}

/** Who signs, with their keys open. */
function unlockBoth(context: ServiceContext, identitiesFolder: string, request: ReopenRequest): Outcome<{ asker: Signatory; controller: Signatory | undefined }, ReopenFailure> {
  const asker = unlockPerson(context, identitiesFolder, request.asker.fingerprint, request.asker.passPhrase);
  if (!asker.ok) return asker;
  const controller = request.controller && unlockPerson(context, identitiesFolder, request.controller.fingerprint, request.controller.passPhrase);
  if (controller && !controller.ok) return controller;
  const { identity } = asker.value;
  const agreeing = (controller?.value ?? asker.value).identity;
  if (agreeing.role !== 'controller') {
    return refused('role_refused', `${agreeing.name} is ${agreeing.role}. A reopening is agreed to by a controller.`);
  }
  if (identity.role === 'auditor') return refused('role_refused', `${identity.name} is auditor, and an auditor changes nothing. Let whoever keeps the books ask for it.`);
  if (controller && identity.email.toLowerCase() === agreeing.email.toLowerCase()) {
    return refused('same_person', `Both identities are of ${identity.email}. Choose a controller who is somebody else.`);
  }
  return done({ asker: asker.value, controller: controller?.value });
}

const signatory = ({ identity }: Signatory) => ({ name: identity.name, email: identity.email, role: identity.role, fingerprint: identity.fingerprintSha256 });

/**
 * Opens a locked period again.
 *
 * Refusals in their order: `period_missing`, `not_locked`, `later_locked`, `reason_needed`, `second_person_needed`, `same_person`; those of
 * signing; `role_refused`; `no_seal`.
 */
export function reopenPeriod(context: ServiceContext, identitiesFolder: string, request: ReopenRequest): Outcome<Reopening, ReopenFailure> {
  const { workbook } = context;
  const refusal = refusalOf(workbook, request);
  if (refusal) return refusal;
  const unlocked = unlockBoth(context, identitiesFolder, request);
  if (!unlocked.ok) return unlocked;
  const { asker, controller } = unlocked.value;
  return inTransaction(workbook, (): Outcome<Reopening, ReopenFailure> => {
    const period = findPeriod(workbook, request.periodId)!;
    const seal = listSeals(workbook, period.periodId).at(-1);
    if (!seal) return refused('no_seal', `${period.code} is locked, but its seal is not there: verify the workbook before anything else is done with it.`);
    const askerPerson = addPerson(context, asker.identity);
    const controllerPerson = controller && addPerson(context, controller.identity);
    const row = workbookRow(workbook);
    const head = chainHead(workbook);
    const reopenedInstant = context.now();
    const statement: ReopeningStatement = {
      format: 1,
      workbookUuid: row.workbook_uuid,
      company: row.company,
      periodCode: period.code,
      sealNumber: seal.sealNumber,
      sealRoot: seal.rootHash,
      reason: request.reason.trim(),
      askedBy: signatory(asker),
      agreedBy: controller ? signatory(controller) : null,
      noSecondPerson: controller ? '' : request.noSecondPerson.trim(),
      reopenedInstant,
      chainSequence: head.sequence,
      chainHash: head.hash,
    };
    const text = canonicalJson(statement);
    const bytes = Buffer.from(text, 'utf8');
    workbook.run(
      `INSERT INTO reopenings (period_id, seal_id, statement, asker_id, asker_signature, controller_id, controller_signature, reopened_instant)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      period.periodId, seal.sealId, text, askerPerson.person_id, signDetached(asker.signer, bytes),
      controllerPerson?.person_id ?? null, controller ? signDetached(controller.signer, bytes) : null, reopenedInstant,
    );
    workbook.run(`UPDATE periods SET state = 'open', locked_instant = NULL WHERE period_id = ?`, period.periodId);
    // The sealed copy keeps what it closed with; the next period opens with nothing until it is locked again.
    workbook.run('DELETE FROM closings WHERE period_id = ?', period.periodId);
    appendAudit(workbook, {
      atInstant: reopenedInstant,
      actor: actorText(context.actor),
      action: 'period.reopen',
      periodId: period.periodId,
      subject: `period:${period.code}`,
      detail: {
        statementHash: sha256Hex(text), sealRoot: seal.rootHash, reason: statement.reason, askedBy: `${statement.askedBy.name} <${statement.askedBy.email}>`,
        agreedBy: statement.agreedBy ? `${statement.agreedBy.name} <${statement.agreedBy.email}>` : null, noSecondPerson: statement.noSecondPerson,
      },
    });
    return done(toReopening(reopeningOfSeal(workbook, seal.sealId)!));
  });
}
