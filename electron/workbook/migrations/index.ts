/**
 * Every migration in order: numbered, forward only, one file each. The workbook's `user_version` is the last one done.
 */
import { migration0001 } from './0001-create-workbook';
import { migration0002 } from './0002-several-records-per-row';
import { migration0003 } from './0003-count-sheets';
import { migration0004 } from './0004-import-life';
import { migration0005 } from './0005-extend-identity';
import { migration0006 } from './0006-source-files-in-parts';
import { migration0007 } from './0007-ledger-entries';
import { migration0008 } from './0008-version-rules';
import { migration0009 } from './0009-route-lines';
import { migration0010 } from './0010-follow-cases';
import { migration0011 } from './0011-reconciled-states';
import { migration0012 } from './0012-saved-views';
import { migration0013 } from './0013-notes-and-attachments';
import { migration0014 } from './0014-lines-to-see';
import { migration0015 } from './0015-reopen-periods';
import { migration0016 } from './0016-kinds-of-journals';
import { migration0017 } from './0017-trust';
import { migration0018 } from './0018-freeze-what-was-used';
import { migration0019 } from './0019-periods-in-a-currency';
import { migration0020 } from './0020-freeze-units-and-recipes';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  migration0001, migration0002, migration0003, migration0004, migration0005, migration0006, migration0007, migration0008,
  migration0009, migration0010, migration0011, migration0012, migration0013, migration0014, migration0015, migration0016,
  migration0017, migration0018, migration0019, migration0020,
];

for (const [index, migration] of MIGRATIONS.entries()) {
  if (migration.version !== index + 1) throw new Error(`migration ${migration.name} is out of order`);
}

/** The schema this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;
