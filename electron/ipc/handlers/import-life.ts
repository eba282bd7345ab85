/** Serves what becomes of imports later, and comparisons with locked periods. */
import type { importLifeContract } from '@shared/contract/import-life';
import { done } from '@shared/domain/outcome';
import { compareWithPeriod, differencePage, evidenceOf, forWindow, previewUndo, undoImport } from '../../services/imports/index';
import { saveComparison, saveEvidence } from '../../services/imports/life/save-text';
import type { Handlers } from '../session';

export const importLifeHandlers: Handlers<typeof importLifeContract> = {
  'imports:previewUndo': (context, { importId }) => previewUndo(context, importId),
  'imports:undo': (context, { token, ...request }) => undoImport(context, request, token),
  'imports:difference': ({ workbook }, input) => differencePage(workbook, input),
  'imports:evidence': ({ workbook }, { importId }) => evidenceOf(workbook, importId),
  'imports:saveEvidence': ({ workbook }, { importId, path }) => {
    const sheet = evidenceOf(workbook, importId);
    return sheet.ok ? saveEvidence(sheet.value, path) : sheet;
  },
  'imports:compare': async (context, { savePath, ...request }) => {
    const compared = await compareWithPeriod(context, request);
    if (!compared.ok) return compared;
    if (savePath !== undefined) {
      const saved = saveComparison(compared.value, savePath);
      if (!saved.ok) return saved;
    }
    return done(forWindow(compared.value));
  },
};
