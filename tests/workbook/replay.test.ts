/**
 * Replay on real workbooks: a period computed again from its files and decisions is the same; whatever was changed in it by plain SQL is named
 * with key, column, kept and computed.
 */
import fs from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { replayPeriod } from '../../electron/services/replay/replay';
import { reconcileSampleMonth } from '../../electron/services/sample';
import { SEPTEMBER, OCTOBER } from '../support/calls';
import { sampleContext } from '../support/sample-session';

describe('the sample company', () => {
  test('comes out the same in September, which is locked, and in October as it was reconciled', async () => {
    const { context } = await sampleContext(afterAll);
    const reconciled = await reconcileSampleMonth(context, '2026-10');
    expect(reconciled).toMatchObject({ ok: true });
    for (const periodId of [SEPTEMBER, OCTOBER]) {
      const started = Date.now();
      const answer = await replayPeriod(context, { periodId });
      fs.writeFileSync(`/tmp/s7/replay/answer-${periodId}.json`, JSON.stringify({ ms: Date.now() - started, answer }, null, 1));
      expect(answer).toMatchObject({ ok: true, value: { same: true, differences: [] } });
    }
  });
});
