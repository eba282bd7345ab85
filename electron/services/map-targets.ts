/**
 * Items and locations that a name may be mapped to, for a person who types.
 */
import type { MapTarget } from '@shared/contract/imports';
import type { ReadableWorkbook } from '../workbook/workbook';

const MOST = 50;

/** Those whose code or name holds the text, codes that begin with it first. */
export function findMapTargets(workbook: ReadableWorkbook, kind: 'item' | 'location', text: string): MapTarget[] {
  const [table, code] = kind === 'item' ? ['items', 'sku'] : ['locations', 'code'];
  return workbook.all<MapTarget>(
    `SELECT ${code} AS code, name FROM ${table}
     WHERE instr(lower(${code} || ' ' || name), lower(@text)) > 0
     ORDER BY instr(lower(${code}), lower(@text)) <> 1, ${code} LIMIT ${MOST}`,
    { text: text.trim() },
  );
}
