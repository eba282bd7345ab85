/**
 * Items, locations and units that a name may be mapped to, for a person who types.
 */
import type { MapTarget } from '@shared/contract/quarantine';
import { unitOf } from '@shared/domain/units';
import type { ReadableWorkbook } from '../workbook/workbook';

const MOST = 50;
/** Units that every workbook knows. */
const COMMON_UNITS = ['each', 'case', 'pack', 'box'];

/** The common units and those that items of the workbook have. */
export function knownUnits(workbook: ReadableWorkbook): string[] {
  const own = workbook.all<{ unit: string }>('SELECT DISTINCT uom AS unit FROM items UNION SELECT DISTINCT unit FROM item_units ORDER BY 1');
  return [...new Set([...COMMON_UNITS, ...own.map(({ unit }) => unitOf(unit))])];
}

/** Those whose code or name holds the text, codes that begin with it first. */
export function findMapTargets(workbook: ReadableWorkbook, kind: 'item' | 'location' | 'unit', text: string): MapTarget[] {
  if (kind === 'unit') {
    const wanted = text.trim().toLowerCase();
    return knownUnits(workbook).filter((unit) => unit.includes(wanted)).map((unit) => ({ code: unit, name: '' }));
  }
  const [table, code] = kind === 'item' ? ['items', 'sku'] : ['locations', 'code'];
  return workbook.all<MapTarget>(
    `SELECT ${code} AS code, name FROM ${table}
     WHERE instr(lower(${code} || ' ' || name), lower(@text)) > 0
     ORDER BY instr(lower(${code}), lower(@text)) <> 1, ${code} LIMIT ${MOST}`,
    { text: text.trim() },
  );
}
