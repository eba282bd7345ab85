/**
 * A workbook's life: made with its default rules, opened for a session, described.
 */
import { randomUUID } from 'node:crypto';
import type { PackOrigin } from '@shared/contract/audit-pack';
import { ChartOfAccounts, ReasonCodes } from '@shared/domain/defaults';
import { isCurrency, minorDigits } from '@shared/domain/money';
import { isTimeZone } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { RuleSet } from '@shared/domain/rules';
import chartOfAccountsFile from '../../resources/chart-of-accounts.json';
import reasonCodesFile from '../../resources/reason-codes.json';
import rulesFile from '../../resources/rules.json';
import { appendAudit } from '../workbook/audit';
import { createWorkbookFile, type CreateFailure, type OpenedWorkbook, type OpenFailure, openWorkbookFile } from '../workbook/open';
import { insertRuleSet } from '../workbook/tables/rule-sets';
import { inTransaction, type ReadableWorkbook, type SqliteWorkbook } from '../workbook/workbook';
import { openPackedWorkbook } from './audit-pack/open';
import { isPackName } from './audit-pack/pack-file';
import { type Actor, actorText } from './context';

export { ownCurrency } from '../workbook/tables/period-codes';

/** In whole units of the workbook's currency, until somebody sets another. */
const DEFAULT_MATERIALITY_MAJOR = 500;

export interface NewWorkbook {
  readonly company: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly workbookUuid?: string;
  readonly isSample?: boolean;
}

export interface WorkbookRow {
  readonly workbook_uuid: string;
  readonly company: string;
  readonly time_zone: string;
  readonly is_sample: number;
  readonly created_instant: number;
}

/** The workbook's own row, of a file that somebody may have taken it out of. */
export const findWorkbookRow = (workbook: ReadableWorkbook): WorkbookRow | undefined => workbook.get<WorkbookRow>('SELECT * FROM workbook WHERE workbook_id = 1');

/** The workbook's own row: company, time zone. Which currency an amount is in is its period's to say. */
export const workbookRow = (workbook: ReadableWorkbook): WorkbookRow => findWorkbookRow(workbook)!;

function writeDefaults(workbook: SqliteWorkbook, madeInstant: number, madeBy: string): void {
  for (const account of ChartOfAccounts.parse(chartOfAccountsFile)) {
    workbook.run('INSERT INTO accounts (account_code, name, kind) VALUES (?, ?, ?)', account.code, account.name, account.kind);
  }
  for (const [index, reason] of ReasonCodes.parse(reasonCodesFile).entries()) {
    workbook.run(
      `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, inventory_account, offset_account, causes, next_step, display_order)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      reason.code, reason.name, reason.class, reason.defaultOwner, reason.posting, reason.inventoryAccount, reason.offsetAccount,
      JSON.stringify(reason.causes), reason.nextStep, index,
    );
  }
  insertRuleSet(workbook, { fromPeriod: '', rules: RuleSet.parse(rulesFile), madeInstant, madeBy, why: 'The rules a new workbook begins with.' });
}

/** Makes a workbook with the default chart of accounts, reason codes and rules, open for writing. */
export function createWorkbook(
  filePath: string,
  settings: NewWorkbook,
  actor: Actor,
  now: number,
): Outcome<OpenedWorkbook, CreateFailure | 'invalid_currency' | 'invalid_time_zone'> {
  if (!isCurrency(settings.currency)) {
    return refused('invalid_currency', `${settings.currency} is no currency code. Give the three capital letters of ISO 4217, such as USD or EUR.`);
  }
  if (!isTimeZone(settings.timeZone))
    return refused('invalid_time_zone', `${settings.timeZone} is no time zone. Give a name such as America/New_York or Europe/Berlin.`);
  const created = createWorkbookFile(filePath, { person: actor.name, now });
  if (!created.ok) return created;
  const { workbook } = created.value;
  inTransaction(workbook, () => {
    workbook.run(
      `INSERT INTO workbook (workbook_id, workbook_uuid, company, currency, time_zone, materiality_minor, is_sample, created_instant)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
      settings.workbookUuid ?? randomUUID(), settings.company, settings.currency, settings.timeZone,
      DEFAULT_MATERIALITY_MAJOR * 10 ** minorDigits(settings.currency), settings.isSample ? 1 : 0, now,
    );
    writeDefaults(workbook, now, actorText(actor));
    appendAudit(workbook, {
      atInstant: now,
      actor: actorText(actor),
      action: 'workbook.create',
      periodId: null,
      subject: 'workbook',
      detail: { company: settings.company, currency: settings.currency, timeZone: settings.timeZone },
    });
  });
  return done(created.value);
}

/** A workbook that was opened; `pack` says of which audit pack, where it came out of one. */
export interface OpenedForUse extends OpenedWorkbook {
  readonly pack?: PackOrigin;
}

/** Opens a workbook, or the one in an audit pack, for a window or a command; see `openWorkbookFile` for what can be refused. */
export function openWorkbook(
  filePath: string,
  actor: Actor,
  now: number,
  readOnly = false,
  checksLater = false,
): Promise<Outcome<OpenedForUse, OpenFailure>> {
  if (isPackName(filePath)) return openPackedWorkbook(filePath, actor.name, now, checksLater);
  return openWorkbookFile(filePath, { person: actor.name, now, readOnly, checksLater });
}
