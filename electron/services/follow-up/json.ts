/** The published JSON of what became of a line after it was explained. */
import type { Words } from '@shared/domain/explanation/words';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import type { LineDetail } from '@shared/domain/lines';
import type { FollowUpJson } from '@shared/domain/lines-json';
import { formatUnitCost } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';

const quantityOf = (quantityScaled: number | null) => (quantityScaled === null ? null : formatQuantity(quantityScaled));
const figuresOf = (figures: TaggedFigures) => ({
  count: quantityOf(figures.countScaled),
  channel: quantityOf(figures.channelScaled),
  ledger: quantityOf(figures.ledgerScaled),
  adjustment: quantityOf(figures.adjustmentScaled),
});

export function followUpJson({ followUp }: LineDetail, words: Words): FollowUpJson {
  const { changedSinceTag, checks, late } = followUp;
  return {
    changedSinceTag: changedSinceTag && { then: figuresOf(changedSinceTag.then), now: changedSinceTag.now && figuresOf(changedSinceTag.now) },
    ageCloses: followUp.ageCloses,
    recountAsked: followUp.recountWhy,
    checks: checks && {
      waiting: checks.isWaiting,
      findings: checks.findings.map(({ subject, isAnswered, unitsScaled, sentence, documents }) => ({
        subject, answered: isAnswered, units: quantityOf(unitsScaled), sentence,
        documents: documents.map((each) => ({ document: each.document, units: formatQuantity(each.unitsScaled) })),
      })),
      byPerson: checks.byPerson && {
        note: checks.byPerson.note, at: words.isoInstant(checks.byPerson.checkedInstant), by: checks.byPerson.checkedBy, stale: checks.byPerson.isStale,
      },
    },
    countConflicts: followUp.countConflicts.map(({ bin, countNo, counts }) => ({
      bin, countNo,
      counts: counts.map(({ sheet, line, countedBy, countedScaled }) => ({ sheet, line, countedBy, counted: formatQuantity(countedScaled) })),
    })),
    late: late && {
      checkpointAt: words.isoInstant(late.checkpointInstant),
      explains: formatQuantity(late.explainsScaled),
      postings: late.postings.map((each) => ({
        system: each.system, type: each.type, document: each.document, quantity: formatQuantity(each.quantityScaled), onHand: formatQuantity(each.onHandScaled),
        occurredAt: words.isoInstant(each.occurredInstant), postedAt: words.isoInstant(each.postedInstant), importedAt: words.isoInstant(each.importedInstant),
        evidence: { file: each.evidence.file, row: each.evidence.row },
      })),
    },
    identityChecks: followUp.identityChecks.map(({ system, state, differenceScaled, sentence }) => ({ system, state, difference: quantityOf(differenceScaled), sentence })),
    disagreements: followUp.disagreements.map(({ state, figures, winner, ruledSystem }) => ({
      state, winner, ruled: ruledSystem,
      figures: figures.map(({ system, quantityScaled }) => ({ system, quantity: state === 'unit_cost' ? formatUnitCost(quantityScaled) : formatQuantity(quantityScaled) })),
    })),
  };
}
