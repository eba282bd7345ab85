/** An adjustment of the ERP went the wrong way: the residual is twice the adjustment, against it. */
import { documentsOf, evidenceOf, type Pattern } from '../rule';
import { signed } from '../words';

export const signFlip: Pattern = {
  name: 'sign_flip',
  version: 1,
  suggest: (kind, line, residualScaled) => {
    if (kind !== 'count') return [];
    return line.postings
      .filter(
        (posting) =>
          posting.system === 'erp' &&
          posting.type === 'adjustment' &&
          posting.postedInstant > line.startInstant &&
          posting.postedInstant <= line.cutOffInstant &&
          posting.quantityScaled * -2 === residualScaled,
      )
      .map((posting) => ({
        cause: 'sign_flip' as const,
        quantityScaled: residualScaled,
        sentence:
          `Adjustment ${posting.document} posted ${signed(posting.quantityScaled)} on ${line.words.instant(posting.postedInstant)}; ` +
          `${signed(-posting.quantityScaled)} would leave no residual.`,
        documents: documentsOf([posting]),
        evidence: evidenceOf([posting]),
        twinStockKeyId: null,
        sinceInstant: posting.occurredInstant,
      }));
  },
};
