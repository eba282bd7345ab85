/**
 * Tag rows: reason codes and owners by file. Each is set as if a person had set it on the line.
 */
import type { Owner } from '@shared/domain/tag';
import { applyTag } from '../../tags';
import { ACCEPTED, bad, type RowToWrite, type RowWriter, type Verdict, type WriterSetting } from './writer';
import { findStockKey } from '../../../workbook/tables/locations';

export class TagWriter implements RowWriter {
  readonly #rowOf = new Map<number, number>();

  constructor(readonly setting: WriterSetting) {}

  write({ rowNumber, records: [values] }: RowToWrite): Verdict {
    const { setting } = this;
    const { context, frame, identities } = setting;
    const { text, instants } = values;
    const { sku = '', location = setting.locationCode ?? '' } = text;
    if (text.reason === undefined && text.owner === undefined && text.note === undefined && instants.due === undefined) {
      return bad('missing_key', 'reason', 'The row says nothing of the line: reason, owner, note and due are empty.');
    }
    const item = identities.item(sku);
    if (!item.found) return { verdict: 'bad', problem: item.problem };
    const place = identities.location(location);
    if (!place.found) return { verdict: 'bad', problem: place.problem };
    const stockKeyId = findStockKey(context.workbook, item.id, place.id);
    if (stockKeyId === undefined) return bad('unknown_value', `${sku} at ${location}`, `${sku} at ${location} is no line of period ${frame.code}.`);
    const first = this.#rowOf.get(stockKeyId);
    if (first !== undefined) return bad('duplicate_row', `${sku} at ${location}`, `Row ${first} tags ${sku} at ${location} already.`);
    const tagged = applyTag(context, {
      periodId: frame.periodId,
      stockKeyId,
      change: {
        ...(text.reason !== undefined && { reason: text.reason }),
        ...(text.owner !== undefined && { owner: text.owner as Owner }),
        ...(text.note !== undefined && { note: text.note }),
        ...(instants.due !== undefined && { dueInstant: instants.due }),
      },
    }, 'tag.set', setting.importId);
    if (!tagged.ok) return bad('unknown_value', tagged.failure === 'reason_unknown' ? text.reason! : `${sku} at ${location}`, tagged.message);
    this.#rowOf.set(stockKeyId, rowNumber);
    if (tagged.value.changed) setting.tally.changedTags += 1;
    return ACCEPTED;
  }

  finish(): [] {
    return [];
  }
}
