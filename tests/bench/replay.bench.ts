/**
 * A large month computed again from its stored files, beside importing and reconciling it the first time: what the proof costs more than
 * the work itself.
 */
import path from 'node:path';
import { commitImport } from '../../electron/services/imports/index';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { replayPeriod } from '../../electron/services/replay/replay';
import type { Benchmark } from './benchmark';
import { newMonth, writeMovementsCsv, writeSnapshotCsv } from './generated-month';

export const replay: Benchmark = {
  name: 'replay',
  reference: 'the import and the reconciliation of the same month',
  sizes: { full: { keys: 200_000, movements: 600_000, rows: 800_000 }, quick: { keys: 20_000, movements: 60_000, rows: 80_000 } },
  figures: [{ name: 'replay', tieout: 'again', reference: 'once', rows: 'rows' }],
  prepare: (folder, { keys, movements }) => {
    writeSnapshotCsv(path.join(folder, 'snapshot.csv'), keys!);
    writeMovementsCsv(path.join(folder, 'movements.csv'), movements!, keys!);
  },
  tieout: async ({ folder, scratch, measure, report }) => {
    const { opened, context, periodId } = newMonth(path.join(scratch, 'month.tieout'));
    await measure('once', async () => {
      for (const fileName of ['snapshot.csv', 'movements.csv']) {
        const imported = await commitImport(context, { filePath: path.join(folder, fileName), fileName, periodId });
        if (!imported.ok) throw new Error(imported.message);
      }
      const reconciled = reconcilePeriod(context, periodId);
      if (!reconciled.ok) throw new Error(reconciled.message);
    });
    const replayed = await measure('again', () => replayPeriod(context, { periodId }));
    if (!replayed.ok) throw new Error(replayed.message);
    if (!replayed.value.same) throw new Error(replayed.value.differences.map(({ part, key, column }) => `${part} ${key} ${column}`).join('; '));
    report(replayed.value.message);
    opened.close();
  },
};
