/**
 * CHECK-THIS.txt: how everything in an audit pack is checked without Tieout. Indented lines are commands for `sh`; taken
 * together they are a script that stops at the first thing that does not hold, and a test runs them so.
 */
export interface CheckThis {
  readonly company: string;
  readonly periodCode: string;
  readonly workbookPath: string;
  /** Names without their endings: `seal/seal-2026-10-1`. */
  readonly seals: readonly { readonly stem: string; readonly hasLeaves: boolean }[];
  /** Where each signed journal lies, and the query that takes the same out of the workbook. */
  readonly journals: readonly { readonly path: string; readonly from: string }[];
  readonly hasAttachments: boolean;
}

const commands = (...lines: readonly string[]): string => lines.map((line) => `    ${line}`).join('\n');

const underTheirHash = (folder: string): string =>
  commands(`for d in ${folder}/*; do`, `  test "$(cat "$d"/* | sha256sum | cut -c 1-64)" = "\${d##*/}" || { echo "$d differs"; exit 1; }`, 'done');

const fingerprintOf = (certificate: string) => `openssl x509 -in ${certificate} -noout -fingerprint -sha256 | cut -d = -f 2 | tr -d : | tr A-F a-f`;

const sealCommands = (stem: string): string =>
  commands(
    `openssl x509 -in ${stem}.pem -pubkey -noout > "$T/seal.key"`,
    `openssl dgst -sha256 -verify "$T/seal.key" -signature ${stem}.sig ${stem}.txt`,
    `grep -q "\\"signerFingerprint\\":\\"$(${fingerprintOf(`${stem}.pem`)})\\"" ${stem}.statement.json`,
    `grep -q "^{\\"hash\\":\\"$(sed 's/.*"chainHash":"\\([0-9a-f]*\\)".*/\\1/' ${stem}.statement.json)\\"" trail/events.jsonl`,
  );

const OCTAL = `awk '{ o = ""; for (i = 1; i <= 64; i += 2) o = o sprintf("\\\\%03o", (index(h, substr($0, i, 1)) - 1) * 16 + index(h, substr($0, i + 1, 1)) - 1); print o }' h=0123456789abcdef`;

const treeCommands = (stem: string): string =>
  commands(
    `rm -rf "$T/tree"; mkdir "$T/tree"; n=10000000`,
    `while IFS= read -r leaf; do printf '\\0%s' "$leaf" > "$T/tree/$n"; n=$((n + 1)); done < ${stem}.leaves.txt`,
    `hashes() { (cd "$T/tree" && find . -type f | LC_ALL=C sort | xargs sha256sum | cut -c 1-64); }`,
    `hashes > "$T/level"`,
    `while [ "$(wc -l < "$T/level")" -gt 1 ]; do`,
    `  ${OCTAL} "$T/level" > "$T/octal"`,
    `  rm -rf "$T/tree"; mkdir "$T/tree"; n=10000000; odd=`,
    `  while IFS= read -r a; do`,
    `    if IFS= read -r b; then printf "\\\\001$a$b" > "$T/tree/$n"; n=$((n + 1)); else odd=$(tail -n 1 "$T/level"); fi`,
    `  done < "$T/octal"`,
    `  hashes > "$T/next"; test -z "$odd" || echo "$odd" >> "$T/next"; mv "$T/next" "$T/level"`,
    `done`,
    `test "$(cat "$T/level")" = "$(sed -n 's/^root //p' ${stem}.txt)"`,
    `test "$(tail -n 1 ${stem}.leaves.txt)" = "statement $(cat ${stem}.statement.json)"`,
  );

/** The text of the guide. */
export function checkThis(pack: CheckThis): string {
  const sqlite = `sqlite3 -readonly ${pack.workbookPath}`;
  const parts = [
    `How to check this audit pack without Tieout\n\n${pack.company}, period ${pack.periodCode}. What is here is tamper-evident: a change shows, it is not prevented.
Needed: a POSIX shell, sha256sum, awk, find, openssl; for part 5 also sqlite3. Unpack the zip file, and go to its folder (unzip PACK.zip -d pack; cd pack).
Lines that are indented are commands. Give them in order, in one shell: set -e ends it at the first that does not hold.`,
    commands('set -e', 'T=$(mktemp -d)'),
    `1. Files: each is as SHA256SUMS says, none is missing, none was added. unzip -l PACK.zip names each once.`,
    commands(
      'sha256sum -c --quiet SHA256SUMS',
      `{ cut -c 67- SHA256SUMS; printf '%s\\n' SHA256SUMS MANIFEST.txt MANIFEST.sig signer.pem; } | LC_ALL=C sort > "$T/listed"`,
      `find . -type f | sed 's,^\\./,,' | LC_ALL=C sort > "$T/found"`,
      'cmp "$T/listed" "$T/found"',
    ),
    `2. Manifest: signed by whoever made the pack, and it names SHA256SUMS. Prints Verified OK, then the signer and the fingerprint.
Ask the signer for that fingerprint by another way than the pack came: somebody else could have made a pack and signed it with a key of their own.`,
    commands(
      'openssl x509 -in signer.pem -pubkey -noout > "$T/signer.key"',
      'openssl dgst -sha256 -verify "$T/signer.key" -signature MANIFEST.sig MANIFEST.txt',
      'grep -qx "SHA256SUMS $(sha256sum < SHA256SUMS | cut -c 1-64)" MANIFEST.txt',
      `grep -qx "fingerprint $(${fingerprintOf('signer.pem')})" MANIFEST.txt`,
      'openssl x509 -in signer.pem -noout -subject -fingerprint -sha256',
    ),
    `3. Audit trail: trail/events.jsonl has one event in each line. Its hash is the SHA-256 of the text after "event":, up to the last brace; that text names
the hash of the line before. sha256sum does one file each, so every event becomes a small file first: with hundreds of thousands, allow some minutes.`,
    commands(
      `mkdir "$T/events"; n=0; previous=$(printf '%064d' 0)`,
      'while IFS= read -r line; do',
      '  n=$((n + 1))',
      `  rest=\${line#'{"hash":"'}; hash=\${rest%%'"'*}; event=\${rest#*'","event":'}; event=\${event%'}'}`,
      `  case $event in *'"previousHash":"'"$previous"'","sequence":'"$n"',"subject":'*) ;; *) echo "event $n does not follow the one before"; exit 1 ;; esac`,
      `  printf '%s' "$event" > "$T/events/$n"; echo "$hash  $n" >> "$T/events.sums"; previous=$hash`,
      'done < trail/events.jsonl',
      '(cd "$T/events" && sha256sum -c --quiet ../events.sums)',
    ),
    `4. Source files${pack.hasAttachments ? ' and attachments' : ''}: each lies in a folder named by its SHA-256, as it was imported.`,
    underTheirHash('sources'),
    ...(pack.hasAttachments ? [underTheirHash('attachments')] : []),
    `5. Workbook (needs sqlite3): sound, with the trail above, its journals in balance and the same as in journals/. The last command prints lines,
variances and their value in minor units; the reports state the same.`,
    commands(
      `test "$(${sqlite} 'PRAGMA integrity_check')" = ok`,
      `test "$(${sqlite} 'SELECT hash FROM audit_events ORDER BY sequence DESC LIMIT 1')" = "$previous"`,
      `test -z "$(${sqlite} 'SELECT journal_id FROM journal_lines GROUP BY journal_id HAVING sum(debit_minor) <> sum(credit_minor)')"`,
      `for h in $(${sqlite} "SELECT DISTINCT sha256 FROM imports JOIN periods USING (period_id) WHERE code = '${pack.periodCode}'"); do test -d "sources/$h"; done`,
      ...pack.journals.map(({ path, from }) => `${sqlite} "SELECT hex(signed_file) FROM ${from}" | tr -d '\\n' | xxd -r -p | cmp - ${path}`),
      `${sqlite} "SELECT count(*), sum(variance_minor <> 0), sum(variance_minor) FROM lines JOIN periods USING (period_id) WHERE code = '${pack.periodCode}'"`,
    ),
    `The signatures of the journals are shown by Excel (File, Info, View Signatures) and LibreOffice (File, Digital Signatures).`,
    ...pack.seals.flatMap(({ stem, hasLeaves }, index) => [
      `${6 + index}. Seal ${stem.replace('seal/', '')}: signed by whoever locked the period, at a place of the trail above. Prints Verified OK. The fingerprint of
${stem}.pem is to be compared as in part 2; the root with the code that was lodged outside, which alone shows a workbook that the same person made anew.`,
      sealCommands(stem),
      ...(hasLeaves
        ? [`Its root is that of a hash tree over every sealed row (RFC 6962): a leaf is hashed after a zero byte, two nodes after a one byte. Each line of
${stem}.leaves.txt is a leaf. sh does this for thousands of rows in seconds; for a million, write the same in a language that hashes in memory.`, treeCommands(stem)]
        : []),
    ]),
    'Nothing failed: what was signed is what is here.',
    commands('rm -rf "$T"', 'echo "All of it holds."'),
  ];
  return `${parts.join('\n\n')}\n`;
}
