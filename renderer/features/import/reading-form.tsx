/**
 * How the file is read, and what a person says it should be read as instead: profile, encoding, sheet. What was found
 * out is named beside what could be chosen.
 */
import { useState } from 'react';
import { type FileInspection, TEXT_ENCODINGS, type TextEncoding } from '@shared/domain/import';
import { Button, SelectField } from '../../ui';
import type { FileGiven, QueuedFile } from './queued-file';
import { encodingWords, kindAndSystem } from './words';
import styles from './import.module.css';

export interface ReadingFormProps {
  readonly file: QueuedFile;
  readonly inspection: FileInspection;
  readonly disabled?: boolean;
  readonly onRead: (given: FileGiven) => void;
  /** Opens the mapping; undefined where it is open. */
  readonly onMap?: () => void;
}

/** No profile has this identifier: identifiers are letters, digits and hyphens. */
const BY_MAPPING = '(mapping)';

export function ReadingForm({ file, inspection, disabled = false, onRead, onMap }: ReadingFormProps) {
  const { given } = file;
  const isText = inspection.sheets.length === 0;
  const readAs = given.mapping ? BY_MAPPING : (inspection.profile?.id ?? BY_MAPPING);
  const [profileId, setProfileId] = useState(onMap ? readAs : BY_MAPPING);
  const [encoding, setEncoding] = useState<TextEncoding | ''>(given.encoding ?? '');
  const [sheet, setSheet] = useState(inspection.sheet ?? '');
  const isOtherProfile = profileId !== (onMap ? readAs : BY_MAPPING);
  const isOther = isOtherProfile || encoding !== (given.encoding ?? '') || sheet !== (inspection.sheet ?? '');

  const read = () => {
    if (profileId === BY_MAPPING && isOtherProfile) return onMap?.();
    onRead({
      ...(isOtherProfile ? { profileId, mapping: undefined } : {}),
      ...(isText ? { encoding: encoding === '' ? undefined : encoding } : {}),
      ...(inspection.sheets.length > 1 ? { sheet } : {}),
    });
  };
  return (
    <div className={styles['reading']} role="group" aria-label="How the file is read">
      {inspection.fits.length > 0 || onMap ? (
        <SelectField
          label="Read it as"
          value={profileId}
          onValue={setProfileId}
          disabled={disabled}
          choices={[
            ...inspection.fits.map(({ id, name, kind, system, recognised }) => ({
              value: id,
              label: `${name}: ${kindAndSystem(kind, system)}${recognised ? ', recognised' : ''}`,
            })),
            { value: BY_MAPPING, label: given.mapping ? 'The mapping that was made' : onMap ? 'Another mapping' : 'The mapping below' },
          ]}
        />
      ) : null}
      {inspection.sheets.length > 1 ? (
        <SelectField
          label="Sheet"
          value={sheet}
          onValue={setSheet}
          disabled={disabled}
          choices={inspection.sheets.map((name) => ({ value: name, label: name }))}
        />
      ) : null}
      {isText ? (
        <SelectField<TextEncoding | ''>
          label="Encoding"
          value={encoding}
          onValue={setEncoding}
          disabled={disabled}
          choices={[
            { value: '', label: given.encoding ? 'As the file says' : `${encodingWords(inspection.encoding)}, as found` },
            ...TEXT_ENCODINGS.map((each) => ({ value: each, label: encodingWords(each) })),
          ]}
        />
      ) : null}
      <div className={styles['givenButton']}>
        <Button disabled={disabled || !isOther} onClick={read}>
          {profileId === BY_MAPPING && isOtherProfile ? 'Map the columns' : 'Read it so'}
        </Button>
      </div>
    </div>
  );
}

/** The form begins anew with every look at the file: what is shown is what holds. */
export const readingKey = ({ given, inspection }: QueuedFile): string =>
  JSON.stringify([inspection?.profile?.id, inspection?.encoding, inspection?.sheet, given.encoding, given.mapping !== undefined]);
