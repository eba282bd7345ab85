/**
 * The profiles a workbook knows: those that come with the program and those that people saved in it.
 */
import type { ImportFailure, KnownProfile } from '@shared/domain/import';
import { ImportProfile, type ImportProfileText, type ProfileListing } from '@shared/domain/import-profile';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { BUILT_IN_PROFILES, listingOf } from './built-in-profiles';
import { appendAudit } from '../../../workbook/audit';
import { listSavedProfiles, savedProfileById, upsertSavedProfile } from '../../../workbook/tables/imports';
import { inTransaction, type ReadableWorkbook } from '../../../workbook/workbook';
import { actorText, type ServiceContext } from '../../context';

export interface KnownProfiles {
  readonly all: readonly ImportProfile[];
  /** Identifiers of those that a person made. */
  readonly saved: ReadonlySet<string>;
}

export function knownProfiles(workbook: ReadableWorkbook | undefined): KnownProfiles {
  const saved = workbook ? listSavedProfiles(workbook).map((row) => ImportProfile.parse(JSON.parse(row.definition))) : [];
  return { all: [...BUILT_IN_PROFILES, ...saved], saved: new Set(saved.map((profile) => profile.id)) };
}

/** Every profile whole. */
export function profilesWhole(workbook?: ReadableWorkbook): KnownProfile[] {
  const { all, saved } = knownProfiles(workbook);
  return all.map((profile) => ({ profile, saved: saved.has(profile.id) }));
}

/** Every profile with what it holds; without a workbook only those that come with the program. */
export function listProfiles(workbook?: ReadableWorkbook): ProfileListing[] {
  const { all, saved } = knownProfiles(workbook);
  return all.map((profile) => listingOf(profile, saved.has(profile.id)));
}

/**
 * Saves a mapping as a profile of the workbook, recognised from then on. A profile of the same identifier gets the next
 * version; imports keep the version they were read with.
 */
export function saveProfile(
  context: ServiceContext,
  written: ImportProfileText,
): Outcome<ImportProfile, Extract<ImportFailure, 'profile_invalid'>> {
  const parsed = ImportProfile.safeParse(written);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    return refused('profile_invalid', `The mapping cannot be used: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'it is no profile'}.`);
  }
  if (BUILT_IN_PROFILES.some((profile) => profile.id === parsed.data.id)) {
    return refused('profile_invalid', `${parsed.data.id} is a profile of the program. Give the mapping another name.`);
  }
  const { workbook } = context;
  return inTransaction(workbook, () => {
    const before = savedProfileById(workbook, parsed.data.id);
    const held = before && ImportProfile.parse(JSON.parse(before.definition));
    const same = held && JSON.stringify({ ...held, version: 0 }) === JSON.stringify({ ...parsed.data, version: 0 });
    if (same) return done(held);
    const profile = { ...parsed.data, version: held ? held.version + 1 : 1 };
    upsertSavedProfile(workbook, {
      profile_id: profile.id, name: profile.name, definition: JSON.stringify(profile), saved_instant: context.now(),
    });
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'profile.save',
      periodId: null,
      subject: `profile:${profile.id}`,
      detail: { before: before?.definition ?? null, after: JSON.stringify(profile) },
    });
    return done(profile);
  });
}
