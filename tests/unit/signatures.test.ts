import { beforeAll, describe, expect, test } from 'vitest';
import ExcelJS from 'exceljs';
import type { Signer } from '../../electron/files/identities/unlock-identity';
import { PackageNotSignable, signPackage, type SigningOptions } from '../../electron/files/signatures/sign-package';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { forged, itemsOf, packed, SIGNED_INSTANT, signerNamed, smallWorkbook, textOfItem } from '../support/signing';

const PREPARED: SigningOptions = {
  signedAtInstant: SIGNED_INSTANT,
  role: 'Preparer',
  commitment: 'creation',
  purpose: 'Journal 2026-10-001 prepared',
};
const APPROVED: SigningOptions = {
  signedAtInstant: SIGNED_INSTANT + 3_600_000,
  role: 'Approver',
  commitment: 'approval',
  purpose: 'Journal 2026-10-001 approved <as posted> & final',
};

let preparer: Signer;
let approver: Signer;
let workbook: Uint8Array;
let once: Uint8Array;
let twice: Uint8Array;
beforeAll(async () => {
  [preparer, approver, workbook] = await Promise.all([
    signerNamed('Jonas Feld', 'jonas.feld@harborandpine.example', 'accountant', 'rsa-3072'),
    signerNamed('Rosa Marín, CPA', 'rosa.marin@harborandpine.example', 'controller', 'ecdsa-p256'),
    smallWorkbook(),
  ]);
  once = signPackage(workbook, preparer, PREPARED);
  twice = signPackage(once, approver, APPROVED);
});

describe('signing a workbook', () => {
  test('one RSA signature holds and says who, when, in what role and for what', () => {
    const verification = verifyPackage(once);
    expect(verification.findings).toEqual([]);
    expect(verification.holds).toBe(true);
    expect(verification.signatures).toMatchObject([
      {
        part: '_xmlsignatures/sig1.xml',
        signerName: 'Jonas Feld',
        signerEmail: 'jonas.feld@harborandpine.example',
        fingerprintSha256: preparer.fingerprintSha256,
        role: 'Preparer',
        purpose: 'Journal 2026-10-001 prepared',
        signedAtInstant: SIGNED_INSTANT,
        algorithm: 'RSA, SHA-256',
        valid: true,
      },
    ]);
    expect(verification.signatures[0]?.certificatePem.trim()).toBe(preparer.certificatePem.trim());
  });

  test('one P-256 signature holds', () => {
    const verification = verifyPackage(signPackage(workbook, approver, APPROVED));
    expect(verification.findings).toEqual([]);
    expect(verification).toMatchObject({ holds: true, signatures: [{ algorithm: 'ECDSA, SHA-256', valid: true }] });
  });

  test('a second signature leaves the first valid and names it', () => {
    const verification = verifyPackage(twice);
    expect(verification.findings).toEqual([]);
    expect(verification.holds).toBe(true);
    expect(
      verification.signatures.map(({ part, signerName, role, purpose, valid }) => [
        part,
        signerName,
        role,
        purpose,
        valid,
      ]),
    ).toEqual([
      ['_xmlsignatures/sig1.xml', 'Jonas Feld', 'Preparer', 'Journal 2026-10-001 prepared', true],
      [
        '_xmlsignatures/sig2.xml',
        'Rosa Marín, CPA',
        'Approver',
        'Journal 2026-10-001 approved <as posted> & final',
        true,
      ],
    ]);
    expect(textOfItem(twice, '_xmlsignatures/sig2.xml')).toMatch(/\[countersigns [\w-]{43}\]/);
  });

  test('every part keeps its bytes', () => {
    const before = itemsOf(workbook);
    const after = itemsOf(twice);
    for (const [name, content] of before) {
      if (name.endsWith('/') || name === '[Content_Types].xml' || name === '_rels/.rels') continue;
      expect(after.get(name), name).toEqual(content);
    }
  });

  test('equal input gives equal bytes with an RSA key', () => {
    expect(signPackage(workbook, preparer, PREPARED)).toEqual(once);
  });

  test('exceljs reads the signed file as before', async () => {
    const read = new ExcelJS.Workbook();
    await read.xlsx.load(twice.buffer as ArrayBuffer);
    expect(read.getWorksheet('Journal')?.getCell('A1').value).toBe('Shrinkage & damage');
  });

  test('document properties are not covered, and the verification says so', () => {
    expect(verifyPackage(once).exemptParts.map(({ part }) => part)).toEqual(['docProps/core.xml', 'docProps/app.xml']);
  });

  test('white space in relationships is removed before the first signature', () => {
    const name = 'xl/_rels/workbook.xml.rels';
    const loose = forged(workbook, { [name]: textOfItem(workbook, name).replace(/></g, '>\n  <!-- loose --><') });
    const signed = signPackage(loose, preparer, PREPARED);
    expect(textOfItem(signed, name)).not.toContain('loose');
    expect(textOfItem(signed, name)).not.toMatch(/>\s+<(?!Relationships )/);
    expect(verifyPackage(signed).holds).toBe(true);
  });

  test('a link with & in its target is refused, because LibreOffice would call the signature invalid', async () => {
    const linked = new ExcelJS.Workbook();
    linked.addWorksheet('Links').getCell('A1').value = { text: 'P&L', hyperlink: 'https://example.com/?a=1&b=2' };
    const bytes = new Uint8Array(await linked.xlsx.writeBuffer());
    expect(() => signPackage(bytes, preparer, PREPARED)).toThrow(PackageNotSignable);
  });

  test('a file with doubled items is refused', () => {
    const items = itemsOf(workbook);
    items.set('XL/workbook.xml', new Uint8Array(1));
    expect(() => signPackage(packed(items), preparer, PREPARED)).toThrow(PackageNotSignable);
  });

  test('a long purpose with characters that XML cannot hold is shortened and still holds', () => {
    const purpose = `\u0000\u000b${'Quarter-end recount of all locations \ud83d\udce6 '.repeat(20)}`;
    const verification = verifyPackage(signPackage(once, approver, { ...APPROVED, purpose }));
    expect(verification.findings).toEqual([]);
    expect(verification.signatures[1]?.purpose.startsWith('Quarter-end recount')).toBe(true);
    expect(verification.signatures[1]?.purpose.length).toBeLessThanOrEqual(255);
  });
});
