/**
 * The cut-off test: the last and the first receipts, shipments, returns and transfers around the cut-off in each system, and
 * whether each stands in the right period.
 *
 * A movement belongs where it occurred. A file that gives one time only cannot tell that from when it was posted; then another
 * system's record of the same document may. Nothing is guessed: what cannot be judged says why.
 */
import { z } from 'zod';
import { effectOn, MOVEMENT_TYPES, SYSTEMS, type MovementType, type System } from '../states';

export const CUT_OFF_KINDS = ['receipt', 'shipment', 'return', 'transfer'] as const;
export type CutOffKind = (typeof CUT_OFF_KINDS)[number];

const KIND_OF: Partial<Record<MovementType, CutOffKind>> = {
  receipt: 'receipt', shipment: 'shipment', return_received: 'return', transfer_out: 'transfer', transfer_in: 'transfer',
};

/** The kind that a movement is tested as; undefined where it is none. */
export const cutOffKindOf = (type: MovementType): CutOffKind | undefined => KIND_OF[type];

/** The movement types of all kinds. */
export const CUT_OFF_TYPES = MOVEMENT_TYPES.filter((type) => KIND_OF[type] !== undefined);

export const JUDGEMENTS = ['right_period', 'posted_early', 'posted_late', 'cannot_be_judged'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

export const JUDGEMENT_WORDS: Readonly<Record<Judgement, string>> = {
  right_period: 'right period', posted_early: 'posted early', posted_late: 'posted late', cannot_be_judged: 'cannot be judged',
};

/** A movement as a system posted it, with what is needed to judge it. */
export interface CutOffPosting {
  readonly importId: number;
  readonly rowNumber: number;
  readonly stockKeyId: number;
  readonly sku: string;
  readonly location: string;
  readonly system: System;
  readonly type: MovementType;
  readonly document: string;
  readonly quantityScaled: number;
  readonly occurredInstant: number;
  readonly postedInstant: number;
  /** Its file tells when it occurred apart from when it was posted. */
  readonly tellsOccurred: boolean;
  /** Of the location. */
  readonly cutOffInstant: number;
  readonly unitCostScaled: number | null;
}

export const CutOffItem = z.strictObject({
  importId: z.int(),
  rowNumber: z.int(),
  stockKeyId: z.int(),
  sku: z.string(),
  location: z.string(),
  system: z.enum(SYSTEMS),
  kind: z.enum(CUT_OFF_KINDS),
  type: z.enum(MOVEMENT_TYPES),
  document: z.string(),
  side: z.enum(['before', 'after']),
  occurredInstant: z.int(),
  postedInstant: z.int(),
  cutOffInstant: z.int(),
  quantityScaled: z.int(),
  judgement: z.enum(JUDGEMENTS),
  /** Which times were held against each other, or why none could be. */
  why: z.string(),
  /** What on hand at the cut-off has to be changed by; 0 where it is right or cannot be judged. */
  correctionScaled: z.int(),
  /** That at unit cost, exact, with the places of an exact value, as digits; null where no cost is known. */
  correctionExact: z.string().nullable(),
  /** A drafted entry; empty where none is needed. */
  draft: z.string(),
});
export type CutOffItem = z.infer<typeof CutOffItem>;

/** A posting of a kept test, with what the auditor says of it. */
export const KeptCutOffItem = CutOffItem.extend({
  number: z.int(),
  /** The auditor's own judgement; null where it is the test's. */
  ownJudgement: z.enum(JUDGEMENTS).nullable(),
  note: z.string(),
});
export type KeptCutOffItem = z.infer<typeof KeptCutOffItem>;

export const KeptCutOffSummary = z.strictObject({
  cutOffTestId: z.int(),
  periodCode: z.string(),
  cutOffInstant: z.int(),
  /** How many on either side of each system and kind. */
  count: z.int(),
  lines: z.int(),
  /** How many the auditor judged otherwise or wrote a note on. */
  judged: z.int(),
  runBy: z.string(),
  runInstant: z.int(),
});
export type KeptCutOffSummary = z.infer<typeof KeptCutOffSummary>;

/** A cut-off test as it was run and kept in the auditor's file. */
export const KeptCutOff = KeptCutOffSummary.extend({ sealRoot: z.string().nullable(), chainSequence: z.int(), chainHash: z.string(), items: z.array(KeptCutOffItem) });
export type KeptCutOff = z.infer<typeof KeptCutOff>;

/** By posting time, then by what the file says, never by where it was imported first. */
const byPosting = (left: CutOffPosting, right: CutOffPosting): number =>
  left.postedInstant - right.postedInstant || (left.document < right.document ? -1 : left.document > right.document ? 1 : 0) ||
  left.rowNumber - right.rowNumber || left.importId - right.importId;

interface Entry { readonly debit: string; readonly credit: string }

/** What is booked when the movement itself is: the accounts by what they hold. */
const ENTRIES: Readonly<Record<CutOffKind, Entry>> = {
  receipt: { debit: 'Inventory', credit: 'Goods received, not invoiced' },
  shipment: { debit: 'Cost of sales', credit: 'Inventory' },
  return: { debit: 'Inventory', credit: 'Cost of sales' },
  transfer: { debit: 'Inventory', credit: 'Goods in transit' },
};

/** The entry text of a posting that stands in the wrong period. @param amount the value in words */
export function draftedEntry(posting: Pick<CutOffPosting, 'system' | 'type' | 'document' | 'sku'>, judgement: Judgement, amount: string): string {
  const kind = KIND_OF[posting.type];
  if (!kind || (judgement !== 'posted_early' && judgement !== 'posted_late')) return '';
  const what = `${posting.document}, ${posting.sku}`;
  if (posting.system !== 'erp') {
    return `No ledger entry: ${what} stands in the wrong period in the ${posting.system}; take it into account when its figures are held against the ledger.`;
  }
  const usual = posting.type === 'transfer_out' ? { debit: ENTRIES.transfer.credit, credit: ENTRIES.transfer.debit } : ENTRIES[kind];
  const { debit, credit } = judgement === 'posted_late' ? usual : { debit: usual.credit, credit: usual.debit };
  const why = judgement === 'posted_late' ? 'belongs before the cut-off and was posted after it' : 'belongs after the cut-off and was posted before it';
  return `Debit ${debit}, credit ${credit}, ${amount}: ${what} ${why}. It reverses on the first day of the next period, where it ${judgement === 'posted_late' ? 'is posted' : 'belongs'}.`;
}

interface Told { readonly instant: number; readonly by: System | null }

/** When a movement occurred, by its own file or by another system's record of the same document. */
function toldOccurred(posting: CutOffPosting, witnesses: readonly CutOffPosting[]): Told | undefined {
  if (posting.tellsOccurred) return { instant: posting.occurredInstant, by: null };
  const witness = witnesses.find((each) => each.system !== posting.system && each.tellsOccurred);
  return witness && { instant: witness.occurredInstant, by: witness.system };
}

const sameEvent = ({ type, document, stockKeyId }: CutOffPosting): string => `${type}\n${document}\n${stockKeyId}`;

export interface CutOffWords {
  /** An instant as people read it. */
  readonly instant: (instant: number) => string;
  /** An exact value, or unknown. */
  readonly amount: (exact: bigint | null) => string;
}

/** Judges one posting. */
export function judgePosting(posting: CutOffPosting, witnesses: readonly CutOffPosting[], words: CutOffWords): CutOffItem {
  const { cutOffInstant, postedInstant, tellsOccurred: _tells, unitCostScaled, ...given } = posting;
  const side = postedInstant < cutOffInstant ? 'before' : 'after';
  const told = toldOccurred(posting, witnesses);
  const item = (judgement: Judgement, why: string): CutOffItem => {
    const effectScaled = effectOn('on_hand', posting.type, posting.quantityScaled);
    const correctionScaled = judgement === 'posted_late' ? effectScaled : judgement === 'posted_early' ? -effectScaled || 0 : 0;
    const exact = unitCostScaled === null ? null : BigInt(correctionScaled) * BigInt(unitCostScaled);
    return {
      ...given, postedInstant, cutOffInstant, side, kind: KIND_OF[posting.type]!, judgement, why, correctionScaled,
      correctionExact: exact === null ? null : String(exact),
      draft: draftedEntry(posting, judgement, words.amount(exact === null ? null : exact < 0n ? -exact : exact)),
    };
  };
  if (!told) {
    return item('cannot_be_judged', `The file of the ${posting.system} gives one time only, and no other system tells when ${posting.document} occurred. Ask for the delivery note or the packing slip.`);
  }
  const occurred = `occurred ${words.instant(told.instant)}${told.by === null ? '' : ` by the ${told.by}`}`;
  const times = `${occurred}, posted ${words.instant(postedInstant)}`;
  if (told.instant < cutOffInstant === postedInstant < cutOffInstant) return item('right_period', `Both ${side} the cut-off: ${times}.`);
  return side === 'after' ? item('posted_late', `Before the cut-off, and posted after it: ${times}.`) : item('posted_early', `After the cut-off, and posted before it: ${times}.`);
}

/**
 * The last `count` postings before the cut-off and the first `count` from it on, of each system and kind, each judged; by system,
 * kind and posting time.
 */
export function cutOffTest(postings: readonly CutOffPosting[], count: number, words: CutOffWords): CutOffItem[] {
  const sorted = [...postings].sort(byPosting);
  const events = new Map<string, CutOffPosting[]>();
  for (const posting of sorted) events.set(sameEvent(posting), [...(events.get(sameEvent(posting)) ?? []), posting]);
  return SYSTEMS.flatMap((system) =>
    CUT_OFF_KINDS.flatMap((kind) => {
      const own = sorted.filter((posting) => posting.system === system && KIND_OF[posting.type] === kind);
      const before = own.filter(({ postedInstant, cutOffInstant }) => postedInstant < cutOffInstant);
      const after = own.filter(({ postedInstant, cutOffInstant }) => postedInstant >= cutOffInstant);
      return [...before.slice(-count), ...after.slice(0, count)].map((posting) => judgePosting(posting, events.get(sameEvent(posting))!, words));
    }),
  );
}
