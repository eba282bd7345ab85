/**
 * Views that people saved. Saving and removing are audit events, as every change of a workbook is.
 */
import type { CanonicalValue } from '@shared/domain/canonical';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { type SavedView, ViewDefinition } from '@shared/domain/saved-view';
import { appendAudit } from '../workbook/audit';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import { actorText, type ServiceContext } from './context';

interface ViewRow {
  readonly saved_view_id: number;
  readonly name: string;
  readonly definition: string;
  readonly saved_instant: number;
  readonly saved_by: string;
}

/** A view that another version wrote and this one cannot read is not there for it. */
function viewOf(row: ViewRow): SavedView | undefined {
  const definition = ViewDefinition.safeParse(JSON.parse(row.definition));
  return definition.success
    ? { savedViewId: row.saved_view_id, name: row.name, definition: definition.data, savedInstant: row.saved_instant, savedBy: row.saved_by }
    : undefined;
}

/** A definition as the audit trail tells it. */
const told = (definition: string): CanonicalValue => JSON.parse(definition) as CanonicalValue;

/** All views, by name. */
export const listViews = (workbook: ReadableWorkbook): SavedView[] =>
  workbook.all<ViewRow>('SELECT * FROM saved_views ORDER BY name').flatMap((row) => viewOf(row) ?? []);

/** The view of a name, letters in any case; undefined where there is none. */
export const findView = (workbook: ReadableWorkbook, name: string): SavedView | undefined =>
  listViews(workbook).find((view) => view.name.toLowerCase() === name.toLowerCase());

/** Saves a view under a name; one that is there is replaced. */
export function saveView(context: ServiceContext, name: string, definition: ViewDefinition): Outcome<SavedView, never> {
  const { workbook } = context;
  return inTransaction(workbook, () => {
    const before = workbook.get<ViewRow>('SELECT * FROM saved_views WHERE name = ?', name);
    const [atInstant, actor] = [context.now(), actorText(context.actor)];
    const after = JSON.stringify(definition);
    workbook.run(
      `INSERT INTO saved_views (name, definition, saved_instant, saved_by) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET name = excluded.name, definition = excluded.definition, saved_instant = excluded.saved_instant, saved_by = excluded.saved_by`,
      name, after, atInstant, actor,
    );
    appendAudit(workbook, {
      atInstant, actor, action: 'view.save', periodId: null, subject: `view:${name}`,
      detail: { name, before: before ? told(before.definition) : null, after: told(after) },
    });
    return done(viewOf(workbook.get<ViewRow>('SELECT * FROM saved_views WHERE name = ?', name)!)!);
  });
}

/** Removes a view; the audit trail keeps what it was. */
export function removeView(context: ServiceContext, savedViewId: number): Outcome<Record<string, never>, 'view_missing'> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<Record<string, never>, 'view_missing'> => {
    const before = workbook.get<ViewRow>('SELECT * FROM saved_views WHERE saved_view_id = ?', savedViewId);
    if (!before) return refused('view_missing', 'That view is not in the workbook any more. Choose another.');
    workbook.run('DELETE FROM saved_views WHERE saved_view_id = ?', savedViewId);
    appendAudit(workbook, {
      atInstant: context.now(), actor: actorText(context.actor), action: 'view.remove', periodId: null, subject: `view:${before.name}`,
      detail: { name: before.name, before: told(before.definition), after: null },
    });
    return done({});
  });
}
