/** A company with known troubles: its files below a folder, and the answer key beside them. */
import { answerKey, type AnswerKey } from './answer-key';
import { Author } from './author';
import { Chance } from './chance';
import { makeCompany, ordinaryMonth } from './company';
import { CUT_OFF, HOUR } from './facts';
import { writeFiles, type Month, type MonthFiles } from './files';
import { plantLosses } from './planted-losses';
import { plantPostings } from './planted-postings';
import { Planting } from './planting';
import { sellOnly } from './sales-only';

export interface TruthCompany {
  readonly lines: number;
  readonly files: MonthFiles;
  readonly key: AnswerKey;
}

/** One line in a hundred loses its connection to the storefront. */
const QUIET_PERCENT = 2;

/** In every third company the storefront posts its sales alone, and takes stock over from the ERP without a word. */
const SALES_ONLY_SEEDS = 3;

export function generateCompany(folder: string, seed: number, itemCount: number): TruthCompany {
  const chance = new Chance(seed);
  const company = makeCompany(chance, itemCount, QUIET_PERCENT);
  const author = new Author(chance);
  const planting = new Planting(author, company);
  // Losses first: what lies on a whole sheet needs lines that hold nothing yet.
  plantLosses(planting);
  ordinaryMonth(author, company);
  const isSalesOnly = seed % SALES_ONLY_SEEDS === 0;
  plantPostings(planting, !isSalesOnly);
  if (isSalesOnly) sellOnly(author.facts);
  const whole = CUT_OFF + 71 * HOUR;
  const month: Month = {
    company,
    facts: author.facts,
    shelf: planting.shelf,
    edits: planting.edits,
    carried: planting.carried,
    slips: planting.slips,
    sheetsTwice: planting.sheetsTwice,
    // Exports are made at different times: some end while the window of the last events is still open.
    reach: {
      erp: seed % 3 === 2 ? CUT_OFF + 20 * HOUR : whole,
      storefront: seed % 2 === 1 ? CUT_OFF + 6 * HOUR : whole,
      warehouse: seed % 5 === 4 ? CUT_OFF + 9 * HOUR : whole,
    },
  };
  const files = writeFiles(folder, month, chance);
  const slips = files.slips.map(({ sku, location, cause, quantity }) => ({ sku, location, kind: 'count' as const, quantity, cause, pattern: cause }));
  return { lines: company.lines.length, files, key: answerKey(author.facts, [...planting.undocumented, ...slips]) };
}
