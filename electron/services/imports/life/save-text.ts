/**
 * Evidence sheets and comparisons as files of their own, written whole or not at all.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { comparisonCsv } from '../../../files/comparison-csv';
import { evidenceHtml } from '../../../files/evidence-html';
import type { Comparison, EvidenceSheet } from '@shared/domain/import-life';
import { done, refused, type Outcome } from '@shared/domain/outcome';

function saveText(filePath: string, text: string): Outcome<{ readonly path: string }, 'file_unwritable'> {
  const partial = `${filePath}.${randomBytes(6).toString('hex')}.partial`;
  try {
    fs.mkdirSync(path.dirname(path.resolve(filePath)), { recursive: true });
    fs.writeFileSync(partial, text);
    fs.renameSync(partial, filePath);
    return done({ path: filePath });
  } catch (error) {
    fs.rmSync(partial, { force: true });
    return refused('file_unwritable', `${filePath} cannot be written: ${(error as Error).message}. Choose another place.`);
  }
}

/** Writes the evidence sheet as an HTML file that can be printed. */
export const saveEvidence = (sheet: EvidenceSheet, filePath: string) => saveText(filePath, evidenceHtml(sheet));

/** Writes every line of a comparison as comma-separated text, with the mark by which spreadsheets know UTF-8. */
export const saveComparison = (comparison: Comparison, filePath: string) => saveText(filePath, `\ufeff${comparisonCsv(comparison)}`);
