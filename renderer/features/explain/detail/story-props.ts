import type { ReasonCode } from '@shared/contract/tags';
import type { Evidence, LineDetail } from '@shared/domain/lines';

/** What every section of a line's story is given. */
export interface StoryProps {
  readonly line: LineDetail;
  readonly reasonCodes: readonly ReasonCode[];
  /** Shows the row of the file behind a figure. */
  readonly onEvidence: (evidence: Evidence) => void;
  /** Shows another line, as the twin of a swap. */
  readonly onOpenLine: (stockKeyId: number) => void;
}
