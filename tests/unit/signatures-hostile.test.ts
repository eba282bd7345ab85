import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { certificateFacts } from '../../electron/files/signatures/certificate';
import { signPackage } from '../../electron/files/signatures/sign-package';
import { verifyPackage } from '../../electron/files/signatures/verify-package';
import { writeZip, zipItem } from '../../electron/files/signatures/zip-writing';
import { forged, itemsOf, SIGNED_INSTANT, signerNamed, smallWorkbook, textOfItem } from '../support/signing';

const SIG1 = '_xmlsignatures/sig1.xml';
let signed: Uint8Array;
beforeAll(async () => {
  const signer = await signerNamed('Jonas Feld', 'jonas.feld@harborandpine.example', 'accountant', 'ecdsa-p256');
  signed = signPackage(await smallWorkbook(), signer, {
    signedAtInstant: SIGNED_INSTANT,
    role: 'Preparer',
    commitment: 'creation',
    purpose: 'Prepared',
  });
});

const bytesOf = (text: string) => new TextEncoder().encode(text);
const coveredItems = (bytes: Uint8Array) =>
  [...itemsOf(bytes)]
    .filter(([name]) => !name.startsWith('docProps/'))
    .sort(([left], [right]) => (left < right ? -1 : 1));
const kindsOf = (bytes: Uint8Array) => verifyPackage(bytes).findings.map(({ kind }) => kind);

describe('files that are no signed workbook', () => {
  test('an unsigned workbook says so and does not hold', async () => {
    expect(verifyPackage(await smallWorkbook())).toMatchObject({
      holds: false,
      signatures: [],
      findings: [{ kind: 'unsigned' }],
    });
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a text', bytesOf('sku,location,quantity\nMUG-BLU-11,Portland,48\n')],
    ['a zip without content types', writeZip([zipItem('a.txt', bytesOf('a'))])],
    ['an empty zip', writeZip([])],
  ])('%s is unreadable', (_label, bytes) => {
    expect(kindsOf(bytes)).toEqual(['file_unreadable']);
  });

  test('a file that is cut off is unreadable', () => {
    expect(kindsOf(signed.subarray(0, signed.length - 100))).toEqual(['file_unreadable']);
  });

  test('an item that unpacks to more than it states is not followed', () => {
    const bomb = zipItem('xl/bomb.xml', new Uint8Array(50_000_000));
    const lying = writeZip([{ ...bomb, contentBytes: 10 }]);
    expect(kindsOf(lying)).toEqual(['file_unreadable']);
    const inside = forged(signed, {});
    expect(verifyPackage(inside).holds).toBe(true);
  });

  test('a zip that states more content than the limit is refused before it is unpacked', () => {
    const limits = { itemsMax: 100, contentBytesMax: 1_000_000 };
    const bomb = writeZip([zipItem('[Content_Types].xml', new Uint8Array(2_000_000))]);
    expect(verifyPackage(bomb, limits).findings).toMatchObject([{ kind: 'file_too_large' }]);
    const many = writeZip(Array.from({ length: 101 }, (_, index) => zipItem(`${index}`, new Uint8Array(0))));
    expect(verifyPackage(many, limits).findings).toMatchObject([{ kind: 'file_too_large' }]);
  });
});

describe('broken and hostile XML', () => {
  test.each([
    ['no XML', 'not xml'],
    ['cut off', '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>'],
    ['another root', '<a/>'],
    ['empty', ''],
    ['no SignedInfo', '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'],
    ['far too large', `<a>${'x'.repeat(5_000_000)}</a>`],
  ])('a signature part that is %s is unreadable', (_label, content) => {
    expect(kindsOf(forged(signed, { [SIG1]: content }))).toEqual(['signature_unreadable']);
  });

  test('a signature nested a hundred thousand levels deep is unreadable', () => {
    const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
    const content = textOfItem(signed, SIG1).replace('<Manifest>', `${deep}<Manifest>`);
    expect(kindsOf(forged(signed, { [SIG1]: content }))).toEqual(['signature_unreadable']);
  });

  test('bytes that are not UTF-8 are unreadable', () => {
    expect(kindsOf(forged(signed, { [SIG1]: new Uint8Array([0xff, 0xfe, 0x3c, 0x00]) }))).toEqual([
      'signature_unreadable',
    ]);
  });

  test.each([
    '[Content_Types].xml',
    '_rels/.rels',
    '_xmlsignatures/_rels/origin.sigs.rels',
    'xl/_rels/workbook.xml.rels',
  ])('a damaged %s is a finding', (name) => {
    for (const content of ['', '<', '<a/>', '<!DOCTYPE a><a/>']) {
      const verification = verifyPackage(forged(signed, { [name]: content }));
      expect(verification.holds).toBe(false);
      expect(verification.findings.length).toBeGreaterThan(0);
    }
  });

  test('a certificate that is none is a finding', () => {
    const content = textOfItem(signed, SIG1).replace(/<X509Certificate>[^<]*/, '<X509Certificate>AAAA');
    expect(kindsOf(forged(signed, { [SIG1]: content }))).toEqual(['certificate_mismatch']);
  });

  test.each(['ecdsa-p256', 'rsa-3072'] as const)('a certificate of %s with any one byte changed still says whose it is, or is none', async (algorithm) => {
    const { certificatePem } = await signerNamed('Jonas Feld', 'jonas.feld@harborandpine.example', 'accountant', algorithm);
    const der = Buffer.from(certificatePem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    let read = 0;
    for (let place = 0; place < der.length; place += 1) {
      const changed = Buffer.from(der);
      changed[place]! ^= 0xff;
      let certificate: X509Certificate;
      try {
        certificate = new X509Certificate(changed);
      } catch {
        continue;
      }
      expect(typeof certificateFacts(certificate).signerName).toBe('string');
      read += 1;
    }
    expect(read).toBeGreaterThan(100);
  });

  test('flipping any bits of a signed file never throws, and never leaves a changed covered part unnoticed', () => {
    const flips = fc.array(fc.tuple(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(flips, (positions) => {
        const changed = Uint8Array.from(signed);
        for (const [position, mask] of positions) changed[position] = (changed[position] ?? 0) ^ mask;
        const verification = verifyPackage(changed);
        if (verification.holds) expect(coveredItems(changed)).toEqual(coveredItems(signed));
        else expect(verification.findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  test('any text in place of the signature never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (content) => {
        expect(verifyPackage(forged(signed, { [SIG1]: content })).holds).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
