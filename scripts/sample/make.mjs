/**
 * Writes the sample company: `node scripts/sample/make.mjs [--out FOLDER]`.
 *
 * Without a folder the committed files are written anew: `resources/sample/` and `tests/fixtures/sample-truth.json`.
 * Everything is seeded, so two runs write the same bytes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { answersFor, keyFile } from './answer-key.mjs';
import { MAPPINGS, spoilOctober, spoilSeptember } from './bad-rows.mjs';
import { MONTHS } from './clock.mjs';
import { makeCounts } from './counts.mjs';
import { csvText } from './csv.mjs';
import { manifestOf } from './manifest.mjs';
import { countFile, journalsFile, tagsFile, trialBalanceFile } from './paper-files.mjs';
import { costsOf, itemsFile, movementsFile, netsuiteFile, shopifyFile } from './system-files.mjs';
import { buildWorld } from './world.mjs';

const jsonText = (value) => `${JSON.stringify(value, null, 1)}\n`;

/** Every file of the sample as text, by its path under the repository's root. */
export function makeSample() {
  const world = buildWorld();
  const costOf = costsOf(world.items);
  const written = new Map();
  const answersByMonth = new Map();
  const key = [];
  let residuals = new Map();
  for (const month of MONTHS) {
    const counts = makeCounts(world, month);
    const found = answersFor(world, month, counts, costOf, residuals);
    residuals = found.residuals;
    key.push(...keyFile(month.code, found.lines));
    const files = {
      'items.csv': itemsFile(world.items, month),
      [`netsuite-items-${month.code}.csv`]: netsuiteFile(world, month, costOf),
      [`shopify-inventory-${month.code}.csv`]: shopifyFile(world, month),
      ...Object.fromEntries(
        ['erp', 'storefront', 'warehouse'].map((system) => [
          `movements-${system}-${month.code}.csv`,
          movementsFile(world, month, system),
        ]),
      ),
      [`count-full-${month.code}.csv`]: countFile(counts.full),
      [`count-cycle-${month.code}.csv`]: countFile(counts.cycle),
      [`trial-balance-${month.code}.csv`]: trialBalanceFile(world, month, costOf),
      [`netsuite-journals-${month.code}.csv`]: journalsFile(month),
      [`tags-${month.code}.csv`]: tagsFile(found.lines),
    };
    answersByMonth.set(month.code, (month.code === '2026-09' ? spoilSeptember : spoilOctober)(files));
    for (const [name, rows] of Object.entries(files))
      written.set(`resources/sample/${month.code}/${name}`, csvText(rows));
  }
  written.set('resources/sample/manifest.json', jsonText(manifestOf(MONTHS, answersByMonth, MAPPINGS)));
  written.set('tests/fixtures/sample-truth.json', jsonText({ lines: key }));
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv.indexOf('--out');
  const root = out > 0 ? path.resolve(process.argv[out + 1]) : fileURLToPath(new URL('../..', import.meta.url));
  let bytes = 0;
  const sample = makeSample();
  for (const [name, text] of sample) {
    const target = path.join(root, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    bytes += Buffer.byteLength(text);
  }
  process.stdout.write(`${sample.size} files, ${(bytes / 1e6).toFixed(2)} MB, under ${root}\n`);
}
