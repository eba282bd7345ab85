/**
 * Whom a workbook trusts: the certificates of its people with their issuers, the roots that it trusts, what was revoked.
 *
 * A person may have several certificates one after the other; `people` keeps the first, as seals hold it. Nothing here is
 * changed or erased: a root is withdrawn, once, with a reason; a revocation stands.
 */
const TABLES = /* sql */ `
CREATE TABLE person_certificates (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
  person_id INTEGER NOT NULL REFERENCES people (person_id),
  certificate_pem TEXT NOT NULL CHECK (certificate_pem <> ''),
  -- The certificates of its issuers, nearest first; empty for one signed by itself.
  chain_pem TEXT NOT NULL,
  added_instant INTEGER NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
CREATE INDEX person_certificates_by_person ON person_certificates (person_id, added_instant);
INSERT INTO person_certificates SELECT fingerprint, person_id, certificate_pem, '', added_instant, '' FROM people;

CREATE TABLE trusted_roots (
  trusted_root_id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  name TEXT NOT NULL CHECK (name <> ''),
  certificate_pem TEXT NOT NULL CHECK (certificate_pem <> ''),
  trusted_instant INTEGER NOT NULL,
  trusted_by TEXT NOT NULL,
  withdrawn_instant INTEGER,
  withdrawn_by TEXT,
  withdrawn_why TEXT CHECK (withdrawn_why <> ''),
  CHECK ((withdrawn_instant IS NULL) = (withdrawn_by IS NULL)),
  CHECK ((withdrawn_instant IS NULL) = (withdrawn_why IS NULL))
) STRICT;
CREATE UNIQUE INDEX trusted_roots_once ON trusted_roots (fingerprint) WHERE withdrawn_instant IS NULL;

-- Lists as authorities signed them, whole.
CREATE TABLE revocation_lists (
  revocation_list_id INTEGER PRIMARY KEY,
  issuer_fingerprint TEXT NOT NULL CHECK (length(issuer_fingerprint) = 64),
  issued_instant INTEGER NOT NULL,
  content_pem TEXT NOT NULL CHECK (content_pem <> ''),
  added_instant INTEGER NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
CREATE INDEX revocation_lists_by_issuer ON revocation_lists (issuer_fingerprint, issued_instant);

CREATE TABLE revocations (
  revocation_id INTEGER PRIMARY KEY,
  -- Empty where a list names a certificate that this workbook has not seen.
  fingerprint TEXT NOT NULL,
  issuer_fingerprint TEXT NOT NULL,
  serial_number TEXT NOT NULL CHECK (serial_number <> ''),
  revoked_instant INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('unspecified', 'key_lost', 'left', 'replaced', 'no_longer_used')),
  stated_instant INTEGER NOT NULL,
  stated_by TEXT NOT NULL,
  -- The list that says so; null where a person of this workbook stated it.
  revocation_list_id INTEGER REFERENCES revocation_lists (revocation_list_id)
) STRICT;
CREATE INDEX revocations_by_certificate ON revocations (issuer_fingerprint, serial_number);
`;

const never = (table: string, verb: 'UPDATE' | 'DELETE', why: string): string => /* sql */ `
CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${why}'); END;`;

const both = (table: string, why: string): string => never(table, 'UPDATE', why) + never(table, 'DELETE', why);

const KEPT = [
  both('person_certificates', 'a certificate of a person is kept as it came'),
  both('revocation_lists', 'a list of revoked certificates is kept as it was signed'),
  both('revocations', 'a revocation stands'),
  /* sql */ `
CREATE TRIGGER trusted_roots_only_withdrawn BEFORE UPDATE ON trusted_roots
WHEN OLD.withdrawn_instant IS NOT NULL OR OLD.trusted_root_id IS NOT NEW.trusted_root_id OR OLD.fingerprint IS NOT NEW.fingerprint OR OLD.name IS NOT NEW.name
  OR OLD.certificate_pem IS NOT NEW.certificate_pem OR OLD.trusted_instant IS NOT NEW.trusted_instant OR OLD.trusted_by IS NOT NEW.trusted_by
BEGIN SELECT RAISE(ABORT, 'a trusted root is withdrawn once and never changed'); END;`,
  never('trusted_roots', 'DELETE', 'a trusted root is withdrawn and never erased'),
];

export const migration0017 = {
  version: 17,
  name: '0017-trust',
  sql: [TABLES, ...KEPT].join('\n'),
} as const;
