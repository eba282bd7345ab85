/**
 * The profiles that come with the program: `resources/profiles`, checked when they are loaded.
 */
import { ImportProfile, type ProfileListing } from '@shared/domain/import-profile';
import netsuiteItemSearch from '../../../resources/profiles/netsuite-item-search.json';
import plainCount from '../../../resources/profiles/plain-count.json';
import plainItems from '../../../resources/profiles/plain-items.json';
import plainMovements from '../../../resources/profiles/plain-movements.json';
import plainSnapshot from '../../../resources/profiles/plain-snapshot.json';
import plainTags from '../../../resources/profiles/plain-tags.json';
import plainTrialBalance from '../../../resources/profiles/plain-trial-balance.json';
import shopifyInventory from '../../../resources/profiles/shopify-inventory.json';
import shopifyInventory2022 from '../../../resources/profiles/shopify-inventory-2022.json';
import tieoutCountSheet from '../../../resources/profiles/tieout-count-sheet.json';

/** In the order in which lists show them. */
export const BUILT_IN_PROFILES: readonly ImportProfile[] = [
  shopifyInventory,
  shopifyInventory2022,
  netsuiteItemSearch,
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
