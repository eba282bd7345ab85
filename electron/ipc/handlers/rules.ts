/** Serves rules: in force, previewed, saved; their evidence; risk windows and tiers. */
import type { rulesContract } from '@shared/contract/rules';
import { done } from '@shared/domain/outcome';
import { ruleEvidence } from '../../services/rules/evidence';
import { setItemTier } from '../../services/rules/item-tier';
import { previewRules, rehearseRules } from '../../services/rules/preview';
import { addRiskWindow, changeRiskWindow, endRiskWindow, listRiskWindows } from '../../services/rules/risk-windows';
import { readRules, saveRules } from '../../services/rules/versions';
import type { Handlers } from '../session';

export const ruleHandlers: Handlers<typeof rulesContract> = {
  'rules:inForce': ({ workbook }, { periodId }) => readRules(workbook, periodId),
  'rules:evidence': ({ workbook }, { currency }) => done(ruleEvidence(workbook, currency)),
  'rules:preview': (context, request) => previewRules(context, request),
  'rules:rehearse': (context, request) => rehearseRules(context, request),
  'rules:save': (context, change) => saveRules(context, change),
  'rules:riskWindows': ({ workbook }) => done(listRiskWindows(workbook)),
  'rules:addRiskWindow': (context, { window, why }) => addRiskWindow(context, window, why),
  'rules:changeRiskWindow': (context, { riskWindowId, window, why }) => changeRiskWindow(context, riskWindowId, window, why),
  'rules:endRiskWindow': (context, { riskWindowId, untilInstant, why }) => endRiskWindow(context, riskWindowId, untilInstant, why),
  'rules:setTier': (context, { sku, tier, why }) => setItemTier(context, sku, tier, why),
};
