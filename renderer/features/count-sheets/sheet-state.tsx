/** Where a sheet stands, as a badge. */
import { SHEET_STATE_WORDS, type CountSheet, type SheetState } from '@shared/domain/count-sheet';
import { Badge, type Tone } from '../../ui';

const TONES: Readonly<Record<SheetState, Tone>> = { issued: 'neutral', partly_back: 'warning', back: 'cleared', void: 'neutral' };

export function SheetStateBadge({ sheet }: { readonly sheet: Pick<CountSheet, 'state'> }) {
  return (
    <Badge tone={TONES[sheet.state]} plain={TONES[sheet.state] === 'neutral'}>
      {SHEET_STATE_WORDS[sheet.state]}
    </Badge>
  );
}
