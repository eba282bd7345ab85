/**
 * A kept file is written as it is packed, piece by piece: held together in memory, a large one would take several times
 * its packed size before it is stored. A file that an older version kept stays whole in `source_files`.
 */
const TABLES = /* sql */ `
CREATE TABLE source_file_parts (
  sha256 TEXT NOT NULL REFERENCES source_files (sha256),
  part_number INTEGER NOT NULL,
  -- Follows source_files.deflated_content and the parts before it: together one zlib stream.
  deflated_content BLOB NOT NULL,
  PRIMARY KEY (sha256, part_number)
) STRICT;
CREATE TRIGGER source_file_parts_no_update BEFORE UPDATE ON source_file_parts
BEGIN SELECT RAISE(ABORT, 'a source file is kept as it came'); END;
`;

export const migration0006 = { version: 6, name: '0006-source-files-in-parts', sql: TABLES } as const;
