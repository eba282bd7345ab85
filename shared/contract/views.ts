/**
 * Views of the lines that people saved in the workbook.
 */
import { z } from 'zod';
import { SavedView, VIEW_NAME_MOST, ViewDefinition } from '../domain/saved-view';
import { type ContractArea, Nothing } from './call';

export const viewsContract = {
  'views:list': { input: Nothing, output: z.array(SavedView), failures: [] },
  /** A view of the same name, letters in any case, is replaced. */
  'views:save': {
    input: z.strictObject({ name: z.string().trim().min(1).max(VIEW_NAME_MOST), definition: ViewDefinition }),
    output: SavedView,
    failures: [],
    writes: true,
  },
  'views:remove': { input: z.strictObject({ savedViewId: z.int() }), output: Nothing, failures: ['view_missing'], writes: true },
} as const satisfies ContractArea;
