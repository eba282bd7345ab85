/** The manifest: what a demonstration needs besides the files, in the shape of `SampleManifest`. */
import { LOCATIONS } from './catalogue.mjs';
import { iso, WINDOW_HOURS } from './clock.mjs';
import { RISK_WINDOWS } from './planted-lines.mjs';

const PEOPLE = [
  {
    name: 'Ana Reyes',
    email: 'ana.reyes@harborandpine.example',
    role: 'accountant',
    passPhrase: 'slate gulls over the pier',
  },
  {
    name: 'Ben Okafor',
    email: 'ben.okafor@harborandpine.example',
    role: 'controller',
    passPhrase: 'nine cedar masts at noon',
  },
  { name: 'Dee Park', email: 'dee.park@auditors.example', role: 'auditor', passPhrase: 'quiet ledger by the window' },
];

/** In the order in which they are imported: what names items and places comes first. */
const filesOf = (month) => {
  const { code } = month;
  const file = (name, profileId, more = {}) => ({ file: `${code}/${name}`, profileId, ...more });
  return [
    file('items.csv', 'plain-items'),
    file(`netsuite-items-${code}.csv`, 'netsuite-item-search', { asOf: iso(month.erpAsOf) }),
    file(`shopify-inventory-${code}.csv`, 'shopify-inventory', { asOf: iso(month.storefrontAsOf) }),
    file(`movements-erp-${code}.csv`, 'plain-movements'),
    file(`movements-storefront-${code}.csv`, 'plain-movements'),
    file(`movements-warehouse-${code}.csv`, 'plain-movements'),
    file(`count-full-${code}.csv`, 'plain-count'),
    file(`count-cycle-${code}.csv`, 'plain-count'),
    file(`trial-balance-${code}.csv`, 'plain-trial-balance'),
    file(`netsuite-journals-${code}.csv`, 'netsuite-journal'),
  ];
};

export function manifestOf(months, answersByMonth, mapped) {
  const isMapped = (source, alias) => mapped.some((each) => each.source === source && each.alias === alias);
  const names = LOCATIONS.flatMap((location) =>
    [...new Set(Object.values(location.shopify))].map((alias) => ({ source: 'shopify', alias, target: location.code })),
  );
  return {
    company: 'Harbor & Pine',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    workbookUuid: '7c1f0c52-4d3e-4b8a-9a6e-2f5d8e61b0a9',
    locations: LOCATIONS.map(({ code, name }) => ({ code, name })),
    people: PEOPLE,
    aliases: names
      .filter(({ source, alias, target }) => alias !== target && !isMapped(source, alias))
      .map(({ source, alias, target }) => ({ source, kind: 'location', alias, target })),
    riskWindows: RISK_WINDOWS.map((window) => ({ ...window, from: iso(window.from), until: iso(window.until) })),
    periods: months.map((month) => ({
      code: month.code,
      windowHours: WINDOW_HOURS,
      files: filesOf(month),
      quarantineAnswers: answersByMonth
        .get(month.code)
        .map((answer) => (answer.file ? { ...answer, file: `${month.code}/${answer.file}` } : answer)),
      tagsFile: `${month.code}/tags-${month.code}.csv`,
      preparer: PEOPLE[0].email,
      approver: PEOPLE[1].email,
    })),
  };
}
