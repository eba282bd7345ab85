/**
 * Views saved in the workbook: one for each name, every change of them an event, and one that cannot be read is not in the way.
 */
import { expect, test } from 'vitest';
import type { ViewDefinition } from '@shared/domain/saved-view';
import { auditPage } from '../../electron/services/audit-trail';
import { findView, listViews, removeView, saveView } from '../../electron/services/saved-views';
import { EngineWorkbook } from '../support/engine-workbook';

const PHYSICAL: ViewDefinition = {
  filter: { classes: ['physical'] }, sort: [{ column: 'valueMinor', direction: 'desc' }], groupBy: 'owner',
  columns: [{ id: 'sku', widthPixels: 120, isHidden: false, isFrozen: true }, { id: 'tier', widthPixels: 56, isHidden: true, isFrozen: false }],
};

test('a view comes back as it was saved, is replaced under its name in any case, and can be removed', () => {
  const { workbook, context } = new EngineWorkbook();
  saveView(context, 'Physical', PHYSICAL);
  saveView(context, 'All', { ...PHYSICAL, filter: {} });
  expect(listViews(workbook).map(({ name }) => name)).toEqual(['All', 'Physical']);
  expect(findView(workbook, 'physical')).toMatchObject({ definition: PHYSICAL });
  const replaced = saveView(context, 'PHYSICAL', { ...PHYSICAL, groupBy: null });
  expect(listViews(workbook)).toHaveLength(2);
  expect(findView(workbook, 'Physical')).toMatchObject({ name: 'PHYSICAL', definition: { groupBy: null } });
  expect(removeView(context, replaced.ok ? replaced.value.savedViewId : 0).ok).toBe(true);
  expect(listViews(workbook).map(({ name }) => name)).toEqual(['All']);
  expect(removeView(context, 99)).toMatchObject({ ok: false, failure: 'view_missing' });
});

test('each change of a view is told in the audit trail with what it was and is', () => {
  const { workbook, context } = new EngineWorkbook();
  saveView(context, 'Physical', PHYSICAL);
  const saved = saveView(context, 'Physical', { ...PHYSICAL, groupBy: null });
  removeView(context, saved.ok ? saved.value.savedViewId : 0);
  const { events } = auditPage(workbook, { offset: 0, limit: 10, text: 'view', periodId: null });
  expect(events.map(({ sentence }) => sentence)).toEqual(['Removed the view Physical', 'Saved the view Physical', 'Saved the view Physical']);
  expect(JSON.parse(events[1]!.detail)).toEqual({ name: 'Physical', before: PHYSICAL, after: { ...PHYSICAL, groupBy: null } });
});

test('a view that this version cannot read is left out and stays in the workbook', () => {
  const { workbook, context } = new EngineWorkbook();
  saveView(context, 'Physical', PHYSICAL);
  workbook.run(`UPDATE saved_views SET definition = '{"filter": {"colour": "red"}}'`);
  expect(listViews(workbook)).toEqual([]);
  expect(workbook.get('SELECT count(*) AS n FROM saved_views')).toEqual({ n: 1 });
});
