import { describe, expect, test } from 'vitest';
import { appendAudit, findChainBreak } from '../../electron/workbook/audit';
import { inTransaction, type SqliteWorkbook } from '../../electron/workbook/workbook';
import { refused } from '@shared/domain/outcome';
import { newWorkbook, NOW } from '../support/workbooks';

function append(workbook: SqliteWorkbook, subject: string): number {
  return appendAudit(workbook, { atInstant: NOW, actor: 'Ana', action: 'tag.set', periodId: null, subject, detail: { after: { reason: 'PHY-SHRINK' } } });
}

describe('the audit trail', () => {
  test('is one chain from the first event on', () => {
    const { workbook } = newWorkbook();
    append(workbook, 'line:1');
    append(workbook, 'line:2');
    expect(findChainBreak(workbook)).toBeUndefined();
    expect(workbook.get('SELECT count(*) AS events FROM audit_events')).toEqual({ events: 3 });
  });

  test('refuses to be updated or deleted', () => {
    const { workbook } = newWorkbook();
    expect(() => workbook.run(`UPDATE audit_events SET actor = 'Somebody'`)).toThrow(/append-only/);
    expect(() => workbook.run('DELETE FROM audit_events')).toThrow(/append-only/);
  });

  test('shows where it was changed although the triggers were dropped', () => {
    const { workbook } = newWorkbook();
    append(workbook, 'line:1');
    append(workbook, 'line:2');
    workbook.database.exec('DROP TRIGGER audit_events_no_update; DROP TRIGGER audit_events_no_delete;');
    workbook.run(`UPDATE audit_events SET actor = 'Somebody' WHERE sequence = 2`);
    expect(findChainBreak(workbook)).toMatchObject({ sequence: 2, message: expect.stringContaining('was changed') });
    workbook.run('DELETE FROM audit_events WHERE sequence = 2');
    expect(findChainBreak(workbook)).toMatchObject({ sequence: 2, message: expect.stringContaining('is missing') });
  });

  test('keeps nothing of an action that was refused', () => {
    const { workbook } = newWorkbook();
    const outcome = inTransaction(workbook, () => {
      append(workbook, 'line:1');
      return refused('line_approved', 'The line is approved.');
    });
    expect(outcome.ok).toBe(false);
    expect(workbook.get('SELECT count(*) AS events FROM audit_events')).toEqual({ events: 1 });
  });
});

describe('a locked period', () => {
  test('refuses every change to what belongs to it, whoever makes it', () => {
    const { workbook } = newWorkbook();
    workbook.run(`INSERT INTO periods (period_id, code, start_instant, cut_off_instant, window_hours) VALUES (1, '2026-10', 1, 2, 48)`);
    workbook.run(`INSERT INTO items (item_id, sku) VALUES (1, 'MUG')`);
    workbook.run(`INSERT INTO locations (location_id, code) VALUES (1, 'Portland')`);
    workbook.run('INSERT INTO stock_keys VALUES (1, 1, 1)');
    workbook.run(`INSERT INTO tags (period_id, stock_key_id, owner) VALUES (1, 1, 'finance')`);
    workbook.run(`UPDATE periods SET state = 'locked', locked_instant = 3 WHERE period_id = 1`);
    for (const change of [
      `UPDATE tags SET note = 'x'`,
      'DELETE FROM tags',
      `INSERT INTO closings VALUES (1, 1, 0)`,
      `UPDATE periods SET window_hours = 1`,
      `UPDATE periods SET state = 'open', locked_instant = NULL`,
      'DELETE FROM periods',
    ]) {
      expect(() => workbook.run(change), change).toThrow(/period_locked/);
    }
    expect(() => workbook.run(`UPDATE items SET sku = 'CUP'`)).toThrow(/SKU/);
  });
});
