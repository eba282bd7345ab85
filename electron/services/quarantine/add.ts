/**
 * Items and locations that a person adds because rows wait for a name that the workbook does not know. The name is kept
 * like any other, and taking it back takes away what was added with it.
 */
import { normaliseIdentifier } from '@shared/domain/identity-text';
import { currencyOfPeriod } from '@shared/domain/instant';
import { done, refused } from '@shared/domain/outcome';
import type { AddTargetRequest, ReplayResult } from '@shared/domain/quarantine';
import { unitOf } from '@shared/domain/units';
import { appendAudit } from '../../workbook/audit';
import { setAlias, type AliasRow } from '../../workbook/tables/aliases';
import { insertItem, listItemKeys } from '../../workbook/tables/items';
import { insertLocation, listLocations } from '../../workbook/tables/locations';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import type { Hidden } from '../imports/identity';
import { importsOn, removeUnused } from '../imports/life/undo-created';
import { refusingCancelled, replayQuarantine } from './replay';
import { openFrame, type QuarantineOutcome } from './selection';

const ACTION = { item: 'item.add', location: 'location.add' } as const;
const REMOVED = { item: 'item.remove', location: 'location.remove' } as const;

type AddedKind = AddTargetRequest['kind'];

const codesOf = (workbook: ReadableWorkbook, kind: AddedKind): string[] =>
  kind === 'item' ? listItemKeys(workbook).map(({ sku }) => sku) : listLocations(workbook).flatMap(({ code, name }) => (name === '' ? [code] : [code, name]));

/**
 * Adds an item or a location and says that a source means it by a name.
 *
 * @param currency what a location is kept in; null: the workbook's own
 * @throws never for what a person may do: a code that is taken, or differs from another in case and spaces only, is refused
 */
export function addTarget(context: ServiceContext, request: AddTargetRequest, currency: string | null = null): QuarantineOutcome<{ readonly code: string }> {
  const { workbook } = context;
  const { source, kind, alias, code, name, unit } = request;
  return inTransaction(workbook, (): QuarantineOutcome<{ readonly code: string }> => {
    const held = codesOf(workbook, kind);
    for (const wanted of new Set([code, alias])) {
      const same = held.find((each) => normaliseIdentifier(each) === normaliseIdentifier(wanted));
      if (same !== undefined) {
        return refused('code_taken', `${wanted} is ${same === wanted ? '' : `written like ${same}, `}${kind === 'item' ? 'an item' : 'a location'} of the workbook already. Map the name to it instead.`);
      }
    }
    const base = unitOf(unit);
    const id = kind === 'item' ? insertItem(workbook, code, name, base) : insertLocation(workbook, code, name, currency);
    const atInstant = context.now();
    const acceptedBy = actorText(context.actor);
    setAlias(workbook, { kind, source, alias }, id, { how: 'by_hand', acceptedInstant: atInstant, acceptedBy });
    appendAudit(workbook, {
      atInstant,
      actor: acceptedBy,
      action: ACTION[kind],
      periodId: null,
      subject: `${kind}:${code}`,
      detail: { source, alias, code, before: null, after: kind === 'item' ? { sku: code, name, uom: base } : { code, name, ...(currency === null ? {} : { currency }) } },
    });
    return done({ code });
  });
}

/** Adds an item or a location for a name, and writes the rows that wait for it. */
export function addAndReplay(context: ServiceContext, periodId: number, request: AddTargetRequest): QuarantineOutcome<ReplayResult> {
  return refusingCancelled(() =>
    inTransaction(context.workbook, (): QuarantineOutcome<ReplayResult> => {
      const frame = openFrame(context.workbook, periodId);
      if (!frame.ok) return frame;
      const added = addTarget(context, request, currencyOfPeriod(frame.value.code) ?? null);
      return added.ok ? replayQuarantine(context, periodId) : added;
    }),
  );
}

/** Whether a person added what the name means together with the name, and it was not taken back since. */
export const wasAdded = (workbook: ReadableWorkbook, { kind, source, alias, target_code: code }: AliasRow): boolean =>
  kind !== 'unit' &&
  workbook.get(
    `SELECT 1 FROM audit_events WHERE subject = @subject AND action = @action
       AND json_extract(detail, '$.source') = @source AND json_extract(detail, '$.alias') = @alias`,
    { subject: `${kind}:${code}`, action: ACTION[kind], source, alias },
  ) !== undefined;

/**
 * Refuses where rows stand on what was added that would not wait again with the name: of a locked period, or of a file
 * that calls it by its code.
 *
 * @param returning imports whose rows wait again where they rest on the name
 */
export function refusedWhereUsed(workbook: ReadableWorkbook, alias: AliasRow, returning: ReadonlySet<number>): QuarantineOutcome<undefined> {
  if (alias.kind === 'unit') return done(undefined);
  const other = importsOn(workbook, alias.kind, alias.target as number).find(({ import_id: id }) => !returning.has(id));
  if (!other) return done(undefined);
  const { target_code: code } = alias;
  return refused('target_used', `${code} was added by a person, and import ${other.import_id} (${other.file_name}) has rows of it: it cannot be taken back. Undo that import first, or leave ${code} as it is.`);
}

/** What was added, so that rows are read as if it were not there. */
export const hiddenOf = (added: readonly AliasRow[]): Hidden => {
  const ofKind = (wanted: AddedKind) => new Set(added.filter(({ kind }) => kind === wanted).map(({ target }) => target as number));
  return { item: ofKind('item'), location: ofKind('location') };
};

/** Takes away what was added, once no row rests on it. */
export function removeAdded(context: ServiceContext, alias: AliasRow, why: string): QuarantineOutcome<undefined> {
  const kind = alias.kind as AddedKind;
  const use = removeUnused(context.workbook, kind, alias.target as number);
  if (use !== undefined) return refused('target_used', `${alias.target_code} was added by a person and cannot be taken back: ${use}. End that use first, or leave ${alias.target_code} as it is.`);
  appendAudit(context.workbook, {
    atInstant: context.now(),
    actor: actorText(context.actor),
    action: REMOVED[kind],
    periodId: null,
    subject: `${kind}:${alias.target_code}`,
    detail: { source: alias.source, alias: alias.alias, code: alias.target_code, before: alias.target_code, after: null, why },
  });
  return done(undefined);
}
