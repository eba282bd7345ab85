/** The systems that posting files are written for, with their limits: one table, in the order in which people choose. */
import { businessCentral } from './business-central';
import { erpnext } from './erpnext';
import { netsuiteAdjustment } from './netsuite-adjustment';
import { netsuiteJournal } from './netsuite-journal';
import { odoo } from './odoo';
import { quickbooks } from './quickbooks';
import type { PostingSystem, PostingSystemId } from './shapes';
import { xero } from './xero';

export const POSTING_SYSTEMS: Readonly<Record<PostingSystemId, PostingSystem>> = {
  'netsuite-journal': netsuiteJournal,
  'netsuite-adjustment': netsuiteAdjustment,
  quickbooks,
  xero,
  'business-central': businessCentral,
  odoo,
  erpnext,
};
