/**
 * What each action of the audit trail did, in one plain sentence.
 */
import { instantWords } from '@shared/domain/instant';
import { countText, plural } from '@shared/domain/plural';
import { REVOCATION_REASON_WORDS, type RevocationReason } from '@shared/domain/revocation';

type Detail = Readonly<Record<string, unknown>>;

const NOTHING = 'nothing';
/** A tag is told in this order. */
const TAG_FIELDS = ['reason', 'owner', 'due', 'note'];
const text = (value: unknown) => (value === null || value === undefined || value === '' ? NOTHING : String(value));

/** What changed between `before` and `after`, field by field. */
function changes(detail: Detail): string {
  const before = (detail['before'] ?? {}) as Detail;
  const after = (detail['after'] ?? {}) as Detail;
  const fields = new Set([...TAG_FIELDS, ...Object.keys(before), ...Object.keys(after)]);
  const parts = [...fields]
    .filter((field) => text(before[field]) !== text(after[field]))
    .map((field) => {
      // A due date stays the instant it is: which day it is depends on the workbook's time zone, which the window knows.
      const [then, now] = [text(before[field]), text(after[field])];
      if (then === NOTHING) return `${field} ${now}`;
      return now === NOTHING ? `${field} ${then} taken away` : `${field} ${then} is now ${now}`;
    });
  return parts.join(', ') || 'nothing';
}

const BULK_WORDS: Readonly<Record<string, string>> = { reason: 'reason', owner: 'owner', due: 'due', note: 'note', noteAdded: 'note added', clear: 'cleared' };

const eventSpan = (from: number, until: number): string => (from === until ? `event ${countText(from)}` : `events ${countText(from)} to ${countText(until)}`);

/** What was asked of many lines at once. */
const bulkWords = (change: Detail): string =>
  Object.entries(change).map(([field, value]) => (value === true ? (BULK_WORDS[field] ?? field) : `${BULK_WORDS[field] ?? field} ${value === null || value === '' ? 'taken away' : text(value)}`)).join(', ');

/** What each action did, by its name. */
const SENTENCES: Readonly<Record<string, (detail: Detail, subject: string) => string>> = {
  'workbook.create': (detail) => `Made the workbook of ${text(detail['company'])}`,
  'period.create': (detail) => `Made the period ${text(detail['code'])} with a window of ${text(detail['windowHours'])} hours`,
  'period.setWindow': (detail, subject) => `Changed ${subject}: ${changes(detail)}`,
  'period.setLocation': (detail, subject) => `Changed how ${text(detail['location'])} closes ${subject}: ${changes(detail)}; ${text(detail['why'])}`,
  'location.setCurrency': (detail, subject) => `Changed ${subject}: ${changes(detail)}; ${text(detail['why'])}`,
  'location.setTimeZone': (detail, subject) => `Changed ${subject}: ${changes(detail)}; ${text(detail['why'])}`,
  'period.lock': (detail, subject) => `Locked ${subject}; seal ${text(detail['rootHash']).slice(0, 20)}${detail['override'] ? `; override: ${text(detail['override'])}` : ''}`,
  'period.reopen': (detail, subject) =>
    `Reopened ${subject}, asked by ${text(detail['askedBy'])}, ${detail['agreedBy'] ? `agreed by ${text(detail['agreedBy'])}` : `no second person: ${text(detail['noSecondPerson'])}`}; ${text(detail['reason'])}`,
  'person.certificate': (detail) => `Took a new certificate of ${text(detail['name'])}, ${text(detail['fingerprint']).slice(0, 16)}, after ${text(detail['before']).slice(0, 16)}`,
  'root.trust': (detail) => `Trusted the root ${text(detail['name'])}, SHA-256 ${text(detail['fingerprint'])}`,
  'root.withdraw': (detail) => `Withdrew the root ${text(detail['name'])}: ${text(detail['why'])}`,
  'certificate.revoke': (detail) =>
    `Revoked the certificate ${text(detail['fingerprint']).slice(0, 16)} of ${text(detail['name'])} from ${instantWords(Number(detail['fromInstant']))} on: ${REVOCATION_REASON_WORDS[detail['reason'] as RevocationReason]}; stated by ${text(detail['statedBy'])}`,
  'revocations.import': (detail) => `Took in the list of ${text(detail['name'])}: ${countText(Number(detail['revoked']))} revoked, ${countText(Number(detail['added']))} of them new`,
  'person.add': (detail) => `Added ${text(detail['name'])}, ${text(detail['role'])}`,
  'tag.set': (detail, subject) => `Tagged ${subject}: ${changes(detail)}`,
  'tag.undone': (detail, subject) => `Took back a tag of ${subject}: ${changes(detail)}`,
  'tag.confirm': (detail, subject) =>
    detail['lineIsGone'] ? `Kept the tag of ${subject} on record: the period has no such line any more` : `Confirmed the tag of ${subject} for its new figures: ${text((detail['after'] as Detail)['reason'])}`,
  'check.done': (detail, subject) => `Looked up open orders, reservations and returns of ${subject}: ${text(detail['note'])}`,
  'waived.accept': (detail) => `Accepted that tolerance let pass ${text(detail['accepted'])}, over the limit of ${text(detail['limit'])}: ${text(detail['note'])}`,
  'journal.withdrawn': (detail, subject) => `Withdrew ${subject} from its approver: ${text(detail['why'])}`,
  'tag.bulk': (detail, subject) => `Changed ${plural(Number(detail['lines']), 'line')} of ${subject}: ${bulkWords((detail['change'] ?? {}) as Detail)}; ${eventSpan(Number(detail['from']), Number(detail['until']))}`,
  'tag.bulkUndone': (detail, subject) => `Took back event ${countText(Number(detail['undoes']))} on ${plural(Number(detail['lines']), 'line')} of ${subject}${Number(detail['left']) > 0 ? `; ${countText(Number(detail['left']))} changed since and left` : ''}`,
  'note.add': (detail, subject) => `Wrote note ${text(detail['number'])} of ${subject}: ${text((detail['after'] as Detail)['text'])}`,
  'note.withdraw': (detail, subject) => `Withdrew note ${text(detail['number'])} of ${subject}: ${text(detail['why'])}`,
  'attachment.add': (detail, subject) => `Attached ${text((detail['after'] as Detail)['fileName'])} to ${subject}, SHA-256 ${text((detail['after'] as Detail)['sha256'])}`,
  'attachment.withdraw': (detail, subject) => `Withdrew ${text((detail['before'] as Detail)['fileName'])} of ${subject}: ${text(detail['why'])}`,
  'journal.prepare': (detail, subject) => `Prepared ${subject} with ${text(detail['postingLines'])} posting lines of ${text(detail['lines'])}`,
  'journal.approve': (detail, subject) => `Approved ${subject}${detail['comment'] ? `: ${text(detail['comment'])}` : ''}`,
  'journal.discard': (detail, subject) => `Discarded ${subject}: ${text(detail['why'])}`,
  'journal.redraft': (detail, subject) => `Took ${subject} back to draft, version ${text(detail['version'])} kept: ${text(detail['why'])}`,
  'journal.posted': (detail, subject) => `Stated ${subject} as posted: ${text(detail['document'])} of ${text(detail['day'])}`,
  'journal.export': (detail, subject) => `Exported ${subject} as ${text(detail['fileName'])}`,
  'journal.exportFor': (detail, subject) => {
    const names = (detail['files'] as readonly Detail[]).map((file) => text(file['fileName']));
    return `Exported ${subject} for ${text(detail['systemName'])} as ${names.length === 1 ? names[0] : `${names[0]} to ${names.at(-1)}`}`;
  },
  'import.commit': (detail) => `Imported ${text(detail['fileName'])}: ${plural(Number(detail['rowsAccepted']), 'row')} written, ${countText(Number(detail['rowsQuarantined']))} to the quarantine`,
  'countSheet.issue': (detail) => {
    const sheets = detail['sheets'] as readonly string[];
    const numbers = sheets.length === 1 ? sheets[0] : `${sheets[0]} to ${sheets.at(-1)}`;
    return `Issued ${plural(sheets.length, 'count sheet')}, ${numbers}, with ${plural(Number(detail['lines']), 'line')} as ${text(detail['fileName'])}`;
  },
  'countSheet.export': (detail) => `Wrote ${plural((detail['sheets'] as readonly string[]).length, 'count sheet')} again as ${text(detail['fileName'])}`,
  'countSheet.void': (detail, subject) => `Voided ${subject}: ${text(detail['why'])}`,
  'import.superseded': (detail, subject) => `Replaced ${subject}, ${text(detail['fileName'])}, by ${text(detail['byFileName'])}: ${countText(Number(detail['changed']))} changed, ${countText(Number(detail['added']))} added, ${countText(Number(detail['removed']))} removed`,
  'import.undone': (detail, subject) => `Undid ${subject}, ${text(detail['fileName'])}: ${text(detail['why'])}`,
  'import.restored': (detail, subject) => `Brought back ${subject}, ${text(detail['fileName'])}: what replaced it was undone`,
  'import.rowsTakenIn': (detail, subject) => `Took in ${plural(Number(detail['accepted']), 'row')} of ${subject}, ${text(detail['fileName'])}, that another import held before`,
  'item.set': (detail) => `Changed item ${text(detail['sku'])}: ${changes(detail)}`,
  'comparison.made': (detail, subject) => `Compared ${text(detail['fileName'])} with ${subject}: ${countText(Number(detail['changed']))} changed, ${countText(Number(detail['added']))} new, ${countText(Number(detail['removed']))} gone since the close`,
  'import.rowsPassedOver': (detail, subject) => `Passed over ${plural(Number(detail['rows']), 'row')} of ${subject}, ${text(detail['fileName'])}: import ${String(detail['heldBy'])} holds them again`,
  'alias.set': (detail) => `Mapped ${text(detail['alias'])} of ${text(detail['source'])}: it means ${text(detail['after'])}`,
  'alias.takeBack': (detail) => `Took back ${text(detail['alias'])} of ${text(detail['source'])}: it no longer means ${text(detail['before'])}; ${text(detail['why'])}`,
  'item.add': (detail) => `Added item ${text(detail['code'])} for ${text(detail['alias'])} of ${text(detail['source'])}`,
  'item.remove': (detail) => `Took back item ${text(detail['code'])}, which a person had added: ${text(detail['why'])}`,
  'location.add': (detail) => `Added location ${text(detail['code'])} for ${text(detail['alias'])} of ${text(detail['source'])}`,
  'location.remove': (detail) => `Took back location ${text(detail['code'])}, which a person had added: ${text(detail['why'])}`,
  'item.setUnit': (detail) => `Set one ${text(detail['unit'])} of ${text(detail['sku'])}: it holds ${text(detail['after'])} ${text(detail['base'])}`,
  'quarantine.takeBack': (detail) => `Returned ${plural(Number(detail['rows']), 'row')} to the quarantine: ${text(detail['why'])}`,
  'quarantine.replace': (detail, subject) => `Corrected ${subject}, ${text(detail['column'])}: ${text(detail['before'] ?? 'any value')} is now ${text(detail['after'])}; ${text(detail['why'])}`,
  'quarantine.restore': (detail, subject) => `Brought back rows of ${subject}: ${text(detail['why'])}`,
  'quarantine.correct': (detail, subject) => `Corrected ${subject}: ${text(detail['why'])}`,
  'quarantine.ignore': (detail, subject) => `Ignored ${subject}: ${text(detail['why'])}`,
  'quarantine.replay': (detail) => `Replayed the quarantine: ${plural(Number(detail['written']), 'row')} written`,
  'profile.save': (detail, subject) => `${detail['before'] === null ? 'Saved' : 'Changed'} ${subject.replace(':', ' ')}`,
  'view.save': (detail) => `Saved the view ${text(detail['name'])}`,
  'view.remove': (detail) => `Removed the view ${text(detail['name'])}`,
  'item.setTier': (detail) => `Changed item ${text(detail['sku'])}: ${changes(detail)}; ${text(detail['why'])}`,
  'rules.change': (detail) => `Changed the rules from ${text(detail['fromPeriod'])} on, version ${text(detail['version'])}: ${(detail['differences'] as readonly string[]).join('; ')}. ${text(detail['why'])}`,
  'riskWindow.add': (detail) => {
    const { from, until } = detail['after'] as Detail;
    return `Added a risk window, ${text(detail['name'])}, from ${text(from)} until ${text(until)}; ${text(detail['why'])}`;
  },
  'riskWindow.change': (detail) => `Changed a risk window, ${text(detail['name'])}: ${changes(detail)}; ${text(detail['why'])}`,
  'riskWindow.end': (detail) => `Ended a risk window, ${text(detail['name'])}: ${detail['after'] ? changes(detail) : 'taken away before it began'}; ${text(detail['why'])}`,
  'reconciliation.run': (detail) => `Reconciled ${plural(Number(detail['lines']), 'line')}, ${plural(Number(detail['exceptions']), 'exception')}`,
};

/** The sentence of an event; the bare action where this version has no words for it. */
export const eventSentence = (action: string, subject: string, detail: string): string => SENTENCES[action]?.(JSON.parse(detail) as Detail, subject) ?? `${action} ${subject}`;
