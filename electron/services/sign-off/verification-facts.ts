/**
 * What a verification is about, to be compared with what was told by another way: the codes that were lodged, who signed, with
 * which certificate.
 */
import type { Verification } from '@shared/contract/sign-off';
import { instantWords } from '@shared/domain/instant';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { findWorkbookRow } from '../workbooks';
import { codeOf, parseStatement, type SealRow } from './seal-statement';

/** Company, workbook, and every seal that can be read, those that were set aside too. Nothing of a file that was changed is trusted to be there. */
export function workbookFacts(workbook: ReadableWorkbook): Verification['facts'] {
  const row = findWorkbookRow(workbook);
  const numbers = new Map<number, number>();
  const seals = workbook.all<SealRow>('SELECT * FROM seals ORDER BY period_id, seal_id').flatMap((seal) => {
    const number = (numbers.get(seal.period_id) ?? 0) + 1;
    numbers.set(seal.period_id, number);
    const statement = parseStatement(seal.statement);
    if (!statement) return [];
    const { periodCode, signerName, signerEmail, signerFingerprint } = statement;
    return {
      name: `${periodCode}, seal ${number}`,
      value: `lodged code ${codeOf(statement, seal.root_hash)}; signed by ${signerName} <${signerEmail}>, certificate ${signerFingerprint}, ${instantWords(seal.sealed_instant)}`,
    };
  });
  return [...(row ? [{ name: 'Company', value: row.company }, { name: 'Workbook', value: row.workbook_uuid }] : []), ...seals];
}
