/** Every attack, in the order of the table that the benchmark prints. */
import { seededRandom } from '../tamper';
import { type Attack, grouped, type Sealed } from './attack';
import { PACK_ATTACKS } from './pack';
import { rowAttacks } from './rows';
import { SCHEMA_ATTACKS } from './schema';
import { REBUILT, SEAL_ATTACKS } from './seals';
import { JOURNAL_ATTACKS } from './signed-journal';
import { STORED_ATTACKS } from './stored';
import { TRAIL_ATTACKS } from './trail';

/** Attacks that are told one by one. */
export const NAMED_ATTACKS: readonly Attack[] = [...TRAIL_ATTACKS, ...SEAL_ATTACKS, ...SCHEMA_ATTACKS, ...STORED_ATTACKS, ...JOURNAL_ATTACKS, ...PACK_ATTACKS, ...REBUILT];

/**
 * Attacks on single rows.
 *
 * @param share how many of each table, drawn with the seed; all of them where it is left out
 */
export function attacksOnRows({ workbookPath, periodId }: Sealed, seed: number, share?: number): readonly Attack[] {
  const random = seededRandom(seed);
  const all = rowAttacks(workbookPath, periodId, random);
  if (share === undefined) return all;
  return [...grouped(all).values()].flatMap((attacks) => Array.from({ length: share }, () => attacks[Math.floor(random() * attacks.length)]!));
}
