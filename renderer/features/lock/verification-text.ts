/**
 * A verification report as plain text, for a mail or a working paper.
 */
import type { Verification } from '@shared/contract/sign-off';

/** One line for the whole, one per check, findings indented under theirs. */
export function verificationText({ subject, holds, checks }: Verification, atText: string): string {
  const failed = checks.filter((check) => !check.holds).length;
  return [
    `${subject}: ${holds ? `holds, ${checks.length} checks` : `differs, ${failed} of ${checks.length} checks`}`,
    `Verified ${atText}`,
    '',
    ...checks.flatMap((check) => [
      `${check.holds ? 'holds  ' : 'differs'}  ${check.name}: ${check.message}`,
      ...check.findings.map((finding) => `           ${finding}`),
      `           Without Tieout: ${check.howToCheck}`,
    ]),
  ].join('\n');
}
