/** Saving a verification as a page for paper. */
import path from 'node:path';
import type { Verification } from '@shared/contract/sign-off';
import { type Outcome, refused } from '@shared/domain/outcome';
import { verificationHtml } from '../../files/verification-html';
import { saveFile } from '../save-file';

export interface VerificationPage {
  readonly verification: Verification;
  /** When it was verified. */
  readonly atInstant: number;
  readonly timeZone: string;
  readonly path: string;
}

/** Refusals in their order: `format_unknown`, `file_unwritable`. */
export function saveVerification(page: VerificationPage): Outcome<{ readonly path: string }, 'format_unknown' | 'file_unwritable'> {
  if (path.extname(page.path).toLowerCase() !== '.html') return refused('format_unknown', `${path.basename(page.path)} is no file that a verification is written as. End its name with .html.`);
  return saveFile(page.path, verificationHtml(page.verification, page.atInstant, page.timeZone));
}
