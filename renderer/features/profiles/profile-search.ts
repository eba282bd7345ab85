/**
 * Finding a profile: under whose name it is listed, and which texts find it.
 */
import type { ImportProfile, KnownProfile } from '@shared/domain/import';
import { KIND_WORDS } from '@shared/domain/import-words';

/** Sources as their makers write them. */
const SOURCE_WORDS: Readonly<Record<string, string>> = {
  shopify: 'Shopify',
  woocommerce: 'WooCommerce',
  netsuite: 'NetSuite',
  business_central: 'Business Central',
  odoo: 'Odoo',
  erpnext: 'ERPNext',
  sap: 'SAP',
  quickbooks: 'QuickBooks',
  xero: 'Xero',
  zoho: 'Zoho',
  amazon: 'Amazon',
  fishbowl: 'Fishbowl',
  inflow: 'inFlow',
  sortly: 'Sortly',
  plain: 'Plain formats',
  tieout: 'Tieout',
};

/** The heading that a profile stands under: what people made here, or whose file it is. */
export const groupOf = ({ profile, saved }: KnownProfile): string =>
  saved ? 'Made in this workbook' : (SOURCE_WORDS[profile.source] ?? profile.source.replaceAll('_', ' '));

/** Whether every word of the text is in the profile's name, kind, source or one of its headers. */
export function holdsText(profile: ImportProfile, text: string): boolean {
  const all = [profile.name, profile.id, profile.source, KIND_WORDS[profile.kind], ...profile.columns.flatMap(({ headers }) => headers)].join('\n').toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}
