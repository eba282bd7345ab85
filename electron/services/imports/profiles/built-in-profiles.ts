/**
 * The profiles that come with the program: `resources/profiles`, checked when they are loaded.
 */
import { ImportProfile, type ProfileListing } from '@shared/domain/import-profile';
import amazonFbaLedgerDetail from '../../../../resources/profiles/amazon-fba-ledger-detail.json';
import amazonFbaLedgerSummary from '../../../../resources/profiles/amazon-fba-ledger-summary.json';
import amazonFbaManageInventory from '../../../../resources/profiles/amazon-fba-manage-inventory.json';
import businessCentralItemLedger from '../../../../resources/profiles/business-central-item-ledger.json';
import businessCentralPhysicalInventory from '../../../../resources/profiles/business-central-physical-inventory.json';
import erpnextStockBalance from '../../../../resources/profiles/erpnext-stock-balance.json';
import erpnextStockLedger from '../../../../resources/profiles/erpnext-stock-ledger.json';
import erpnextStockReconciliation from '../../../../resources/profiles/erpnext-stock-reconciliation.json';
import erpnextStockReconciliationTemplate from '../../../../resources/profiles/erpnext-stock-reconciliation-template.json';
import fishbowlCycleCount from '../../../../resources/profiles/fishbowl-cycle-count.json';
import fishbowlInventoryQuantity from '../../../../resources/profiles/fishbowl-inventory-quantity.json';
import inflowCountImport from '../../../../resources/profiles/inflow-count-import.json';
import inflowStockLevels from '../../../../resources/profiles/inflow-stock-levels.json';
import netsuiteInventoryAdjustment from '../../../../resources/profiles/netsuite-inventory-adjustment.json';
import netsuiteItemSearch from '../../../../resources/profiles/netsuite-item-search.json';
import netsuiteJournal from '../../../../resources/profiles/netsuite-journal.json';
import netsuiteValuationSummary from '../../../../resources/profiles/netsuite-valuation-summary.json';
import odooPhysicalInventory from '../../../../resources/profiles/odoo-physical-inventory.json';
import odooStockQuant from '../../../../resources/profiles/odoo-stock-quant.json';
import plainCount from '../../../../resources/profiles/plain-count.json';
import plainItems from '../../../../resources/profiles/plain-items.json';
import plainMovements from '../../../../resources/profiles/plain-movements.json';
import plainSnapshot from '../../../../resources/profiles/plain-snapshot.json';
import plainTags from '../../../../resources/profiles/plain-tags.json';
import plainTrialBalance from '../../../../resources/profiles/plain-trial-balance.json';
import quickbooksDesktopValuation from '../../../../resources/profiles/quickbooks-desktop-valuation.json';
import quickbooksJournal from '../../../../resources/profiles/quickbooks-journal.json';
import quickbooksOnlineValuationSummary from '../../../../resources/profiles/quickbooks-online-valuation-summary.json';
import sapMb52 from '../../../../resources/profiles/sap-mb52.json';
import shopifyInventory from '../../../../resources/profiles/shopify-inventory.json';
import shopifyInventory2022 from '../../../../resources/profiles/shopify-inventory-2022.json';
import shopifyInventoryWide from '../../../../resources/profiles/shopify-inventory-wide.json';
import shopifyOrders from '../../../../resources/profiles/shopify-orders.json';
import shopifyProductList from '../../../../resources/profiles/shopify-product-list.json';
import shopifyProducts from '../../../../resources/profiles/shopify-products.json';
import shopifyProducts2025 from '../../../../resources/profiles/shopify-products-2025.json';
import sortlyActivity from '../../../../resources/profiles/sortly-activity.json';
import sortlyItems from '../../../../resources/profiles/sortly-items.json';
import sortlyStocktakes from '../../../../resources/profiles/sortly-stocktakes.json';
import tieoutCountSheet from '../../../../resources/profiles/tieout-count-sheet.json';
import woocommerceProducts from '../../../../resources/profiles/woocommerce-products.json';
import xeroManualJournal from '../../../../resources/profiles/xero-manual-journal.json';
import zohoInventorySummary from '../../../../resources/profiles/zoho-inventory-summary.json';
import zohoItems from '../../../../resources/profiles/zoho-items.json';

/** In the order in which lists show them. */
export const BUILT_IN_PROFILES: readonly ImportProfile[] = [
  shopifyInventory,
  shopifyInventory2022,
  shopifyInventoryWide,
  shopifyOrders,
  shopifyProducts,
  shopifyProducts2025,
  shopifyProductList,
  woocommerceProducts,
  netsuiteItemSearch,
  netsuiteValuationSummary,
  netsuiteInventoryAdjustment,
  netsuiteJournal,
  businessCentralItemLedger,
  businessCentralPhysicalInventory,
  odooStockQuant,
  odooPhysicalInventory,
  erpnextStockBalance,
  erpnextStockLedger,
  erpnextStockReconciliation,
  erpnextStockReconciliationTemplate,
  sapMb52,
  quickbooksOnlineValuationSummary,
  quickbooksDesktopValuation,
  quickbooksJournal,
  xeroManualJournal,
  zohoItems,
  zohoInventorySummary,
  amazonFbaLedgerSummary,
  amazonFbaLedgerDetail,
  amazonFbaManageInventory,
  fishbowlInventoryQuantity,
  fishbowlCycleCount,
  inflowStockLevels,
  inflowCountImport,
  sortlyItems,
  sortlyActivity,
  sortlyStocktakes,
  plainSnapshot,
  plainMovements,
  plainCount,
  plainItems,
  plainTrialBalance,
  plainTags,
  tieoutCountSheet,
].map((written) => ImportProfile.parse(written));

/** A profile as lists show it. */
export const listingOf = (profile: ImportProfile, saved: boolean): ProfileListing => ({
  id: profile.id,
  version: profile.version,
  name: profile.name,
  source: profile.source,
  kind: profile.kind,
  system: profile.system,
  statesHeld: profile.statesHeld,
  statesUnknown: profile.statesUnknown,
  effect: profile.effect,
  saved,
  comment: profile.comment ?? '',
});
