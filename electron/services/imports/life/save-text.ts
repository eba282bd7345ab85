/**
 * Evidence sheets and comparisons as files of their own.
 */
import { comparisonCsv } from '../../../files/comparison-csv';
import { evidenceHtml } from '../../../files/evidence-html';
import type { Comparison, EvidenceSheet } from '@shared/domain/import-life';
import { saveFile } from '../../save-file';

/** Writes the evidence sheet as an HTML file that can be printed. */
export const saveEvidence = (sheet: EvidenceSheet, filePath: string) => saveFile(filePath, evidenceHtml(sheet));

/** Writes every line of a comparison as comma-separated text, with the mark by which spreadsheets know UTF-8. */
export const saveComparison = (comparison: Comparison, filePath: string) => saveFile(filePath, `\ufeff${comparisonCsv(comparison)}`);
