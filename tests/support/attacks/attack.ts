/**
 * What an attack is: something that is done to files by somebody who may write to all of them, and what verification must say of it.
 *
 * A new attack is one entry of a list in this folder; a new table of the schema is attacked by itself (`rows.ts`).
 */
import fs from 'node:fs';
import path from 'node:path';
import { verifyPack } from '../../../electron/services/audit-pack/verify';
import { silentJob } from '../../../electron/services/context';
import { verifyJournalFile } from '../../../electron/services/sign-off/verify-file';
import { verifyWorkbook } from '../../../electron/services/sign-off/verify-workbook';
import { openWorkbookFile } from '../../../electron/workbook/open';
import type { Signer } from '../../../electron/files/identities/unlock-identity';
import type { Verification } from '@shared/contract/sign-off';

/** The files that are attacked, made once; each attack has copies of its own. */
export interface Sealed {
  readonly folder: string;
  readonly workbookPath: string;
  readonly journalPath: string;
  readonly packPath: string;
  readonly periodId: number;
  readonly periodCode: string;
  /** Of the seal that stands, lodged outside on the day of the lock. */
  readonly lodgedCode: string;
  /** The same company closed again by the same people with another figure: whole, sealed, and not the one that was lodged. */
  readonly rebuiltPath: string;
  /** Somebody who has an identity with the name and the address of the controller, and another key. */
  readonly namesake: Signer;
}

/** Copies that an attack may change. */
export interface Target {
  readonly workbookPath: string;
  readonly journalPath: string;
  readonly packPath: string;
  readonly sealed: Sealed;
}

/** What finds an attack: the file by itself, only a code that was lodged outside, or nothing, with the reason. */
export type FoundBy = 'the file' | 'the lodged code' | { readonly nothing: string };

export interface Attack {
  readonly group: string;
  readonly name: string;
  /** Which of the files is verified afterwards. */
  readonly verified: 'workbook' | 'journal' | 'pack';
  readonly foundBy: FoundBy;
  /** Does it; answers texts that must all stand in one finding, or nothing where it is not found. */
  run(target: Target): readonly string[] | Promise<readonly string[]>;
}

/** Attacks by their group, in order. */
export function grouped(attacks: readonly Attack[]): Map<string, Attack[]> {
  const groups = new Map<string, Attack[]>();
  for (const attack of attacks) groups.set(attack.group, [...(groups.get(attack.group) ?? []), attack]);
  return groups;
}

export interface Outcome {
  readonly attack: Attack;
  /** Verification said that it does not hold. */
  readonly found: boolean;
  readonly expected: readonly string[];
  /** The finding that names it, else the first of all. */
  readonly namedAs: string;
  readonly findings: readonly string[];
  /** Found by what should find it, and named as it should be; or not found, as is said of it. */
  readonly isAsExpected: boolean;
}

interface Seen {
  readonly holds: boolean;
  readonly findings: readonly string[];
  readonly verification?: Verification;
}

/** Verifies a workbook file as an auditor does. One that is refused at opening does not hold, and the refusal says why. */
export async function verifiedWorkbook(filePath: string, lodgedCode?: string): Promise<Seen> {
  const opened = await openWorkbookFile(filePath, { person: 'Dee Park', now: Date.now(), readOnly: true });
  if (!opened.ok) return { holds: false, findings: [opened.message] };
  try {
    const verification = verifyWorkbook(opened.value.workbook, silentJob, lodgedCode);
    return { holds: verification.holds, findings: verification.checks.flatMap(({ findings }) => findings), verification };
  } finally {
    opened.value.close();
  }
}

/** Verifies an exported journal beside the workbook it came from. */
export async function verifiedJournal(filePath: string, workbookPath: string): Promise<Seen> {
  const opened = await openWorkbookFile(workbookPath, { person: 'Dee Park', now: Date.now(), readOnly: true });
  if (!opened.ok) return { holds: false, findings: [opened.message] };
  try {
    const verified = await verifyJournalFile(filePath, opened.value.workbook);
    if (!verified.ok) return { holds: false, findings: [verified.message] };
    return { holds: verified.value.holds, findings: verified.value.checks.flatMap(({ findings }) => findings), verification: verified.value };
  } finally {
    opened.value.close();
  }
}

/** Verifies an audit pack by itself. */
export async function verifiedPack(filePath: string): Promise<Seen> {
  const verified = await verifyPack(filePath, silentJob);
  if (!verified.ok) return { holds: false, findings: [verified.message] };
  return { holds: verified.value.holds, findings: verified.value.checks.flatMap(({ findings }) => findings), verification: verified.value };
}

/** Carries out an attack on fresh copies and verifies what it leaves. */
export async function carryOut(attack: Attack, sealed: Sealed): Promise<Outcome> {
  const folder = fs.mkdtempSync(path.join(sealed.folder, 'attack-'));
  try {
    const target: Target = { workbookPath: path.join(folder, 'attacked.tieout'), journalPath: path.join(folder, 'attacked.xlsx'), packPath: path.join(folder, 'attacked.zip'), sealed };
    fs.copyFileSync(sealed.workbookPath, target.workbookPath);
    fs.copyFileSync(sealed.journalPath, target.journalPath);
    fs.copyFileSync(sealed.packPath, target.packPath);
    const expected = await attack.run(target);
    const verify = (lodgedCode?: string) =>
      attack.verified === 'workbook' ? verifiedWorkbook(target.workbookPath, lodgedCode) : attack.verified === 'pack' ? verifiedPack(target.packPath) : verifiedJournal(target.journalPath, target.workbookPath);
    const alone = await verify();
    const seen = attack.foundBy === 'the lodged code' && alone.holds ? await verify(sealed.lodgedCode) : alone;
    const naming = seen.findings.find((finding) => expected.every((text) => finding.includes(text)));
    const isFoundAsSaid = typeof attack.foundBy === 'object' ? seen.holds : !seen.holds && naming !== undefined && (attack.foundBy === 'the file') === !alone.holds;
    return { attack, found: !seen.holds, expected, namedAs: naming ?? seen.findings[0] ?? '', findings: seen.findings, isAsExpected: isFoundAsSaid };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
