/**
 * Lines after they were explained: what they wait for, confirming reasons for other figures, a person's checks, what tolerance let pass.
 */
import { z } from 'zod';
import { CountLists, FollowUpLists, WaivedLedger } from '../domain/follow-up/shapes';
import { TAG_FAILURES } from '../domain/tag';
import type { ContractArea } from './call';
import { SigningPassPhrase } from './signing';
import { TagsResult } from './tags';

/** How many lines of each list a call answers at most. */
export const FOLLOW_UP_LINES_MAX = 1000;

const Chosen = { periodId: z.int(), /** Null: every line that waits. */ stockKeyIds: z.array(z.int()).min(1).nullable() };

const Cut = z.strictObject({ periodId: z.int(), limit: z.int().min(1).max(FOLLOW_UP_LINES_MAX).default(FOLLOW_UP_LINES_MAX) });

export const followUpContract = {
  'followUp:lists': { input: Cut, output: FollowUpLists, failures: ['period_missing'] },
  'followUp:counts': { input: Cut, output: CountLists, failures: ['period_missing'] },
  /** Keeps reasons that were given for other figures, for the figures that stand now. `tags:undo` takes it back. */
  'followUp:confirm': { input: z.strictObject(Chosen), output: TagsResult, failures: ['nothing_changed', ...TAG_FAILURES], writes: true },
  /** A person's word on open orders, reservations and returns where no file tells. */
  'followUp:check': {
    input: z.strictObject({ ...Chosen, note: z.string().trim().min(1).max(2000) }),
    output: z.strictObject({ checked: z.int() }),
    failures: ['period_unknown', 'period_locked', 'nothing_waits'],
    writes: true,
  },
  'followUp:waived': { input: z.strictObject({ periodId: z.int() }), output: WaivedLedger, failures: ['period_missing'] },
  /** A controller accepts what tolerance let pass over the limit, up to the figure that was seen. */
  'followUp:acceptWaived': {
    input: z.strictObject({
      periodId: z.int(), fingerprint: z.string(), passPhrase: SigningPassPhrase, note: z.string().trim().min(1).max(2000), absoluteMinor: z.int(),
    }),
    output: WaivedLedger,
    failures: [
      'period_missing', 'period_locked', 'not_over_limit', 'figure_changed', 'accepter_is_preparer', 'identity_missing', 'wrong_pass_phrase', 'identity_damaged', 'identity_refused',
      'role_refused',
    ],
    writes: true,
    signs: true,
  },
} as const satisfies ContractArea;
