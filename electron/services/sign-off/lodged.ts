/**
 * A code that was lodged outside held against the seals of a workbook: the one thing that finds a workbook wholly written anew.
 */
import type { VerificationCheck } from '@shared/contract/sign-off';
import { instantWords } from '@shared/domain/instant';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { HOW_TO_CHECK } from './how-to-check';
import { codeOf, parseStatement, type SealRow } from './seal-statement';

/** @param lodged as `readLodgedCode` gives it */
export function checkLodged(workbook: ReadableWorkbook, lodged: string): VerificationCheck {
  const whole = { name: 'Lodged code', howToCheck: HOW_TO_CHECK.lodged };
  const seals = workbook.all<SealRow>('SELECT * FROM seals ORDER BY seal_id').flatMap((seal) => {
    const statement = parseStatement(seal.statement);
    return statement ? [{ seal, statement, code: codeOf(statement, seal.root_hash) }] : [];
  });
  const found = seals.find(({ code }) => code === lodged);
  if (!found) {
    const held = seals.map(({ statement, code }) => `${statement.periodCode} ${code}`).join(', ');
    return {
      ...whole,
      holds: false,
      message: `No seal of this workbook has the code ${lodged}: it is not the workbook that the code was lodged for, or it was written anew.`,
      findings: [`seals: the lodged code ${lodged} is of none of them${held ? ` (${held})` : ''}`],
    };
  }
  const { seal, statement } = found;
  const later = seals.findLast((each) => each.seal.period_id === seal.period_id && each.seal.seal_id > seal.seal_id);
  const since = later ? ` The period was reopened since and sealed again: its code is now ${later.code}.` : '';
  return { ...whole, holds: true, message: `${lodged} is the seal of ${statement.periodCode} that ${statement.signerName} signed at ${instantWords(statement.sealedInstant)}.${since}`, findings: [] };
}
