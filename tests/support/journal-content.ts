/**
 * A believable journal workbook of any size, its totals worked out independently of the writer.
 */
import type {
  JournalReasonSummary,
  JournalSupportingLine,
  JournalWorkbookContent,
  JournalWorkbookLine,
} from '@shared/domain/journal-workbook';

const REASONS = [
  { code: 'SHRINK', name: 'Shrinkage, confirmed by recount', class: 'physical', account: '5210', owner: 'warehouse' },
  { code: 'DAMAGE-UNREC', name: 'Damage found, not recorded', class: 'physical', account: '5220', owner: 'warehouse' },
  { code: 'DUP-POST', name: 'Duplicate posting in the ERP', class: 'alignment', account: '1499', owner: 'operations' },
  { code: 'FOUND', name: 'Found stock', class: 'physical', account: '5210', owner: 'warehouse' },
] as const;
const ITEMS = [
  'Stoneware mug, blue',
  'Linen throw, oatmeal, 130 x 180 cm',
  'Oak serving board',
  'Beeswax candle, tall',
];
const LOCATIONS = ['Portland', 'Reno DC', 'Store Pike St', 'Returns'];
const ACCOUNT_NAMES: Readonly<Record<string, string>> = {
  '1310': 'Inventory, finished goods',
  '1499': 'Inventory clearing, ERP corrections',
  '5210': 'Shrinkage and count differences',
  '5220': 'Damage write-off',
};

const centsText = (cents: number): string =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
const thousandthsText = (thousandths: number): string => {
  const magnitude = Math.abs(thousandths);
  const fraction = String(magnitude % 1000).padStart(3, '0');
  return `${thousandths < 0 ? '-' : ''}${Math.floor(magnitude / 1000)}.${fraction}`;
};

function supportingLine(index: number): JournalSupportingLine {
  const reason = REASONS[index % REASONS.length] ?? REASONS[0];
  const quantity = ((index * 7) % 23) - 11 || 3;
  const costThousandths = 2125 + ((index * 137) % 90_000);
  const counted = index % 9 !== 4;
  return {
    sku: `${['MUG-BLU', 'THR-OAT', 'BRD-OAK', 'CDL-TAL'][index % 4]}-${String(index + 11).padStart(3, '0')}`,
    itemName: ITEMS[index % ITEMS.length] ?? '',
    location: LOCATIONS[index % LOCATIONS.length] ?? '',
    tier: ['A', 'B', 'C'][index % 3] ?? 'C',
    reasonCode: reason.code,
    owner: reason.owner,
    countVariance: counted ? String(quantity) : null,
    timing: index % 5 === 0 ? '-2' : '0',
    alignment: reason.class === 'alignment' ? String(quantity) : '0',
    physical: reason.class === 'physical' ? String(quantity) : '0',
    unexplained: '0',
    adjustmentQuantity: String(quantity),
    unitCost: thousandthsText(costThousandths),
    exactValue: thousandthsText(costThousandths * quantity),
    documents: index % 3 === 0 ? [`CNT-1104 row ${index + 2}`, `SO-${10481 + index}`] : [`CNT-1104 row ${index + 2}`],
    note: index % 6 === 0 ? 'Recounted on 2 Nov by the warehouse lead; shelf and overstock both checked.' : '',
  };
}

/** Two journal lines for each supporting line up to `journalPairs`. */
export function journalContent(supportingCount = 48, journalPairs = 14): JournalWorkbookContent {
  const supportingLines = Array.from({ length: supportingCount }, (_, index) => supportingLine(index));
  const lines: JournalWorkbookLine[] = [];
  const reasons = new Map<string, { lines: number; quantity: number; debit: number; credit: number }>();
  for (let index = 0; index < journalPairs; index += 1) {
    const reason = REASONS[index % REASONS.length] ?? REASONS[0];
    const cents = 1217 + ((index * 48_611) % 400_000);
    const inventoryGains = index % 4 === 3;
    const sides = inventoryGains ? ['1310', reason.account] : [reason.account, '1310'];
    sides.forEach((accountCode, side) => {
      const isDebit = side === 0;
      lines.push({
        lineNumber: lines.length + 1,
        accountCode,
        accountName: ACCOUNT_NAMES[accountCode] ?? '',
        accountRule: accountCode === '1310' ? 'rule for every reason, category Kitchen' : `reason code ${reason.code}`,
        debit: isDebit ? centsText(cents) : null,
        credit: isDebit ? null : centsText(cents),
        reasonCode: reason.code,
        location: LOCATIONS[index % LOCATIONS.length] ?? '',
        memo: `${reason.name}, October count, ${LOCATIONS[index % LOCATIONS.length] ?? ''}`,
        exactAmount: `${isDebit ? '' : '-'}${centsText(cents)}4`,
        roundingDifference: isDebit ? '-0.004' : '0.004',
      });
    });
    const known = reasons.get(reason.code) ?? { lines: 0, quantity: 0, debit: 0, credit: 0 };
    reasons.set(reason.code, {
      lines: known.lines + 2,
      quantity: known.quantity - index,
      debit: known.debit + cents,
      credit: known.credit + cents,
    });
  }
  const summary: JournalReasonSummary[] = [...reasons].map(([code, sums]) => ({
    reasonCode: code,
    name: REASONS.find((reason) => reason.code === code)?.name ?? '',
    class: REASONS.find((reason) => reason.code === code)?.class ?? '',
    lines: sums.lines,
    quantity: String(sums.quantity),
    debit: centsText(sums.debit),
    credit: centsText(sums.credit),
  }));
  return {
    header: {
      company: 'Harbor & Pine Trading Co.',
      workbookId: '6f1d0c1e-77b4-4f55-9d6f-3f2f5d2f9c10',
      period: '2026-10',
      cutOff: '2026-11-01T06:59:59.000Z',
      timeZone: 'America/Los_Angeles',
      journalNumber: 'HP-2026-10-001',
      kind: 'adjustment',
      version: 1,
      bookingDay: '2026-10-31',
      reverses: null,
      rounding: 'a half to the even digit',
      roundingTotal: '-0.056',
      currency: 'USD',
      currencyMinorDigits: 2,
      status: 'approved',
      preparedAt: '2026-11-02T17:15:00.000Z',
      seal: '9b2f6a40c1d7e8335aa0f1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6',
    },
    lines,
    supportingLines,
    reasons: summary,
    costs: [{ owner: 'ERP', file: 'netsuite.csv', column: 'Average Cost', method: 'average', lines: supportingCount }],
    rollForward: [
      {
        location: 'Portland', lines: 12,
        columns: { opening: '120', receipts: '40', shipments: '-31', returns: '2', transfers: '-4', assembly: '0', adjustments: '0', expected: '127', reported: '125', difference: '-2' },
      },
    ],
    evidence: [
      {
        system: 'ERP', kind: 'snapshot', file: 'netsuite & more.csv', sha256: '0f'.repeat(32), importedAt: '2026-11-01T09:00:00.000Z', importedBy: 'Jonas Feld', rowsRead: 51,
        rowsAccepted: 48, rowsRejected: 2, rowsPassedOver: 1, controlTotals: 'On Hand 1204; Value 10,043.20',
      },
    ],
    tieOut: null,
    attachments: [{ sku: 'MUG-BLU-011', location: 'Portland', file: '=photo.jpg', sha256: 'ab'.repeat(32), byteLength: 48_211, addedBy: 'Rosa Marín', said: 'Shelf as counted' }],
    signOff: {
      preparer: {
        name: 'Jonas Feld',
        email: 'jonas.feld@harborandpine.example',
        fingerprintSha256: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
      },
      approver: {
        name: 'Rosa Marín, CPA',
        email: 'rosa.marin@harborandpine.example',
        fingerprintSha256: 'ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100',
      },
      noSecondPerson: null,
      statement:
        'The preparer states that the journal follows from the variance lines listed in this file, each with its ' +
        'reason and its evidence in the workbook. The approver states that they reviewed the lines over materiality ' +
        'and that the journal may be posted.',
    },
    paper: 'letter',
  };
}
