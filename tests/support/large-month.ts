/**
 * A month of any number of lines, made as a person would: files, imported and reconciled on the command line.
 */
import fs from 'node:fs';
import path from 'node:path';
import { runTieout } from './command-beside-window';

export const LOCATIONS = ['Portland', 'Reno', 'Returns Center', 'Seattle Store'] as const;
const AS_OF = '2026-10-31T23:59:00-07:00';

export interface LargeLine {
  readonly sku: string;
  readonly location: string;
  readonly onHand: number;
}

/** The line at a place of the order by SKU and location. */
export const lineOf = (place: number): LargeLine => ({ sku: `SKU-${String(place >> 2).padStart(7, '0')}`, location: LOCATIONS[place & 3]!, onHand: (place * 7919) % 500 });

/** @returns the workbook: October 2026 with `lines` lines, one in four counted, one in twenty three pieces above the ERP */
export async function makeLargeMonth(folder: string, lines: number): Promise<string> {
  const write = (name: string, head: string, rows: readonly string[]) => fs.writeFileSync(path.join(folder, name), `${[head, ...rows].join('\n')}\n`);
  const all = Array.from({ length: lines }, (_none, place) => lineOf(place));
  const cost = (place: number) => `${((place >> 2) % 90) + 1}.125`;
  write('items.csv', 'sku,name,unit_cost,currency', all.flatMap(({ sku }, place) => (place % 4 === 0 ? `${sku},Item ${place / 4},${cost(place)},USD` : [])));
  write('erp.csv', 'system,sku,location,as_of,on_hand,available,committed,unit_cost,currency', all.map(({ sku, location, onHand }, place) => `erp,${sku},${location},${AS_OF},${onHand},${onHand},0,${cost(place)},USD`));
  write('count.csv', 'sheet,line,sku,location,counted,counted_at', all.flatMap(({ sku, location, onHand }, place) => (place % 4 === 0 ? `S,${place},${sku},${location},${onHand + (place % 20 === 0 ? 3 : 0)},${AS_OF}` : [])));
  const workbook = path.join(folder, 'Month.tieout');
  for (const args of [
    ['new', workbook, '--company', 'Large month', '--time-zone', 'America/Los_Angeles'],
    ['import', workbook, ...['items.csv', 'erp.csv', 'count.csv'].map((name) => path.join(folder, name)), '--period', '2026-10'],
    ['reconcile', workbook, '--period', '2026-10'],
  ]) {
    const { exitCode, stderr } = await runTieout(folder, args);
    // 1 is done with findings: lines are open.
    if (exitCode > 1) throw new Error(`tieout ${args[0]} ended with ${exitCode}:\n${stderr}`);
  }
  return workbook;
}
