/**
 * Names and units that a person says the meaning of: by hand, or by taking what was suggested. Rows that wait for them are
 * written by the replay that follows.
 */
import type { AcceptedSuggestion, MapAliasRequest, ReplayResult, SetUnitRequest } from '@shared/domain/quarantine';
import { done, refused } from '@shared/domain/outcome';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import { unitOf } from '@shared/domain/units';
import { appendAudit } from '../../workbook/audit';
import { findAlias, setAlias, usesOfAlias, type AliasOrigin } from '../../workbook/tables/aliases';
import { countDataRowsOn, isNamedIn } from '../../workbook/tables/data-rows';
import { listStandingImports } from '../../workbook/tables/imports';
import { itemById, itemIdOf, listItemUnits, lockedPeriodReading, setItemUnit } from '../../workbook/tables/items';
import { locationIdOf } from '../../workbook/tables/locations';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { fieldsOfFile } from '../imports/profiles/choose';
import { matchOfDefinition, parseDefinition } from '../imports/profiles/definition';
import { Units } from '../imports/units';
import { knownUnits } from '../map-targets';
import { refusingCancelled, replayQuarantine } from './replay';
import { openFrame, type QuarantineOutcome } from './selection';
import { suggestNames } from './suggest';

/** The item's or location's number or the unit's word that a code names; undefined where the workbook has none. */
function targetOf(workbook: ReadableWorkbook, kind: MapAliasRequest['kind'], code: string): number | string | undefined {
  if (kind === 'item') return itemIdOf(workbook, code);
  if (kind === 'location') return locationIdOf(workbook, code);
  return knownUnits(workbook).find((unit) => unit === unitOf(code));
}

/**
 * Says what a source means by a name. Rows that wait for it are written by a replay.
 *
 * @param how what brought the person to it: their own choice, or the reason of the suggestion they took
 */
export function mapAlias(context: ServiceContext, request: MapAliasRequest, how: AliasOrigin = 'by_hand'): QuarantineOutcome<{ readonly before: string | null }> {
  const { workbook } = context;
  const { source, kind, alias, targetCode } = request;
  return inTransaction(workbook, (): QuarantineOutcome<{ readonly before: string | null }> => {
    const target = targetOf(workbook, kind, targetCode);
    if (target === undefined) return refused('target_unknown', `There is no ${kind} ${targetCode} in this workbook. Choose one that it has, or import the file that brings it.`);
    if (kind !== 'unit' && targetOf(workbook, kind, alias) !== undefined) {
      return refused('alias_taken', `${alias} is ${kind === 'item' ? 'an item' : 'a location'} of its own: it cannot stand for ${targetCode}. Correct the rows instead, or ignore them.`);
    }
    const after = typeof target === 'string' ? target : targetCode;
    const held = findAlias(workbook, { kind, source, alias });
    if (held && held.target_code !== after) {
      const rows = usesOfAlias(workbook, held).reduce((sum, use) => sum + (use.locked === 1 ? 0 : countDataRowsOn(workbook, use, kind, held.target)), 0);
      if (rows > 0) {
        return refused('alias_taken', `${alias} of ${source} means ${held.target_code}, and up to ${rows} rows of open periods were written by it. Take it back first, so that they wait again; then say what it means.`);
      }
    }
    const atInstant = context.now();
    const acceptedBy = actorText(context.actor);
    const before = setAlias(workbook, { kind, source, alias }, target, { how, acceptedInstant: atInstant, acceptedBy });
    if (before !== after) {
      appendAudit(workbook, {
        atInstant,
        actor: acceptedBy,
        action: 'alias.set',
        periodId: null,
        subject: `${kind}:${after}`,
        detail: { source, kind, alias, before, after, how },
      });
    }
    return done({ before });
  });
}

/** Says what a source means by a name, and writes the rows that wait for it. */
export function mapAndReplay(context: ServiceContext, periodId: number, request: MapAliasRequest): QuarantineOutcome<ReplayResult> {
  return inTransaction(context.workbook, (): QuarantineOutcome<ReplayResult> => {
    const mapped = mapAlias(context, request);
    return mapped.ok ? replayQuarantine(context, periodId) : mapped;
  });
}

/**
 * Takes suggestions, all of them or none, and replays once. Each must still be offered for the reason it was shown with:
 * a list that a person has read is not accepted where it would be another one now.
 */
export function acceptSuggestions(context: ServiceContext, periodId: number, accepted: readonly AcceptedSuggestion[]): QuarantineOutcome<ReplayResult> {
  const { workbook } = context;
  return refusingCancelled(() =>
    inTransaction(workbook, (): QuarantineOutcome<ReplayResult> => {
      const frame = openFrame(workbook, periodId);
      if (!frame.ok) return frame;
      const key = (each: Pick<AcceptedSuggestion, 'source' | 'kind' | 'alias'>, code: string, reason: string) =>
        JSON.stringify([each.source, each.kind, each.alias, code, reason]);
      const offered = new Set(
        suggestNames(workbook, periodId, context.job).flatMap((name) =>
          name.suggestions.map(({ targetCode, reason }) => key(name, targetCode, reason)),
        ),
      );
      for (const each of accepted) {
        if (!offered.has(key(each, each.targetCode, each.reason))) {
          return refused('suggestion_gone', `${each.alias} of ${each.source} is no longer suggested to be ${each.targetCode}. Read the suggestions again.`);
        }
        const mapped = mapAlias(context, each, each.reason);
        if (!mapped.ok) return mapped;
      }
      return replayQuarantine(context, periodId);
    }),
  );
}

/** The standing imports of a period that say something of an item in units of their own: their figures rest on what a unit holds. */
const importsWithUnitsOf = (workbook: ReadableWorkbook, periodId: number, sku: string) =>
  listStandingImports(workbook, periodId).filter(
    (row) => fieldsOfFile(matchOfDefinition(parseDefinition(row.definition), row.header_row)).has('uom') && isNamedIn(workbook, row.import_id, sku),
  );

/**
 * Says how many base units of an item one unit holds, and replays. What is said first holds from the beginning; another
 * figure holds from the start of the period it is said in.
 *
 * @param request.source whose word for the unit it is, where that source calls units by names of its own
 */
export function setUnit(context: ServiceContext, request: SetUnitRequest): QuarantineOutcome<ReplayResult> {
  const { workbook } = context;
  return refusingCancelled(() =>
    inTransaction(workbook, (): QuarantineOutcome<ReplayResult> => {
      const frame = openFrame(workbook, request.periodId);
      if (!frame.ok) return frame;
      const itemId = itemIdOf(workbook, request.itemCode);
      if (itemId === undefined) return refused('target_unknown', `There is no item ${request.itemCode} in this workbook. Choose one that it has.`);
      const factorScaled = parseQuantity(request.factor);
      if (factorScaled === undefined || factorScaled <= 0) {
        return refused('factor_unreadable', `"${request.factor}" is no number above zero with at most four places. Write it as 12 or 0.5.`);
      }
      const base = unitOf(itemById(workbook, itemId)!.uom);
      const unit = new Units(workbook, request.source ?? '').unitOf(request.unit);
      if (unit === base) {
        return refused('factor_unreadable', `${request.unit} is the base unit of ${request.itemCode}: one is always 1. Correct the rows, or give the unit they mean.`);
      }
      const held = listItemUnits(workbook, itemId).find((each) => each.unit === unit && each.valid_from_instant <= frame.value.startInstant);
      const locked = held && held.factor_scaled !== factorScaled ? lockedPeriodReading(workbook, itemId, frame.value.startInstant) : undefined;
      if (locked !== undefined) {
        return refused('period_locked', `One ${unit} of ${request.itemCode} holds ${formatQuantity(held!.factor_scaled)} ${base} in ${locked}, which is locked: it cannot become ${formatQuantity(factorScaled)} before that period ends. Say it in a later period.`);
      }
      const readBy = held && held.factor_scaled !== factorScaled ? importsWithUnitsOf(workbook, request.periodId, request.itemCode) : [];
      if (readBy.length > 0) {
        const files = readBy.map((row) => `import ${row.import_id} (${row.file_name})`).join(', ');
        return refused('unit_in_use', `One ${unit} of ${request.itemCode} holds ${formatQuantity(held!.factor_scaled)} ${base}, and rows of ${files} were read by it. Undo ${readBy.length === 1 ? 'that import' : 'those imports'} first, say the new figure, and import again.`);
      }
      const before = setItemUnit(workbook, itemId, unit, factorScaled, frame.value.startInstant);
      appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'item.setUnit',
        periodId: request.periodId,
        subject: `item:${itemId}`,
        detail: {
          sku: request.itemCode, unit, base, before: before === null ? null : formatQuantity(before), after: formatQuantity(factorScaled),
        },
      });
      return replayQuarantine(context, request.periodId);
    }),
  );
}
