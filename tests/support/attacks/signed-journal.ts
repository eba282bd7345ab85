/** Attacks on a signed journal that was exported: its parts, the zip around them, its signatures. */
import fs from 'node:fs';
import { signPackage } from '../../../electron/files/signatures/sign-package';
import { forged, textOfItem, withText } from '../signing';
import type { Attack, FoundBy, Sealed } from './attack';
import { ZIP_TRICKS } from './zip-tricks';

const SHEET = 'xl/worksheets/sheet1.xml';
const JOURNAL = 'xl/worksheets/sheet1.xml (sheet "Journal") is not as ';
const BOOK = 'xl/workbook.xml';
const TYPES = '[Content_Types].xml';
const SIG1 = '_xmlsignatures/sig1.xml';
const SIG2 = '_xmlsignatures/sig2.xml';
const ORIGIN = '_xmlsignatures/origin.sigs';
const ORIGIN_RELS = '_xmlsignatures/_rels/origin.sigs.rels';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

type Bytes = Uint8Array;

const attack = (name: string, named: readonly string[], change: (bytes: Bytes, sealed: Sealed) => Bytes, foundBy: FoundBy = 'the file'): Attack => ({
  group: 'signed journal', name, verified: 'journal', foundBy,
  run: ({ journalPath, sealed }) => {
    const before = new Uint8Array(fs.readFileSync(journalPath));
    const after = change(before, sealed);
    if (Buffer.compare(before, after) === 0) throw new Error(`changed nothing: ${name}`);
    fs.writeFileSync(journalPath, after);
    return named;
  },
});

/** The package with a pattern inside one item replaced; fails when it is not there. */
function withPattern(bytes: Bytes, item: string, from: RegExp, to: string): Bytes {
  const before = textOfItem(bytes, item);
  if (!from.test(before)) throw new Error(`${item} does not hold ${from}`);
  return forged(bytes, { [item]: before.replace(from, to) });
}

const stripped = (bytes: Bytes, signatures: readonly string[]): Bytes => {
  let rels = textOfItem(bytes, ORIGIN_RELS);
  for (const signature of signatures) rels = rels.replace(new RegExp(`<Relationship [^>]*Target="${signature.split('/').at(-1)}"[^>]*></Relationship>`), '');
  return forged(bytes, { ...Object.fromEntries(signatures.map((signature) => [signature, undefined])), [ORIGIN_RELS]: rels });
};

const unsigned = (bytes: Bytes): Bytes => {
  let bare = forged(bytes, { [SIG1]: undefined, [SIG2]: undefined, [ORIGIN]: undefined, [ORIGIN_RELS]: undefined });
  bare = withPattern(bare, '_rels/.rels', /<Relationship [^>]*digital-signature\/origin[^>]*><\/Relationship>/, '');
  return withPattern(bare, TYPES, /<Override [^>]*sig1\.xml[^>]*><\/Override><Override [^>]*sig2\.xml[^>]*><\/Override>/, '');
};

const SIGNING = { signedAtInstant: Date.UTC(2026, 9, 3, 13), purpose: 'Prepared journal ADJ-2026-09-1 of 2026-09' } as const;

const withPart = (bytes: Bytes, part: string, content: string, contentType: string): Bytes =>
  withText(forged(bytes, { [part]: content }), TYPES, '</Types>', `<Override ContentType="${contentType}" PartName="/${part}"></Override></Types>`);

const PARTS: readonly Attack[] = [
  attack('a figure of a cell changed', ['Journal, cell ', ': was '], (bytes) => withPattern(bytes, SHEET, /(<c r="[EF]\d+" s="\d+"><v>)([\d.]+)(<\/v>)/, '$1999$3')),
  attack('a figure of a cell changed, named by its sheet', [JOURNAL], (bytes) => withPattern(bytes, SHEET, /(<c r="[EF]\d+" s="\d+"><v>)([\d.]+)(<\/v>)/, '$1999$3')),
  attack('a text of a cell changed', ['Journal, cell ', ': was '], (bytes) => withPattern(bytes, SHEET, /<v>Ana Reyes<\/v>/, '<v>Eve Nobody</v>')),
  attack('texts shared in a part of their own put in', ['xl/sharedStrings.xml'], (bytes) => withPart(bytes, 'xl/sharedStrings.xml', '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>x</t></si></sst>', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml')),
  attack('a number format that hides figures', ['xl/styles.xml'], (bytes) => withPattern(bytes, 'xl/styles.xml', /formatCode="[^"]*"/, 'formatCode=";;;"')),
  attack('a cell given another style', [JOURNAL], (bytes) => withPattern(bytes, SHEET, /<c r="A2" s="2"/, '<c r="A2" s="5"')),
  attack('a row hidden', [JOURNAL], (bytes) => withPattern(bytes, SHEET, /<row r="9"/, '<row r="9" hidden="1"')),
  attack('a row deleted', [JOURNAL], (bytes) => withPattern(bytes, SHEET, /<row r="9".*?<\/row>/, '')),
  attack('a column made too narrow to read', [JOURNAL], (bytes) => withPattern(bytes, SHEET, /<col min="5" max="5" width="\d+"/, '<col min="5" max="5" width="0" hidden="1"')),
  attack('a formula in the place of a figure', [JOURNAL], (bytes) => withPattern(bytes, SHEET, /(<c r="[EF]\d+" s="\d+">)<v>([\d.]+)<\/v>/, '$1<f>1+1</f><v>$2</v>')),
  attack('a defined name moved', ['xl/workbook.xml'], (bytes) => withPattern(bytes, BOOK, /'?(&apos;)?Sign-off(&apos;)?'?!\$B\$24/, "'Sign-off'!$B$25")),
  attack('a sheet hidden', ['xl/workbook.xml'], (bytes) => withText(bytes, BOOK, 'name="Sign-off" state="visible"', 'name="Sign-off" state="veryHidden"')),
  attack('a sheet renamed', ['xl/workbook.xml'], (bytes) => withText(bytes, BOOK, 'name="Unit costs"', 'name="Costs"')),
  attack('two sheets swapped by their relationships', ['xl/_rels/workbook.xml.rels'], (bytes) => withPattern(bytes, 'xl/_rels/workbook.xml.rels', /worksheets\/sheet1\.xml/, 'worksheets/sheet3.xml')),
  attack('a sheet put in', ['xl/worksheets/sheet99.xml'], (bytes) => withPart(bytes, 'xl/worksheets/sheet99.xml', textOfItem(bytes, SHEET), 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml')),
  attack('a comment hung on a sheet', ['xl/comments1.xml'], (bytes) =>
    withPart(forged(bytes, { 'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/comments" Target="../comments1.xml"/></Relationships>` }), 'xl/comments1.xml', '<comments/>', 'application/xml')),
  attack('a relationship put in', ['the relationship rId99 '], (bytes) => withText(bytes, '_rels/.rels', '</Relationships>', `<Relationship Id="rId99" Type="${OFFICE}/comments" Target="https://example.com/" TargetMode="External"/></Relationships>`)),
  attack('a part removed', ['xl/worksheets/sheet7.xml'], (bytes) => forged(bytes, { 'xl/worksheets/sheet7.xml': undefined })),
  attack('another content type', [SHEET], (bytes) => withText(bytes, TYPES, 'spreadsheetml.worksheet+xml', 'spreadsheetml.chartsheet+xml')),
  attack('document properties changed', [], (bytes) => withText(bytes, 'docProps/core.xml', '</cp:coreProperties>', '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">X</dc:title></cp:coreProperties>'), {
    nothing: 'Office signs no document properties; verification says of each that it is not covered, and what has to hold stands in a sheet',
  }),
];

const ZIP: readonly Attack[] = ZIP_TRICKS.map(({ name, play, named }) => attack(name, named(SHEET), (bytes) => play(bytes, SHEET)));

const SIGNATURES: readonly Attack[] = [
  attack('the first signature stripped', ['no longer in the file'], (bytes) => stripped(bytes, [SIG1])),
  attack('the second signature stripped', ['Ben Okafor (approver) is named on the sign-off sheet'], (bytes) => stripped(bytes, [SIG2])),
  attack('both signatures stripped', ['has no signature'], unsigned),
  attack('the link to the signatures removed', ['no longer links to its signatures'], (bytes) => withPattern(bytes, '_rels/.rels', /<Relationship [^>]*digital-signature\/origin[^>]*><\/Relationship>/, '')),
  attack('signed by another key of the same name', ['Ben Okafor (approver) is named on the sign-off sheet'], (bytes, { namesake }) =>
    signPackage(signPackage(unsigned(bytes), namesake, { ...SIGNING, role: 'Preparer', commitment: 'creation' }), namesake, { ...SIGNING, role: 'Approver', commitment: 'approval' })),
  attack('changed and signed by another key, named on its sign-off sheet', ['belongs to nobody of this workbook'], (bytes, { namesake }) =>
    signPackage(withPattern(unsigned(bytes), SHEET, /(<c r="[EF]\d+" s="\d+"><v>)([\d.]+)(<\/v>)/, '$1999$3'), namesake, { ...SIGNING, role: 'Approver', commitment: 'approval' })),
  attack('the certificate in a signature swapped', [SIG1], (bytes, { namesake }) => withPattern(bytes, SIG1, /<X509Certificate>[^<]*/, `<X509Certificate>${namesake.certificatePem.replace(/-----[^-]+-----|\s/g, '')}`)),
  attack('the two signatures swapped', ['signed over an earlier signature'], (bytes) => forged(bytes, { [SIG1]: textOfItem(bytes, SIG2), [SIG2]: textOfItem(bytes, SIG2) })),
  attack('another time of signing', [SIG1], (bytes) => withPattern(bytes, SIG1, /(<xd:SigningTime>)[^<]*/, '$12026-01-01T00:00:00Z')),
  attack('another role of a signer', [SIG1], (bytes) => withText(bytes, SIG1, '<xd:ClaimedRole>Preparer', '<xd:ClaimedRole>Approver')),
  attack('a digest in a signature computed anew for a changed sheet', [SIG1], (bytes) => withPattern(withPattern(bytes, SHEET, /<v>Ana Reyes<\/v>/, '<v>Eve Nobody</v>'), SIG1, /(sheet1\.xml\?[^"]*"><DigestMethod[^>]*><\/DigestMethod><DigestValue>)[^<]*/, `$1${'A'.repeat(43)}=`)),
];

export const JOURNAL_ATTACKS: readonly Attack[] = [...PARTS, ...ZIP, ...SIGNATURES];
