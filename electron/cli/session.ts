/**
 * What commands share: opening a workbook, its period, the person who acts, pass phrases.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Period } from '@shared/contract/workbook';
import { isPeriodCode } from '@shared/domain/instant';
import type { Outcome } from '@shared/domain/outcome';
import { identityStore } from '../files/identities/identity-store';
import type { IdentityFile } from '../files/identities/identity-file';
import type { Actor, ServiceContext } from '../services/context';
import { lastWorker } from '../services/working-as';
import { createPeriod, findPeriodByCode, listPeriods } from '../services/periods';
import { openWorkbook, type OpenedForUse } from '../services/workbooks';
import type { SqliteWorkbook } from '../workbook/workbook';
import { type Arguments, CommandFailure, EXIT } from './command';
import { terminalJob } from './print';

/** The value of an outcome, or the command ends with the refusal's message. */
export function expectDone<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  throw new CommandFailure(outcome.message, EXIT.refused, outcome.failure);
}

/** Where this machine keeps identities: the application's own folder, or the folder that TIEOUT_HOME names. */
export function identitiesFolder(): string {
  if (process.env['TIEOUT_HOME']) return path.join(process.env['TIEOUT_HOME'], 'identities');
  const home = os.homedir();
  const base =
    process.platform === 'darwin'
      ? path.join(home, 'Library', 'Application Support')
      : process.platform === 'win32'
        ? (process.env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'))
        : (process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config'));
  return path.join(base, 'Tieout', 'identities');
}

/** Whoever runs the command: the identity that works on this machine, else the system account. */
export const currentActor = (): Actor => lastWorker(identitiesFolder()) ?? { name: os.userInfo().username, email: '' };

/** What services are handed by a command. */
export const contextFor = (workbook: SqliteWorkbook, actor: Actor = currentActor()): ServiceContext => ({
  workbook,
  actor,
  now: () => Date.now(),
  job: terminalJob(),
});

/** Opens a workbook, runs `work` and closes it again, whatever happens. Refuses to write where it is open elsewhere. */
export async function withWorkbook<T>(
  filePath: string,
  mode: 'read' | 'write',
  work: (context: ServiceContext, opened: OpenedForUse) => Promise<T> | T,
): Promise<T> {
  const actor = currentActor();
  const opened = expectDone(await openWorkbook(filePath, actor, Date.now(), mode === 'read'));
  try {
    if (mode === 'write' && opened.pack) throw new CommandFailure(`${opened.readOnlyReason} A pack is only read.`, EXIT.refused, 'read_only');
    if (mode === 'write' && opened.readOnly) throw new CommandFailure(`${opened.readOnlyReason} Close it there, then try again.`, EXIT.refused, 'read_only');
    return await work(contextFor(opened.workbook, actor), opened);
  } finally {
    opened.close();
  }
}

/** The period that `--period` names, which must exist. */
export function neededPeriod(context: ServiceContext, args: Arguments): Period {
  const code = args.needed('period');
  const period = findPeriodByCode(context.workbook, code);
  if (period) return period;
  const known = listPeriods(context.workbook).map((each) => each.code);
  throw new CommandFailure(
    `${code} is not in this workbook${known.length > 0 ? ` (it has ${known.join(', ')})` : ''}. Import a file for it to begin the period.`,
    EXIT.refused,
    'period_missing',
  );
}

/** The period that `--period` names; begun with a window of `windowHours` where it is new. */
export function periodOrNew(context: ServiceContext, args: Arguments, windowHours: number): Period {
  const code = args.needed('period');
  return findPeriodByCode(context.workbook, code) ?? expectDone(createPeriod(context, code, windowHours));
}

/** The identity on this machine with that e-mail address. */
export function neededIdentity(email: string): IdentityFile {
  const [identity] = identityStore(identitiesFolder()).findByEmail(email);
  if (identity) return identity;
  throw new CommandFailure(`${email} has no identity on this machine. Make one with tieout identity new --name NAME --email ${email} --role ROLE.`, EXIT.refused, 'identity_missing');
}

/** The pass phrase from the file that the option names, else from TIEOUT_PASS_PHRASE; never from the command line itself. */
export function neededPassPhrase(args: Arguments): string {
  const given = passPhraseFrom(args, 'pass-phrase-file', 'TIEOUT_PASS_PHRASE');
  if (given !== undefined) return given;
  throw new CommandFailure('Signing needs a pass phrase: give --pass-phrase-file FILE, or set TIEOUT_PASS_PHRASE.', EXIT.usage);
}

/** A pass phrase from the file that an option names, else from a variable of the environment; undefined where neither is there. */
export function passPhraseFrom(args: Arguments, option: string, variable: string): string | undefined {
  const file = args.text(option);
  if (file !== undefined) {
    try {
      return fs.readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      throw new CommandFailure(`${file} cannot be read: ${(error as Error).message}.`, EXIT.refused, 'file_missing');
    }
  }
  return process.env[variable] || undefined;
}

export const PERIOD_OPTION = {
  period: {
    type: 'string', value: 'YYYY-MM', help: 'the month', required: true,
    check: (code: string) => (isPeriodCode(code) ? undefined : `--period ${code} is no month. Write it as YYYY-MM.`),
  },
} as const;
export const SIGNING_OPTIONS = {
  as: { type: 'string', value: 'EMAIL', help: 'who signs: an identity of this machine' },
  'pass-phrase-file': { type: 'string', value: 'FILE', help: 'holds the pass phrase; else TIEOUT_PASS_PHRASE is read' },
} as const;
