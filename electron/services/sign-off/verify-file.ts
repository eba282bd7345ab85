/**
 * Verifies a signed journal by itself, and against the workbook it came from where that is at hand.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Verification, VerificationCheck } from '@shared/contract/sign-off';
import { instantWords } from '@shared/domain/instant';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { compareJournals, holdsText } from '../../files/journal-xlsx/compare-journals';
import { readNamedSigners, signersWithoutSignature } from '../../files/journal-xlsx/named-signers';
import type { PackageSignature, PackageVerification } from '../../files/signatures/verification';
import type { TrustBasis } from '../../files/signatures/trust';
import { verifyPackage } from '../../files/signatures/verify-package';
import { sha256Hex } from '../../workbook/hash';
import { listPersonCertificates } from '../../workbook/tables/trust';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { trustBasis } from '../identities/trust-basis';
import { certificateCheck, type GivenTrust, type GivenTrustFailure, NOTHING_GIVEN, withGivenTrust } from './certificate-check';
import { HOW_TO_CHECK } from './how-to-check';

const DIFFERENCES_NAMED = 100;

function signatureCheck(signature: PackageSignature, isKnown: boolean | undefined, isVouchedFor: boolean): VerificationCheck {
  const when = signature.signedAtInstant === null ? 'at an unknown time' : `at ${instantWords(signature.signedAtInstant)}`;
  const known = isKnown === undefined ? '' : isKnown ? ', known to the workbook' : ', not known to the workbook';
  const findings = isKnown === false && !isVouchedFor ? [`the certificate ${signature.fingerprintSha256.slice(0, 16)} belongs to nobody of this workbook`] : [];
  return {
    name: `Signature of ${signature.signerName || 'an unknown person'}${signature.role ? ` (${signature.role})` : ''}`,
    holds: signature.valid && findings.length === 0,
    message: `${signature.valid ? 'Holds' : 'Does not hold'}: ${signature.purpose || 'no purpose stated'}, signed ${when}, certificate ${signature.fingerprintSha256.slice(0, 16)}${known}.`,
    findings,
    howToCheck: HOW_TO_CHECK.signature,
  };
}

function packageCheck(verification: PackageVerification): VerificationCheck {
  const findings = verification.findings.map((finding) => finding.message);
  const exempt = verification.exemptParts.length > 0 ? ` Not covered by any signature, as in Office: ${verification.exemptParts.map((part) => part.part).join(', ')}.` : '';
  return {
    name: 'Content',
    holds: findings.length === 0,
    message: findings.length === 0 ? `Every sheet, text and relationship is as it was signed.${exempt}` : 'The file is not as it was signed.',
    findings,
    howToCheck: HOW_TO_CHECK.content,
  };
}

/** A signature that was taken away leaves no trace in the others; the sign-off sheet still names who was to sign. */
function signersCheck(bytes: Uint8Array, verification: PackageVerification): VerificationCheck {
  const named = readNamedSigners(bytes);
  const missing = signersWithoutSignature(named, verification);
  return {
    name: 'Signers',
    holds: named.length > 0 && missing.length === 0,
    message: named.length === 0 ? 'The sign-off sheet names nobody.' : missing.length === 0 ? 'Everybody whom the sign-off sheet names has signed.' : 'Somebody whom the sign-off sheet names has not signed.',
    findings: named.length === 0 ? ['the file has no sign-off sheet of a Tieout journal'] : missing.map((signer) => `${signer.name} (${signer.part}) is named on the sign-off sheet, but their signature is not on the file`),
    howToCheck: HOW_TO_CHECK.signers,
  };
}

interface KeptJournal {
  readonly number: string;
  readonly signed_file: Uint8Array;
}

async function findKept(workbook: ReadableWorkbook, bytes: Uint8Array): Promise<KeptJournal | undefined> {
  const kept = workbook.all<KeptJournal>(`SELECT number, signed_file FROM journals WHERE signed_file IS NOT NULL
     UNION ALL SELECT j.number || ', version ' || v.version, v.signed_file FROM journal_versions v JOIN journals j USING (journal_id)`);
  const same = kept.find((journal) => sha256Hex(journal.signed_file) === sha256Hex(bytes));
  if (same) return same;
  for (const journal of kept) if (await holdsText(bytes, journal.number)) return journal;
  return undefined;
}

async function againstWorkbook(workbook: ReadableWorkbook, bytes: Uint8Array): Promise<VerificationCheck> {
  const whole = { name: 'Against the workbook', howToCheck: HOW_TO_CHECK.againstWorkbook };
  const kept = await findKept(workbook, bytes);
  if (!kept) {
    return { ...whole, holds: false, message: 'This workbook does not hold the journal.', findings: ['no journal of this workbook has the number that the file states'] };
  }
  if (sha256Hex(kept.signed_file) === sha256Hex(bytes)) {
    return { ...whole, holds: true, message: `The same bytes as journal ${kept.number} in the workbook.`, findings: [] };
  }
  const differences = await compareJournals(kept.signed_file, bytes);
  if (!differences) return { ...whole, holds: false, message: `The file cannot be read beside journal ${kept.number}.`, findings: ['the file is no readable .xlsx'] };
  const findings = differences
    .slice(0, DIFFERENCES_NAMED)
    .map((each) => `${each.sheet}, cell ${each.cell}: was ${each.then || 'empty'}, is ${each.now || 'empty'}`);
  if (differences.length > DIFFERENCES_NAMED) findings.push(`and ${plural(differences.length - DIFFERENCES_NAMED, 'further cell')}`);
  return {
    ...whole,
    holds: findings.length === 0,
    message: findings.length === 0 ? `Every cell is as in journal ${kept.number} of the workbook.` : `${plural(differences.length, 'cell differs', 'cells differ')} from journal ${kept.number} of the workbook.`,
    findings,
  };
}

/** The signature and its certificate, each a check of its own. */
function signatureChecks(signature: PackageSignature, known: ReadonlySet<string> | undefined, basis: TrustBasis, asksForRoot: boolean, nowInstant: number): VerificationCheck[] {
  const isKnown = known?.has(signature.fingerprintSha256);
  const certificate = certificateCheck({ signature, basis, isKnown, asksForRoot, nowInstant });
  const alone = certificateCheck({ signature, basis, isKnown: undefined, asksForRoot: true, nowInstant });
  return [signatureCheck(signature, isKnown, alone?.holds === true), ...(certificate ? [certificate] : [])];
}

/**
 * Verifies an exported journal.
 *
 * @param workbook the workbook it came from, where that is at hand: changed cells are then named, and signers known
 * @param given roots and lists of revoked certificates besides those of the workbook; with roots, each signer must lead to one
 */
export async function verifyJournalFile(
  filePath: string,
  workbook: ReadableWorkbook | undefined,
  given: GivenTrust = NOTHING_GIVEN,
  nowInstant: number = Date.now(),
): Promise<Outcome<Verification, GivenTrustFailure>> {
  const found = fs.statSync(filePath, { throwIfNoEntry: false });
  if (!found) return refused('file_missing', `${filePath} is not there. Check its name and folder.`);
  if (!found.isFile()) return refused('file_missing', `${filePath} is a folder. Give the .xlsx file itself.`);
  const bytes = new Uint8Array(fs.readFileSync(filePath));
  const verification = verifyPackage(bytes);
  const basis = await withGivenTrust(workbook ? trustBasis(workbook) : { roots: [], revocations: [] }, given);
  if (!basis.ok) return basis;
  const people = workbook && new Set(listPersonCertificates(workbook).map((row) => row.fingerprint));
  const asksForRoot = given.rootPaths.length > 0;
  const checks = [...verification.signatures.flatMap((signature) => signatureChecks(signature, people, basis.value, asksForRoot, nowInstant)), packageCheck(verification), signersCheck(bytes, verification)];
  if (workbook) checks.push(await againstWorkbook(workbook, bytes));
  const facts = [
    { name: 'File', value: `SHA-256 ${sha256Hex(bytes)}` },
    ...verification.signatures.map((signature) => ({ name: `Signed by ${signature.signerName || 'an unknown person'}`, value: `certificate ${signature.fingerprintSha256}` })),
  ];
  return done({ subject: path.resolve(filePath), kind: 'journal', holds: verification.holds && checks.every((each) => each.holds), facts, checks });
}
