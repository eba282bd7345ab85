/**
 * What the files say of open orders, reservations and returns of a line before it is adjusted. "None open" is a finding too;
 * what no file tells waits for a person.
 */
import { capitalised, listed, SYSTEM_NAMES, units } from '../explanation/words';
import { formatQuantity } from '../quantity';
import type { System } from '../states';
import type { CheckFinding } from './shapes';

export interface OpenDocument {
  readonly document: string;
  readonly unitsScaled: number;
}

export interface StatedQuantity {
  readonly system: System;
  readonly quantityScaled: number;
}

/** What was gathered of one line. */
export interface CheckFacts {
  /** The systems' files tell of orders and shipments, and of returns, up to the cut-off. */
  readonly tellsOrders: boolean;
  readonly tellsReturns: boolean;
  readonly openOrders: readonly OpenDocument[];
  readonly openReturns: readonly OpenDocument[];
  /** Each system's figure nearest to the cut-off; a system that gives none is left out. */
  readonly committed: readonly StatedQuantity[];
  readonly reserved: readonly StatedQuantity[];
  readonly quarantined: readonly StatedQuantity[];
  /** A storefront's sum of reserved, damaged and quarantined. */
  readonly unavailable: readonly StatedQuantity[];
}

const DOCUMENTS_NAMED = 5;

const totalScaled = (documents: readonly OpenDocument[]): number => documents.reduce((sum, each) => sum + each.unitsScaled, 0);
const largestScaled = (stated: readonly StatedQuantity[]): number => Math.max(0, ...stated.map((each) => each.quantityScaled));
const statedWords = (stated: readonly StatedQuantity[], word: string): string =>
  listed(stated.map(({ system, quantityScaled }) => `the ${SYSTEM_NAMES[system]} states ${formatQuantity(quantityScaled)} ${word}`));

function documentWords(documents: readonly OpenDocument[]): string {
  const named = documents.slice(0, DOCUMENTS_NAMED).map(({ document, unitsScaled }) => `${document} (${formatQuantity(unitsScaled)})`);
  return documents.length > DOCUMENTS_NAMED ? `${named.join(', ')} and ${documents.length - DOCUMENTS_NAMED} more` : listed(named);
}

interface Subject {
  readonly subject: CheckFinding['subject'];
  readonly tells: boolean;
  readonly documents: readonly OpenDocument[];
  readonly stated: readonly StatedQuantity[];
  /** `committed`, `quarantined`. */
  readonly word: string;
  readonly openWords: string;
  readonly noneWords: string;
  readonly silentWords: string;
}

function findingOf({ subject, tells, documents, stated, word, openWords, noneWords, silentWords }: Subject): CheckFinding {
  const isAnswered = tells || stated.length > 0;
  const unitsScaled = isAnswered ? Math.max(totalScaled(documents), largestScaled(stated)) : null;
  const parts = [
    ...(documents.length > 0 ? [`${units(totalScaled(documents))} ${openWords}: ${documentWords(documents)}`] : tells ? [noneWords] : []),
    ...(stated.length > 0 ? [statedWords(stated, word)] : []),
  ];
  return {
    subject,
    isAnswered,
    unitsScaled,
    sentence: isAnswered ? `${capitalised(parts.join('; '))}.` : silentWords,
    documents: [...documents],
  };
}

/** The three findings of a line, in their order. */
export function checkFindings(facts: CheckFacts): readonly [CheckFinding, CheckFinding, CheckFinding] {
  const isSummed = facts.reserved.length === 0;
  return [
    findingOf({
      subject: 'orders', tells: facts.tellsOrders, documents: facts.openOrders, stated: facts.committed, word: 'committed',
      openWords: 'ordered, neither shipped nor cancelled at the cut-off', noneWords: 'no order was open at the cut-off',
      silentWords: 'No file tells of open orders here: look them up.',
    }),
    findingOf({
      subject: 'reservations', tells: false, documents: [], stated: isSummed ? facts.unavailable : facts.reserved,
      word: isSummed ? 'unavailable (reserved, damaged and quarantined together)' : 'reserved', openWords: '', noneWords: '',
      silentWords: 'No file tells what is reserved here: look it up.',
    }),
    findingOf({
      subject: 'returns', tells: facts.tellsReturns, documents: facts.openReturns, stated: facts.quarantined, word: 'quarantined',
      openWords: 'received and not inspected at the cut-off', noneWords: 'no return waited for inspection at the cut-off',
      silentWords: 'No file tells of returns here: look them up.',
    }),
  ];
}
