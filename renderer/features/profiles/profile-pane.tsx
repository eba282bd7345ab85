/**
 * One profile as a page: what the file holds and what it does not, which columns it reads, which rows are no data.
 */
import type { KnownProfile } from '@shared/domain/import';
import { KIND_WORDS } from '@shared/domain/import-words';
import { type PageColumn, pageOfProfile } from '@shared/domain/profile-page';
import { Badge, countText, Facts, Pane, Section, Table } from '../../ui';
import styles from './profiles.module.css';

export function ProfilePane({ known: { profile, saved } }: { readonly known: KnownProfile }) {
  const page = pageOfProfile(profile);
  const half = Math.ceil(page.facts.length / 2);
  return (
    <Pane
      title={profile.name}
      aside={
        <>
          <Badge tone="neutral">{KIND_WORDS[profile.kind]}</Badge>
          {saved ? <Badge tone="neutral">Made in this workbook</Badge> : null}
        </>
      }
      testId="profile"
    >
      {profile.comment ? (
        <p className={styles['comment']} data-selectable>
          {profile.comment}
        </p>
      ) : null}
      <div className={styles['facts']} data-selectable>
        <Facts facts={page.facts.slice(0, half)} />
        <Facts facts={[...page.facts.slice(half), { name: 'Version', value: `${countText(profile.version)}, ${profile.id}` }]} />
      </div>
      <Section title="How it is recognised">
        <p className={styles['text']} data-selectable>
          {page.recognised}
        </p>
        {profile.refuse.map(({ message }) => (
          <p key={message} className={styles['text']} data-selectable>
            {`A file that only looks like it is refused: ${message}`}
          </p>
        ))}
      </Section>
      <Section title={`Columns it reads, ${countText(page.columns.length)}`}>
        <Table<PageColumn>
          caption="Columns it reads"
          rows={page.columns}
          rowKey={(_column, index) => index}
          columns={[
            { id: 'field', title: 'Fills', width: 150, wraps: true, cell: ({ field }) => field },
            { id: 'headers', title: 'Header, any of', wraps: true, cell: ({ headers }) => headers },
            { id: 'how', title: 'How it is read', wraps: true, cell: ({ how }) => <span className={styles['quiet']}>{how || 'as it stands'}</span> },
          ]}
        />
      </Section>
      <Sentences title="What a row tells" sentences={page.records} none="Its cells, once." />
      <Sentences title="Rows that are no data" sentences={page.noData} none="None but empty rows and the header again." />
    </Pane>
  );
}

function Sentences({ title, sentences, none }: { readonly title: string; readonly sentences: readonly string[]; readonly none: string }) {
  return (
    <Section title={title}>
      {sentences.length === 0 ? (
        <p className={styles['text']}>{none}</p>
      ) : (
        <ul className={styles['sentences']} data-selectable>
          {sentences.map((each, index) => (
            <li key={index}>{each}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
