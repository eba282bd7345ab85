/**
 * Import profiles: every kind of file that is known, found by system, kind or column, and one of them in full.
 */
import { useMemo, useState } from 'react';
import type { KnownProfile } from '@shared/domain/import';
import { KIND_WORDS } from '@shared/domain/import-words';
import { useQuery } from '../../api';
import { useStatus } from '../../app/workspace';
import { countText, countWords, Desk, EmptyState, Pending, type PickEntry, PickList, SheetIcon, TextField } from '../../ui';
import { ProfilePane } from './profile-pane';
import { groupOf, holdsText } from './profile-search';
import styles from './profiles.module.css';

export function ProfilesScreen() {
  const known = useQuery('imports:profiles', {}, { areas: ['imports'], keepsPrevious: true });
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const all = useMemo(() => [...(known.value ?? [])].sort(byGroup), [known.value]);
  const shown = all.filter((each) => holdsText(each.profile, text));
  const selected = shown.find(({ profile }) => profile.id === chosen) ?? shown[0];
  const saved = all.filter((each) => each.saved).length;
  useStatus([
    { label: 'profiles', value: countText(all.length) },
    { label: 'made here', value: countText(saved) },
  ]);
  if (!known.value || known.refusal) return <Pending of={known} label="Import profiles" />;
  return (
    <div data-testid="profiles" className={styles['profiles']}>
      <Desk
        head={
          <div className={styles['search']}>
            <TextField label="Find a profile" labelHidden placeholder="System, kind or column" value={text} onValue={setText} />
          </div>
        }
        list={
          <PickList
            label="Import profiles"
            entries={shown.map(entryOf)}
            chosen={selected?.profile.id}
            onChoose={setChosen}
            testId="profile-list"
          />
        }
        foot={
          <p className={styles['quiet']}>
            {text.trim() === '' ? countWords(all.length, 'profile') : `${countText(shown.length)} of ${countWords(all.length, 'profile')}`}
          </p>
        }
      >
        {selected ? (
          <ProfilePane key={selected.profile.id} known={selected} />
        ) : (
          <EmptyState icon={SheetIcon} title="No profile holds this text">
            A file that no profile knows is mapped when it is imported; the mapping is kept as a profile.
          </EmptyState>
        )}
      </Desk>
    </div>
  );
}

/** What people made in this workbook comes first; the rest stays in the program's order, by system. */
const byGroup = (left: KnownProfile, right: KnownProfile): number => Number(right.saved) - Number(left.saved);

const entryOf = (known: KnownProfile, index: number, all: readonly KnownProfile[]): PickEntry => {
  const { profile } = known;
  const group = groupOf(known);
  const before = all[index - 1];
  return {
    ...(before && groupOf(before) === group ? {} : { heading: group }),
    key: profile.id,
    title: profile.name,
    detail: KIND_WORDS[profile.kind],
    name: `${profile.name}, ${KIND_WORDS[profile.kind]}`,
  };
};
