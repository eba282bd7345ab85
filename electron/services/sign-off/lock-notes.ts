/**
 * What stays visible for ever of how a period was locked: on the head of every report of it.
 */
import { formatInstant } from '@shared/domain/instant';
import { agreedWords } from '@shared/domain/journal-words';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { listSeals } from './seal';

/** @param timeZone in which instants are written */
export const lockNotes = (workbook: ReadableWorkbook, periodId: number, timeZone: string): string[] =>
  listSeals(workbook, periodId).flatMap(({ sealNumber, signer, sealedInstant, override, open, reopening }) => [
    ...(override === '' ? [] : [`Locked by ${signer} ${formatInstant(sealedInstant, timeZone)} (seal ${sealNumber}) with ${open.join('; ') || 'nothing open'}, because: ${override}`]),
    ...(reopening
      ? [
          `Reopened ${formatInstant(reopening.reopenedInstant, timeZone)} (seal ${sealNumber} set aside), asked by ${reopening.askedBy}, ` +
            `${agreedWords(reopening.agreedBy, reopening.noSecondPerson)}, because: ${reopening.reason}`,
        ]
      : []),
  ]);
