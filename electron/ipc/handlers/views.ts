/** Serves the views that people saved. */
import type { viewsContract } from '@shared/contract/views';
import { done } from '@shared/domain/outcome';
import { listViews, removeView, saveView } from '../../services/saved-views';
import type { Handlers } from '../session';

export const viewHandlers: Handlers<typeof viewsContract> = {
  'views:list': ({ workbook }) => done(listViews(workbook)),
  'views:save': (context, { name, definition }) => saveView(context, name, definition),
  'views:remove': (context, { savedViewId }) => removeView(context, savedViewId),
};
