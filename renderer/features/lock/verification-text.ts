/**
 * A verification report as plain text, for a mail or a working paper.
 */
import type { Verification } from '@shared/contract/sign-off';

/** A file by its own name; its place is told beside it. */
export const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** The outcome, where the file lies, what to compare it with, one line per check, findings indented under theirs. */
export function verificationText({ subject, holds, facts, checks }: Verification, atText: string): string {
  const failed = checks.filter((check) => !check.holds).length;
  return [
    `${fileNameOf(subject)}: ${holds ? `holds, ${checks.length} checks` : `differs, ${failed} of ${checks.length} checks`}`,
    subject,
    `Verified ${atText}`,
    ...facts.map(({ name, value }) => `${name}: ${value}`),
    '',
    ...checks.flatMap((check) => [
      `${check.holds ? 'holds  ' : 'differs'}  ${check.name}: ${check.message}`,
      ...check.findings.map((finding) => `           ${finding}`),
      `           Without Tieout: ${check.howToCheck}`,
    ]),
  ].join('\n');
}
