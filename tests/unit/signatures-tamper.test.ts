import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { zipSync } from 'fflate';
import type { Signer } from '../../electron/files/identities/unlock-identity';
import { signPackage } from '../../electron/files/signatures/sign-package';
import type { PackageVerification } from '../../electron/files/signatures/verification';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { writeZip, zipItem } from '../../electron/files/signatures/zip-writing';
import { forged, itemsOf, SIGNED_INSTANT, signerNamed, smallWorkbook, textOfItem, withText } from '../support/signing';

const SHEET = 'xl/worksheets/sheet1.xml';
const TYPES = '[Content_Types].xml';
const SIG1 = '_xmlsignatures/sig1.xml';
const SIG2 = '_xmlsignatures/sig2.xml';
const ORIGIN_RELS = '_xmlsignatures/_rels/origin.sigs.rels';
const PACKAGE_RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const COMMENTS_TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments';

let preparer: Signer;
let approver: Signer;
let once: Uint8Array;
let twice: Uint8Array;
let other: Uint8Array;
const prepared = {
  signedAtInstant: SIGNED_INSTANT,
  role: 'Preparer',
  commitment: 'creation',
  purpose: 'Prepared',
} as const;
const approved = {
  signedAtInstant: SIGNED_INSTANT,
  role: 'Approver',
  commitment: 'approval',
  purpose: 'Approved',
} as const;

beforeAll(async () => {
  [preparer, approver] = await Promise.all([
    signerNamed('Jonas Feld', 'jonas.feld@harborandpine.example', 'accountant', 'rsa-3072'),
    signerNamed('Rosa Marín', 'rosa.marin@harborandpine.example', 'controller', 'ecdsa-p256'),
  ]);
  once = signPackage(await smallWorkbook(), preparer, prepared);
  twice = signPackage(once, approver, approved);
  other = signPackage(await smallWorkbook('Another text'), preparer, prepared);
});

const kinds = (verification: PackageVerification) => verification.findings.map(({ kind }) => kind);

describe('changed content', () => {
  test('a changed cell is named by part and sheet', () => {
    const verification = verifyPackage(withText(twice, SHEET, '<v>12.5</v>', '<v>12.6</v>'));
    expect(verification.holds).toBe(false);
    expect(verification.signatures.map(({ valid }) => valid)).toEqual([false, false]);
    expect(verification.findings).toMatchObject([
      { kind: 'part_changed', part: SHEET, sheet: 'Journal' },
      { kind: 'part_changed', part: SHEET, sheet: 'Journal' },
    ]);
    expect(verification.findings[0]?.message).toBe(
      'xl/worksheets/sheet1.xml (sheet "Journal") is not as Jonas Feld on 2026-11-02T09:15:00Z signed it.',
    );
  });

  test('a changed shared string is named as texts of cells', () => {
    const verification = verifyPackage(withText(once, 'xl/sharedStrings.xml', 'Shrinkage', 'Damage'));
    expect(verification).toMatchObject({
      holds: false,
      findings: [{ kind: 'part_changed', part: 'xl/sharedStrings.xml' }],
    });
    expect(verification.findings[0]?.message).toContain('texts of cells');
  });

  test('a changed number format is named as styles', () => {
    const verification = verifyPackage(withText(once, 'xl/styles.xml', '<styleSheet', '<styleSheet '));
    expect(verification.findings).toMatchObject([{ kind: 'part_changed', part: 'xl/styles.xml' }]);
  });

  test('a renamed sheet is found', () => {
    const verification = verifyPackage(withText(once, 'xl/workbook.xml', 'Sign-off', 'Signoff'));
    expect(verification.findings).toMatchObject([{ kind: 'part_changed', part: 'xl/workbook.xml' }]);
  });

  test('changed document properties are not noticed, as in Office, and are listed as exempt', () => {
    const verification = verifyPackage(
      withText(once, 'docProps/core.xml', '</cp:coreProperties>', '<dc:title>X</dc:title></cp:coreProperties>'),
    );
    expect(verification.holds).toBe(true);
    expect(verification.exemptParts.map(({ part }) => part)).toContain('docProps/core.xml');
  });

  test('every byte position of every covered part counts', () => {
    for (const name of [SHEET, 'xl/worksheets/sheet2.xml', 'xl/workbook.xml', 'xl/theme/theme1.xml']) {
      const content = Uint8Array.from(itemsOf(once).get(name) ?? []);
      content[content.length - 2] = (content[content.length - 2] ?? 0) ^ 1;
      expect(verifyPackage(forged(once, { [name]: content })).findings, name).toMatchObject([
        { kind: 'part_changed', part: name },
      ]);
    }
  });
});

describe('changed structure', () => {
  test('an added part with its relationship is found', () => {
    const rels =
      `<Relationships xmlns="${PACKAGE_RELATIONSHIPS}">` +
      `<Relationship Id="rId1" Type="${COMMENTS_TYPE}" Target="../comments1.xml"/></Relationships>`;
    let bytes = forged(once, { 'xl/comments1.xml': '<comments/>', 'xl/worksheets/_rels/sheet1.xml.rels': rels });
    bytes = withText(
      bytes,
      TYPES,
      '</Types>',
      '<Override PartName="/xl/comments1.xml" ContentType="application/xml"/></Types>',
    );
    const verification = verifyPackage(bytes);
    expect(verification.signatures[0]?.valid).toBe(true);
    expect(verification.holds).toBe(false);
    expect(verification.findings).toMatchObject([
      { kind: 'part_added', part: 'xl/comments1.xml' },
      { kind: 'relationship_added', part: 'xl/worksheets/_rels/sheet1.xml.rels', sheet: 'Journal' },
    ]);
  });

  test('an added part without a relationship is found, in the signature folder too', () => {
    const verification = verifyPackage(forged(once, { 'customXml/item1.xml': '<a/>', '_xmlsignatures/note.txt': 'x' }));
    expect(verification.findings.map(({ kind, part }) => [kind, part])).toEqual([
      ['part_added', 'customXml/item1.xml'],
      ['part_added', '_xmlsignatures/note.txt'],
    ]);
  });

  test('a part that poses as document properties is found', () => {
    const bytes = withText(
      forged(once, { 'xl/evil.xml': '<a/>' }),
      '_rels/.rels',
      '</Relationships>',
      `<Relationship Id="rId99" Type="${PACKAGE_RELATIONSHIPS}/metadata/thumbnail" Target="xl/evil.xml"/></Relationships>`,
    );
    expect(kinds(verifyPackage(bytes))).toEqual(['part_added', 'relationship_added']);
  });

  test('a removed part is found', () => {
    expect(verifyPackage(forged(once, { 'xl/worksheets/sheet2.xml': undefined }))).toMatchObject({
      holds: false,
      findings: [{ kind: 'part_removed', part: 'xl/worksheets/sheet2.xml', sheet: 'Sign-off' }],
    });
  });

  test('a relationship that points elsewhere is found', () => {
    const name = 'xl/_rels/workbook.xml.rels';
    const bytes = withText(once, name, 'worksheets/sheet1.xml', 'worksheets/sheet2.xml');
    expect(verifyPackage(bytes).findings).toMatchObject([{ kind: 'relationship_changed', part: name }]);
  });

  test('a removed relationship is named', () => {
    const name = 'xl/_rels/workbook.xml.rels';
    const before = textOfItem(once, name);
    const bytes = forged(once, { [name]: before.replace(/<Relationship Id="rId1"[^>]*?(\/>|><\/Relationship>)/, '') });
    expect(verifyPackage(bytes).findings).toMatchObject([{ kind: 'relationship_removed', part: name }]);
    expect(verifyPackage(bytes).findings[0]?.message).toContain('rId1');
  });

  test('an added relationship of the package is found', () => {
    const target = 'Target="https://example.com/" TargetMode="External"';
    const added = `<Relationship Id="rId99" Type="${COMMENTS_TYPE}" ${target}/></Relationships>`;
    const bytes = withText(once, '_rels/.rels', '</Relationships>', added);
    expect(verifyPackage(bytes).findings).toMatchObject([{ kind: 'relationship_added', part: '_rels/.rels' }]);
  });

  test('relationships in another order, or with white space, are the same relationships', () => {
    const name = 'xl/_rels/workbook.xml.rels';
    const before = textOfItem(once, name);
    const entries = before.match(/<Relationship .*?(\/>|><\/Relationship>)/g) ?? [];
    expect(entries.length).toBeGreaterThan(3);
    const reordered = before.replace(entries.join(''), [...entries].reverse().join('\n'));
    expect(reordered).not.toBe(before);
    expect(verifyPackage(forged(once, { [name]: reordered })).holds).toBe(true);
  });

  test('a changed content type is found', () => {
    const bytes = withText(once, TYPES, 'spreadsheetml.worksheet+xml', 'spreadsheetml.chartsheet+xml');
    expect(verifyPackage(bytes).findings).toMatchObject([
      { kind: 'content_type_changed', part: SHEET, sheet: 'Journal' },
    ]);
  });

  test('two content types for one part are no valid list of types', () => {
    const bytes = withText(
      once,
      TYPES,
      '</Types>',
      `<Override PartName="/XL/worksheets/sheet1.xml" ContentType="a/b"/></Types>`,
    );
    expect(kinds(verifyPackage(bytes))).toEqual(['content_types_damaged']);
  });
});

describe('changed zip container', () => {
  const doubled = (name: string, first: boolean): Uint8Array => {
    const items = [...itemsOf(once)].map(([itemName, content]) => zipItem(itemName, content));
    const fake = zipItem(name, new TextEncoder().encode('<worksheet/>'));
    return writeZip(first ? [fake, ...items] : [...items, fake]);
  };

  test.each([
    ['the forged one first', SHEET, true],
    ['the forged one last', SHEET, false],
    ['in other letter case', 'XL/Worksheets/Sheet1.xml', false],
    ['with a leading slash', `/${SHEET}`, false],
    ['with backslashes', 'xl\\worksheets\\sheet1.xml', false],
  ] as const)('a doubled item is found: %s', (_label, name, first) => {
    const verification = verifyPackage(doubled(name, first));
    expect(verification.holds).toBe(false);
    expect(kinds(verification)).toContain('duplicate_item');
  });

  test('packing the same items again, in another order and by other programs, is harmless', () => {
    const items = [...itemsOf(twice)];
    const again = zipSync(
      Object.fromEntries(items.reverse().map(([name, content]) => [name, [content, { level: 1 }]])),
    );
    expect(verifyPackage(again).findings).toEqual([]);
    const script =
      'import sys,io,zipfile;d=sys.stdin.buffer.read();o=io.BytesIO();a=zipfile.ZipFile(io.BytesIO(d));' +
      'b=zipfile.ZipFile(o,"w",zipfile.ZIP_DEFLATED);[b.writestr(n,a.read(n)) for n in a.namelist()];b.close();' +
      'sys.stdout.buffer.write(o.getvalue())';
    let python: Uint8Array | undefined;
    try {
      python = execFileSync('python3', ['-c', script], { input: twice });
    } catch {
      python = undefined;
    }
    if (python !== undefined) expect(verifyPackage(python).findings).toEqual([]);
  });

  test('an item that only programs reading from the front see is found', () => {
    const hidden = writeZip([zipItem(SHEET, new TextEncoder().encode('<worksheet/>'))]);
    const localOnly = hidden.subarray(
      0,
      30 + SHEET.length + zipItem(SHEET, new TextEncoder().encode('<worksheet/>')).compressed.length,
    );
    const moved = Buffer.concat([localOnly, once]);
    const view = new DataView(moved.buffer, moved.byteOffset, moved.byteLength);
    const end = moved.lastIndexOf(Buffer.from('504b0506', 'hex'));
    let central = view.getUint32(end + 16, true) + localOnly.length;
    view.setUint32(end + 16, central, true);
    for (let index = 0; index < view.getUint16(end + 10, true); index += 1) {
      view.setUint32(central + 42, view.getUint32(central + 42, true) + localOnly.length, true);
      central +=
        46 +
        view.getUint16(central + 28, true) +
        view.getUint16(central + 30, true) +
        view.getUint16(central + 32, true);
    }
    const verification = verifyPackage(moved);
    expect(verification.signatures[0]?.valid).toBe(true);
    expect(kinds(verification)).toEqual(['zip_ambiguous']);
  });

  test('an uncovered part that cannot be unpacked is found', () => {
    const items = [...itemsOf(once)].map(([name, content]) => {
      const item = zipItem(name, content);
      return name === 'docProps/app.xml' ? { ...item, crc32: 1 } : item;
    });
    expect(verifyPackage(writeZip(items)).findings).toMatchObject([
      { kind: 'file_unreadable', part: 'docProps/app.xml' },
    ]);
  });

  test('bytes between two items are found', () => {
    const bytes = Buffer.from(once);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
    const second = bytes.indexOf(Buffer.from('504b0304', 'hex'), 4);
    let central = view.getUint32(end + 16, true);
    view.setUint32(end + 16, central + 4, true);
    for (let index = 0; index < view.getUint16(end + 10, true); index += 1) {
      const start = view.getUint32(central + 42, true);
      if (start >= second) view.setUint32(central + 42, start + 4, true);
      central += 46 + view.getUint16(central + 28, true) + view.getUint16(central + 30, true) + view.getUint16(central + 32, true);
    }
    const wedged = Buffer.concat([bytes.subarray(0, second), Buffer.from('more'), bytes.subarray(second)]);
    expect(verifyPackage(wedged).signatures[0]?.valid).toBe(true);
    expect(kinds(verifyPackage(wedged))).toEqual(['zip_ambiguous']);
  });

  test('an item with another name in front of it than in the directory is found', () => {
    const bytes = Buffer.from(once);
    const at = bytes.indexOf(Buffer.from(SHEET));
    bytes.write('xl/worksheets/sheet9.xml', at);
    expect(bytes.indexOf(Buffer.from(SHEET))).toBeGreaterThan(at);
    expect(kinds(verifyPackage(bytes))).toContain('zip_ambiguous');
  });

  test('bytes after the end are found', () => {
    expect(kinds(verifyPackage(Buffer.concat([once, Buffer.from('more')])))).toEqual(['zip_ambiguous']);
  });
});

describe('changed signatures', () => {
  test('a file whose signatures were all taken away is unsigned', () => {
    const bytes = forged(once, {
      [SIG1]: undefined,
      [ORIGIN_RELS]: undefined,
      '_xmlsignatures/origin.sigs': undefined,
    });
    expect(verifyPackage(bytes)).toMatchObject({ holds: false, signatures: [], findings: [{ kind: 'unsigned' }] });
  });

  test('a signature that is gone while its link stays is missing', () => {
    const verification = verifyPackage(forged(twice, { [SIG2]: undefined }));
    expect(verification.holds).toBe(false);
    expect(verification.findings).toMatchObject([{ kind: 'signature_missing', part: SIG2 }]);
  });

  test('the second signature shows that the first was stripped, though it stays valid itself', () => {
    const link = /<Relationship Id="rId1"[^>]*><\/Relationship>/;
    const bytes = forged(twice, { [SIG1]: undefined, [ORIGIN_RELS]: textOfItem(twice, ORIGIN_RELS).replace(link, '') });
    const verification = verifyPackage(bytes);
    expect(verification.signatures).toMatchObject([{ part: SIG2, signerName: 'Rosa Marín', valid: true }]);
    expect(kinds(verification)).toEqual(['countersigned_signature_missing']);
    expect(verification.holds).toBe(false);
  });

  test('a missing link from the package to its signatures is found, and the signatures are still shown', () => {
    const rels = textOfItem(once, '_rels/.rels').replace(
      /<Relationship [^>]*digital-signature\/origin[^>]*><\/Relationship>/,
      '',
    );
    const verification = verifyPackage(forged(once, { '_rels/.rels': rels }));
    expect(kinds(verification)).toContain('origin_missing');
    expect(verification.signatures).toMatchObject([{ signerName: 'Jonas Feld' }]);
  });

  test('a signature beside the linked ones is found', () => {
    const verification = verifyPackage(forged(once, { '_xmlsignatures/sig7.xml': textOfItem(once, SIG1) }));
    expect(kinds(verification)).toEqual(['signature_not_linked']);
  });

  test('the signature of another file does not fit', () => {
    const verification = verifyPackage(forged(once, { [SIG1]: textOfItem(other, SIG1) }));
    expect(verification.signatures).toMatchObject([{ signerName: 'Jonas Feld', valid: false }]);
    expect(verification.findings).toMatchObject([{ kind: 'part_changed', part: 'xl/sharedStrings.xml' }]);
  });

  test.each([
    [
      'the time of signing',
      '2026-11-02T09:15:00Z</xd:SigningTime>',
      '2026-11-03T09:15:00Z</xd:SigningTime>',
      'signed_object_changed',
    ],
    ['the role', '>Preparer<', '>Approver<', 'signed_object_changed'],
    ['the purpose', 'Prepared</SignatureComments>', 'Approved</SignatureComments>', 'signed_object_changed'],
    [
      'a digest in the manifest',
      '<Manifest><Reference URI="/',
      '<Manifest><Reference URI="/x',
      'signed_object_changed',
    ],
    [
      'a reference in SignedInfo',
      'Type="http://uri.etsi.org/01903#SignedProperties"',
      'Type="x"',
      'signature_value_wrong',
    ],
  ])('changing %s breaks the signature', (_label, from, to, kind) => {
    const verification = verifyPackage(withText(once, SIG1, from, to));
    expect(verification.signatures[0]?.valid).toBe(false);
    expect(kinds(verification)).toContain(kind);
  });

  test('a changed signature value is found', () => {
    const before = textOfItem(once, SIG1);
    const value = /<SignatureValue>(.{8})/.exec(before)?.[1] ?? '';
    const bytes = withText(once, SIG1, value, value.split('').reverse().join(''));
    expect(kinds(verifyPackage(bytes))).toContain('signature_value_wrong');
  });

  test('the certificate of another person is not accepted for a signature', () => {
    const theirs = /<X509Certificate>([^<]*)/.exec(textOfItem(twice, SIG2))?.[1] ?? '';
    const own = /<X509Certificate>([^<]*)/.exec(textOfItem(once, SIG1))?.[1] ?? '';
    const verification = verifyPackage(withText(once, SIG1, own, theirs));
    expect(kinds(verification)).toEqual(
      ['certificate_mismatch', 'signature_value_wrong'].sort((a, b) => (a < b ? 1 : -1)),
    );
  });

  test('a certificate put beside the right one gains nothing, and is handed on as one that nobody has checked', () => {
    const other = `<X509Certificate>${approver.certificatePem.replace(/-----[^-]+-----|\s/g, '')}</X509Certificate>`;
    const added = verifyPackage(withText(once, SIG1, '</X509Data>', `${other}</X509Data>`));
    expect(added).toMatchObject({ holds: true, signatures: [{ signerName: 'Jonas Feld', furtherCertificatesPem: [approver.certificatePem] }] });
    const before = verifyPackage(withText(once, SIG1, '<X509Data>', `<X509Data>${other}`));
    expect(before).toMatchObject({ holds: true, signatures: [{ signerName: 'Jonas Feld' }] });
  });

  test('a manifest moved beside the signed one gains nothing', () => {
    const before = textOfItem(once, SIG1);
    const forgedSheet = itemsOf(withText(once, SHEET, '<v>12.5</v>', '<v>99</v>')).get(SHEET) ?? new Uint8Array();
    const object = /<Object Id="idPackageObject">.*?<\/Object>/s.exec(before)?.[0] ?? '';
    expect(object).not.toBe('');
    for (const doubledId of [object, object.replace('idPackageObject', 'idOther')]) {
      const bytes = forged(once, { [SIG1]: before.replace(object, doubledId + object), [SHEET]: forgedSheet });
      expect(verifyPackage(bytes).holds).toBe(false);
    }
  });

  test('a signature that names fewer parts leaves the rest uncovered', () => {
    const partial = itemsOf(once);
    for (const name of [SIG1, ORIGIN_RELS, '_xmlsignatures/origin.sigs', 'xl/theme/theme1.xml']) partial.delete(name);
    const items = [...partial].map(([name, content]) => zipItem(name, content));
    const signedPartial = signPackage(writeZip(items), preparer, prepared);
    const restored = forged(signedPartial, { 'xl/theme/theme1.xml': textOfItem(once, 'xl/theme/theme1.xml') });
    expect(verifyPackage(restored).findings).toMatchObject([{ kind: 'part_added', part: 'xl/theme/theme1.xml' }]);
  });

  test('SHA-1 is not accepted', () => {
    const bytes = withText(
      once,
      SIG1,
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    );
    expect(kinds(verifyPackage(bytes))).toEqual(['algorithm_not_accepted']);
  });

  test('a signature outside the validity of its certificate is found', async () => {
    const late = signPackage(await smallWorkbook(), preparer, { ...prepared, signedAtInstant: Date.UTC(2030, 0, 1) });
    expect(kinds(verifyPackage(late))).toEqual(['certificate_out_of_date']);
  });
});
