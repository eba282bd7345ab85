/**
 * The audit chain: events in canonical form with a hash over each, against the canonical form alone; and events appended to
 * a workbook in one transaction. Then who did what in that trail: found by a reason, and every page of what was found from the
 * newest to the oldest, beside the same pages by an offset that counts from the newest each time.
 */
import path from 'node:path';
import { canonicalJson } from '@shared/domain/canonical';
import { auditPage } from '../../electron/services/audit-trail';
import { appendAudit, CHAIN_START } from '../../electron/workbook/audit';
import { sha256Hex } from '../../electron/workbook/hash';
import { inTransaction } from '../../electron/workbook/workbook';
import type { Benchmark } from './benchmark';
import { newMonth } from './generated-month';

const entryAt = (index: number) => ({
  atInstant: 1_793_000_000_000 + index,
  actor: 'Ana Reyes <ana@harborpine.example>',
  action: 'tag.set',
  periodId: 1,
  subject: `line:${index}`,
  detail: { before: { reason: null, owner: null, note: '' }, after: { reason: 'PHY-SHRINK', owner: 'warehouse', note: `Recounted, ${index}` }, why: 'Recount' },
});

function canonicalise(count: number, hash: (text: string) => string): string {
  let previousHash = CHAIN_START;
  for (let index = 0; index < count; index += 1) {
    const { detail, ...entry } = entryAt(index);
    previousHash = hash(canonicalJson({ ...entry, sequence: index + 1, detail: canonicalJson(detail), previousHash }));
  }
  return previousHash;
}

const PAGE_EVENTS = 200;
/** Every so manyth page is asked for: as a hand that drags the scroll bar does. */
const PAGES_APART = 20;

function pagesOf(read: (offset: number) => number): void {
  for (let offset = 0; read(offset) > 0; offset += PAGE_EVENTS * PAGES_APART);
}

export const auditChain: Benchmark = {
  name: 'audit-chain',
  reference: 'the canonical JSON of the same events, without a hash',
  sizes: { full: { events: 200_000 }, quick: { events: 50_000 } },
  figures: [
    { name: 'audit-chain', tieout: 'chain', reference: 'canonical', rows: 'events' },
    { name: 'audit-append', tieout: 'append', rows: 'events' },
    { name: 'audit-pages', tieout: 'pages', reference: 'offsets', rows: 'events' },
  ],
  tieout: async ({ scratch, sizes, measure }) => {
    const events = sizes['events']!;
    canonicalise(events / 10, sha256Hex);
    await measure('chain', () => canonicalise(events, sha256Hex));
    const { opened } = newMonth(path.join(scratch, 'month.tieout'));
    await measure('append', () =>
      inTransaction(opened.workbook, () => {
        for (let index = 0; index < events; index += 1) appendAudit(opened.workbook, entryAt(index));
      }),
    );
    await measure('pages', () => pagesOf((offset) => auditPage(opened.workbook, { offset, limit: PAGE_EVENTS, reason: 'shrink' }).events.length));
    opened.close();
  },
  referenceRun: async ({ scratch, sizes, measure }) => {
    const events = sizes['events']!;
    const asLong = (text: string) => text.slice(0, 64);
    canonicalise(events / 10, asLong);
    await measure('canonical', () => canonicalise(events, asLong));
    const { opened } = newMonth(path.join(scratch, 'reference.tieout'));
    inTransaction(opened.workbook, () => {
      for (let index = 0; index < events; index += 1) appendAudit(opened.workbook, entryAt(index));
    });
    const byOffset = `SELECT * FROM audit_events WHERE instr(lower(detail ->> '$.after.reason'), 'shrink') > 0 ORDER BY sequence DESC LIMIT ${PAGE_EVENTS} OFFSET ?`;
    await measure('offsets', () => pagesOf((offset) => opened.workbook.all(byOffset, offset).length));
    opened.close();
  },
};
