/**
 * What a seal states, and the bytes that are signed for it.
 *
 * Format 2 (since schema 15): the root of a hash tree (`workbook/hash-tree.ts`) whose leaves are the sealed rows in order and,
 * last, the statement; signed is a short text that names it. Format 1 had one hash over the hashes of pieces; it still verifies.
 */
import { z } from 'zod';
import type { PackageSigner } from '../../files/signatures/signature-xml';
import { signDetached, verifyDetached } from '../../files/signatures/detached';
import { verifyBytes } from '../../files/identities/unlock-identity';
import { firstLodgedCode, lodgedCode } from '@shared/domain/lodged-code';

const Signed = {
  workbookUuid: z.string(),
  company: z.string(),
  periodCode: z.string(),
  signerName: z.string(),
  signerEmail: z.string(),
  signerFingerprint: z.string(),
  sealedInstant: z.int(),
  /** The head of the audit trail when the seal was made: a trail that was cut or written anew no longer holds it. */
  chainSequence: z.int(),
  chainHash: z.string(),
  /** Why the period was locked although a question or a gate was open; empty where all held. */
  override: z.string(),
  /** The root of the seal before this one; empty for the first of the workbook. */
  previousRoot: z.string(),
};

const FirstStatement = z.strictObject({ ...Signed, openQuestions: z.array(z.int()) });

const Answered = z.strictObject({ name: z.string(), holds: z.boolean(), figure: z.string() });

const SecondStatement = z.strictObject({
  ...Signed,
  format: z.literal(2),
  /** From 1 within the period. */
  sealNumber: z.int(),
  /** The seven questions (`1` to `7`) and the gates, each with its figure. */
  answers: z.array(Answered),
  /** The root of the period's seal before this one, and the SHA-256 of the statement that reopened it; both empty for the first. */
  replacesRoot: z.string(),
  reopeningHash: z.string(),
  /** Rows sealed of each table, in their order. */
  tables: z.array(z.strictObject({ table: z.string(), rows: z.int() })),
});

/** What the person who locks puts their signature under, beside the rows. */
export const SealStatement = z.union([SecondStatement, FirstStatement]);
export type SealStatement = z.infer<typeof SealStatement>;
export type NewSealStatement = z.infer<typeof SecondStatement>;

export interface SealRow {
  readonly seal_id: number;
  readonly period_id: number;
  readonly statement: string;
  readonly root_hash: string;
  readonly signer_id: number;
  readonly signature: Uint8Array;
  readonly sealed_instant: number;
}

/** The statement of a seal; undefined where it cannot be read. */
export function parseStatement(text: string): SealStatement | undefined {
  try {
    return SealStatement.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export const isTree = (statement: SealStatement): statement is NewSealStatement => 'format' in statement;

/** What was open when the period was locked: `question 4`, `gate ledger`. */
export const openAnswers = (statement: SealStatement): string[] =>
  isTree(statement)
    ? statement.answers.filter(({ holds }) => !holds).map(({ name, figure }) => `${/^\d+$/.test(name) ? `question ${name}` : `gate ${name}`}: ${figure}`)
    : statement.openQuestions.map((question) => `question ${question}`);

/** The leaf of a row, and of the statement. */
export const leafOf = (table: string, line: string): string => `${table} ${line}`;
export const statementLeaf = (statement: string): string => leafOf('statement', statement);

/**
 * The bytes that are signed: for a tree a short text whose every line ends with a line feed, so that it can be kept as a file and
 * checked by `openssl dgst -sha256 -verify`.
 */
export function signedMessage(statement: SealStatement, root: string): Uint8Array {
  if (!isTree(statement)) return Buffer.from(root, 'utf8');
  const leaves = 1 + statement.tables.reduce((sum, { rows }) => sum + rows, 0);
  const lines = ['Tieout seal 2', `workbook ${statement.workbookUuid}`, `period ${statement.periodCode}`, `seal ${statement.sealNumber}`, `leaves ${leaves}`, `root ${root}`];
  return Buffer.from(`${lines.join('\n')}\n`, 'utf8');
}

export const signSeal = (signer: PackageSigner, statement: NewSealStatement, root: string): Uint8Array => signDetached(signer, signedMessage(statement, root));

/** Whether the key of the certificate made the seal's signature. */
export const sealSignatureHolds = (certificatePem: string, statement: SealStatement, root: string, signature: Uint8Array): boolean =>
  (isTree(statement) ? verifyDetached : verifyBytes)(certificatePem, signedMessage(statement, root), signature);

/** The code that is lodged outside for a seal; in words where the root was changed to no root at all. */
export const codeOf = (statement: SealStatement, root: string): string =>
  !/^[0-9a-f]{64}$/.test(root) ? 'unreadable' : isTree(statement) ? lodgedCode(root) : firstLodgedCode(root);
