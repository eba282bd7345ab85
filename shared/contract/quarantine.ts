/**
 * The quarantine: what waits, what would mend it, and the names that sources use. Every action can be told before it is
 * carried out, and taken back.
 */
import { z } from 'zod';
import {
  AcceptedSuggestion, AddTargetRequest, AliasPage, AliasPageRequest, CorrectRowRequest, IgnoreRowsRequest, MapAliasRequest, QUARANTINE_FAILURES,
  QuarantineListing, QuarantinePage, QuarantinePageRequest, QuarantineStep, ReplaceValueRequest, ReplayResult, RestoreRowsRequest,
  SetUnitRequest, SuggestedName, TakeBackRequest, TakeBackResult, Touched, TouchRequest,
} from '../domain/quarantine';
import { type ContractArea } from './call';

const PeriodInput = z.strictObject({ periodId: z.int() });

/** Something a person may map to: an item or a location of the workbook, a unit it knows. */
export const MapTarget = z.strictObject({ code: z.string(), name: z.string() });
export type MapTarget = z.infer<typeof MapTarget>;

export const quarantineContract = {
  /** Counts and groups; the rows themselves come by the page. */
  'quarantine:list': { input: PeriodInput, output: QuarantineListing, failures: ['period_unknown'] },
  'quarantine:page': { input: QuarantinePageRequest, output: QuarantinePage, failures: ['period_unknown'] },
  'quarantine:history': { input: z.strictObject({ quarantineRowId: z.int() }), output: z.array(QuarantineStep), failures: ['row_unknown'] },
  /** Items, locations or units whose code or name holds the text, best first. */
  'quarantine:targets': {
    input: z.strictObject({ kind: z.enum(['item', 'location', 'unit']), text: z.string() }),
    output: z.array(MapTarget),
    failures: [],
  },
  /** What the unknown names of a period may stand for, with the reason. Maps nothing. */
  'quarantine:suggestions': { input: PeriodInput, output: z.array(SuggestedName), failures: ['period_unknown'], long: true },
  /** How many rows an action would touch. */
  'quarantine:touched': { input: TouchRequest, output: Touched, failures: QUARANTINE_FAILURES },
  /** Says what a source's name means and replays the rows that wait. */
  'quarantine:mapAlias': {
    input: MapAliasRequest.extend({ periodId: z.int() }),
    output: ReplayResult,
    failures: QUARANTINE_FAILURES,
    writes: true,
    long: true,
  },
  /** Adds an item or a location for a name that rows wait for, and replays them. */
  'quarantine:add': {
    input: AddTargetRequest.extend({ periodId: z.int() }),
    output: ReplayResult,
    failures: QUARANTINE_FAILURES,
    writes: true,
    long: true,
  },
  /** Takes suggestions as they were shown, all of them or none, and replays once. */
  'quarantine:accept': {
    input: z.strictObject({ periodId: z.int(), accepted: z.array(AcceptedSuggestion).min(1).max(20_000) }),
    output: ReplayResult,
    failures: QUARANTINE_FAILURES,
    writes: true,
    long: true,
  },
  /** Says how many base units a unit of an item holds, and replays. */
  'quarantine:setUnit': { input: SetUnitRequest, output: ReplayResult, failures: QUARANTINE_FAILURES, writes: true, long: true },
  'quarantine:correct': { input: CorrectRowRequest, output: ReplayResult, failures: QUARANTINE_FAILURES, writes: true },
  /** Puts one value for another in one column of many rows, and tries them. */
  'quarantine:replace': { input: ReplaceValueRequest, output: ReplayResult, failures: QUARANTINE_FAILURES, writes: true, long: true },
  'quarantine:ignore': { input: IgnoreRowsRequest, output: z.strictObject({ ignored: z.int() }), failures: QUARANTINE_FAILURES, writes: true, long: true },
  /** Brings ignored rows back: they wait again. */
  'quarantine:restore': { input: RestoreRowsRequest, output: z.strictObject({ restored: z.int() }), failures: QUARANTINE_FAILURES, writes: true, long: true },
  'quarantine:replay': { input: PeriodInput, output: ReplayResult, failures: QUARANTINE_FAILURES, writes: true, long: true },
  /** What sources call things, the newest first. */
  'quarantine:aliases': { input: AliasPageRequest, output: AliasPage, failures: [] },
  /** What taking names back would do: carried out and rolled back. */
  'quarantine:rehearseTakeBack': {
    input: TakeBackRequest.omit({ why: true }),
    output: TakeBackResult,
    failures: QUARANTINE_FAILURES,
    writes: true,
    rollsBack: true,
    long: true,
  },
  /** Takes names back; rows of open periods that were written through them wait again. */
  'quarantine:takeBack': { input: TakeBackRequest, output: TakeBackResult, failures: QUARANTINE_FAILURES, writes: true, long: true },
} as const satisfies ContractArea;
