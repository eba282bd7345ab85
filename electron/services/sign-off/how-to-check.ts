/**
 * How each check of a verification can be done without Tieout, with tools that anybody has: sqlite3, openssl, python3 for
 * unpacking, Excel or LibreOffice. `FILE` stands for the file that was verified.
 *
 * Whoever checks need not take Tieout's word for anything: so every check has a line here, and the compiler asks for it.
 */
const UNPACK = `xxd -r -p | python3 -c "import sys,zlib; sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))" | sha256sum`;
/** The text that a seal signs (`signedMessage`), in SQL. */
const SEAL_TEXT = `printf('Tieout seal 2%sworkbook %s%speriod %s%sseal %s%sleaves %d%sroot %s%s', char(10), json_extract(statement, '$.workbookUuid'), char(10), json_extract(statement, '$.periodCode'), char(10), json_extract(statement, '$.sealNumber'), char(10), 1 + (SELECT sum(json_extract(value, '$.rows')) FROM json_each(statement, '$.tables')), char(10), root_hash, char(10))`;

export const HOW_TO_CHECK = {
  file: 'sqlite3 FILE "PRAGMA integrity_check; PRAGMA foreign_key_check" prints ok and nothing more.',
  schema: 'sqlite3 FILE .schema, compared line by line with that of a new, empty workbook of the same version.',
  trail:
    'The hash of each row of audit_events is the SHA-256 of its fields as JSON without spaces, keys in alphabetical order (action, actor, atInstant, detail, periodId, previousHash, sequence, subject); previous_hash is the hash of the row before.',
  sources:
    `For each sha256 of source_files: sqlite3 FILE "SELECT hex(deflated_content) FROM source_files WHERE sha256 = 'HASH'; SELECT hex(deflated_content) FROM source_file_parts WHERE sha256 = 'HASH' ORDER BY part_number" | ${UNPACK} prints HASH, as sha256sum does of the file that was imported.`,
  attachments: `For each sha256 of attached_files: sqlite3 FILE "SELECT hex(deflated_content) FROM attached_file_parts WHERE sha256 = 'HASH' ORDER BY part_number" | ${UNPACK} prints HASH.`,
  journals:
    `sqlite3 FILE "SELECT writefile(number || '.xlsx', signed_file) FROM journals" writes the signed files; Excel or LibreOffice shows their signatures. SELECT journal_id, sum(debit_minor) - sum(credit_minor) FROM journal_lines GROUP BY journal_id gives 0 for each.`,
  trust:
    `sqlite3 FILE "SELECT fingerprint, certificate_pem FROM person_certificates; SELECT fingerprint, certificate_pem FROM trusted_roots": openssl x509 -noout -fingerprint -sha256 of each certificate is its fingerprint, and an event person.add, person.certificate, root.trust or certificate.revoke of audit_events names it.`,
  lockedPeriods: `sqlite3 FILE "SELECT code FROM periods WHERE state = 'locked' AND period_id NOT IN (SELECT period_id FROM seals)" prints nothing.`,
  seal:
    `The signed text is six lines, each ended by a line feed: "Tieout seal 2", "workbook UUID", "period CODE", "seal N", "leaves COUNT", "root ROOT". COUNT is 1 for the statement and the sum of the rows that it gives for each table. With ID of seals: sqlite3 FILE "SELECT writefile('seal.txt', ${SEAL_TEXT}) FROM seals WHERE seal_id = ID; SELECT writefile('seal.sig', signature), writefile('signer.pem', certificate_pem) FROM seals JOIN person_certificates ON fingerprint = json_extract(statement, '$.signerFingerprint') WHERE seal_id = ID"; openssl x509 -in signer.pem -pubkey -noout > key.pem; openssl dgst -sha256 -verify key.pem -signature seal.sig seal.txt prints Verified OK. (A seal without a format in its statement signs root_hash alone.) The rows of seal_pieces, unpacked, are the leaves of the root.`,
  reopenings:
    `sqlite3 FILE "SELECT writefile('reopening.json', statement), writefile('asker.sig', asker_signature), writefile('controller.sig', controller_signature) FROM reopenings WHERE reopening_id = ID"; with the key of each person as for a seal: openssl dgst -sha256 -verify key.pem -signature asker.sig reopening.json prints Verified OK.`,
  lodged: 'Compare the code with the one that was lodged: on the sign-off page, in the mail, in the auditor\'s file. It is made from seals.root_hash alone.',
  signature:
    'Excel: File, Info, View Signatures. LibreOffice: File, Digital Signatures. Both show the signer, the time and the certificate; its SHA-256 fingerprint is the one above.',
  certificate:
    'Take the first X509Certificate of _xmlsignatures/sig1.xml (unzip -p FILE) as a .pem file: openssl x509 -in signer.pem -noout -subject -issuer -dates -fingerprint -sha256. With the chain and a root: openssl verify -CAfile root.pem -untrusted chain.pem -attime SECONDS signer.pem. With a revocation list: openssl crl -in list.pem -noout -text. Ask the signer, not by the way the file came, for the fingerprint.',
  content:
    'unzip -l FILE lists every item once. Excel and LibreOffice call the signatures valid; neither reports a part that was added beside what is signed: every item but [Content_Types].xml, docProps and _xmlsignatures must stand in the Manifest of _xmlsignatures/sig1.xml, with the SHA-256 of its bytes in base64 (unzip -p FILE ITEM | openssl dgst -sha256 -binary | base64).',
  signers: 'Open the sign-off sheet: everybody whom it names must be among the signatures that Excel or LibreOffice shows.',
  againstWorkbook: `sqlite3 WORKBOOK "SELECT writefile(number || '.xlsx', signed_file) FROM journals" writes the journals as the workbook holds them; sha256sum of the right one and of FILE are equal.`,
  packContainer: 'unzip -l FILE names each file once; unzip -t FILE finds no error.',
  packSums: 'In the unpacked folder: sha256sum -c SHA256SUMS; part 1 of CHECK-THIS.txt compares the names too.',
  packManifest: 'In the unpacked folder: openssl x509 -in signer.pem -pubkey -noout > signer.key; openssl dgst -sha256 -verify signer.key -signature MANIFEST.sig MANIFEST.txt prints Verified OK. Ask the signer for the fingerprint of the certificate by another way than the pack came.',
  packWorkbook: 'Parts 3 to 6 of CHECK-THIS.txt in the pack: commands of sh, sqlite3, sha256sum and openssl.',
} as const satisfies Readonly<Record<string, string>>;

export type HowToCheck = keyof typeof HOW_TO_CHECK;
