/** What a file is, from its bytes; what its name may do; what a mail says. */
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mediaTypeOf, pixelsOf, shownAs } from '@shared/domain/media-type';
import { givenName, safeFileName, shownName } from '@shared/domain/notes';
import { pastedFiles, pastedName } from '../../renderer/features/explain/notes/given-files';
import { readMail, textOf } from '../../renderer/features/explain/notes/mail-text';
import { workbookBytes } from '../support/raw-xlsx';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const picture = new Uint8Array(fs.readFileSync(path.resolve(import.meta.dirname, '../../resources/guide/pictures/explain-mug-count.png')));

describe('the type', () => {
  test.each([
    ['a real picture', picture, 'image/png'],
    ['a JPEG', latin('\xff\xd8\xff\xe0\0\x10JFIF\0'), 'image/jpeg'],
    ['a GIF', latin('GIF89a\x05\0\x04\0'), 'image/gif'],
    ['a WebP', latin('RIFF\x1a\0\0\0WEBPVP8L'), 'image/webp'],
    ['a PDF', latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'), 'application/pdf'],
    ['a mail', bytes('Received: from a\r\n\tby b\r\nFrom: a@b.c\r\nSubject: x\r\n\r\nHello'), 'message/rfc822'],
    ['a mail out of a mailbox', bytes('From a@b.c Mon Nov 2\nFrom: a@b.c\nDate: Mon\n\nHello'), 'message/rfc822'],
    ['an Outlook mail', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0_\0_\0s\0u\0b\0s\0t\0g\x001\0.\x000\0_\0'), 'application/vnd.ms-outlook'],
    ['another compound file', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0WordDocument'), 'application/octet-stream'],
    ['a table', bytes('sku,counted\nMUG,27\n"a, b",3\n'), 'text/csv'],
    ['a table with semicolons', bytes('sku;counted\r\nMUG;27\r\n'), 'text/csv'],
    ['prose', bytes('Asked the dock, who answered.\nRosa looks it up.\n'), 'text/plain'],
    ['prose of Windows', latin('Gez\xe4hlt am Tor\r\n'), 'text/plain'],
    ['UTF-16', latin('\xff\xfeh\0i\0'), 'text/plain'],
    ['a web page', bytes('<html><script>alert(1)</script></html>'), 'text/plain'],
    ['a drawing that can hold scripts', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'text/plain'],
    ['words that look like one header', bytes('From: the dock\nTwo are broken\n'), 'text/plain'],
    ['a program', latin('MZ\x90\0\x03\0'), 'application/octet-stream'],
    ['an archive', latin('PK\x03\x04\x14\0'), 'application/octet-stream'],
  ])('of %s is found from its bytes', (_what, content, type) => {
    expect(mediaTypeOf(content)).toBe(type);
  });

  test('of a long text is a table only by its whole lines', () => {
    expect(mediaTypeOf(bytes('sku,location,counted\n'.repeat(8000)))).toBe('text/csv');
  });

  test('of anything at all is one of the list, and a picture is never taken for one without its mark', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
      const type = mediaTypeOf(content);
      expect(pixelsOf(content) === undefined || shownAs(type) === 'picture').toBe(true);
    }));
  });

  test('a picture says its size before it is drawn', () => {
    const view = new DataView(picture.buffer);
    expect(pixelsOf(picture)).toBe(view.getUint32(16) * view.getUint32(20));
    expect(pixelsOf(latin('GIF89a\x05\0\x04\0'))).toBe(20);
    expect(pixelsOf(latin('\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x0b\x08\x01\0\x02\0\x01'))).toBe(256 * 512);
    expect(pixelsOf(latin('RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0'))).toBe(16 * 32);
    expect(pixelsOf(picture.subarray(0, 18))).toBeUndefined();
  });
});

test('an Excel file is told from another archive', async () => {
  expect(mediaTypeOf(await workbookBytes((workbook) => void workbook.addWorksheet('Count')))).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
});

describe('a name', () => {
  test('loses the folders before it and keeps its end where it is too long', () => {
    expect(['/srv/a/b.pdf', 'C:\\a\\b.pdf', '../../b.pdf', 'b.pdf'].map(givenName)).toEqual(['b.pdf', 'b.pdf', 'b.pdf', 'b.pdf']);
    expect(['', '/', '  '].map(givenName)).toEqual(['unnamed', 'unnamed', 'unnamed']);
    expect(givenName(`${'x'.repeat(400)}.pdf`)).toMatch(/^x+…x+\.pdf$/);
    expect(givenName(`${'x'.repeat(400)}.pdf`)).toHaveLength(255);
    expect(givenName('a\ud800.pdf')).toBe('a\ufffd.pdf');
  });

  test('shows what is unseen in it', () => {
    expect(shownName('pallet\u202egpj.exe')).toBe('pallet\ufffdgpj.exe');
    expect(shownName('Zähler 12.pdf')).toBe('Zähler 12.pdf');
  });

  test('that is proposed for saving is harmless on every system', () => {
    expect(['a.pdf', 'CON', 'nul.txt', '.bashrc', 'a:b|c?.pdf', 'x. ', 'invoice.pdf.exe', 'page.HTML', 'a\u202eb.png', ''].map(safeFileName)).toEqual([
      'a.pdf', 'file CON', 'file nul.txt', 'bashrc', 'a b c .pdf', 'x', 'invoice.pdf.exe.bin', 'page.HTML.bin', 'ab.png', 'unnamed',
    ]);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
      const safe = safeFileName(name);
      expect(safe).not.toBe('');
      expect(safe).not.toMatch(/[\\/:*?"<>|\u0000-\u001f\u202a-\u202e]|^\.|[. ]$/);
    }));
  });
});

describe('a mail', () => {
  const mail = (...lines: string[]) => readMail(latin(lines.join('\r\n')));

  test('tells its headers, its plain text and the files in it', () => {
    expect(
      mail(
        'From: =?utf-8?Q?Rosa_Mart=C3=ADn?=', ' <rosa@example.com>', 'Subject: =?UTF-8?B?UGFsbGV0?= =?UTF-8?B?IDEy?=', 'Content-Type: multipart/mixed;', '\tboundary="a b"', '', 'not shown',
        '--a b', 'Content-Type: multipart/alternative; boundary=c', '', '--c', 'Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable', '',
        'Zwei =FCbrig, and a line that is=', ' one.', '--c', 'Content-Type: text/html', '', '<b>not this</b>', '--c--',
        '--a b', 'Content-Type: image/png', 'Content-Disposition: attachment; filename="dock; 12.png"', 'Content-Transfer-Encoding: base64', '', 'iVBORw==',
        "--a b", "Content-Type: application/pdf; name*=utf-8''Z%C3%A4hler.pdf", '', '%PDF', '--a b--', 'nor this',
      ),
    ).toEqual({
      headers: [{ name: 'From', value: 'Rosa Martín <rosa@example.com>' }, { name: 'Subject', value: 'Pallet 12' }],
      body: 'Zwei übrig, and a line that is one.', isFromHtml: false, files: ['dock; 12.png', 'Zähler.pdf'],
    });
  });

  test('that is only a web page is given as its words', () => {
    const read = mail('From: a@b.c', 'Content-Type: text/html; charset=utf-8', '', '<style>p{}</style><p>Two &lt;broken&gt; &amp; gone</p><script>run()</script><p>Rosa</p><img src="http://example.com/x">');
    expect(read).toMatchObject({ isFromHtml: true, body: 'Two <broken> & gone\nRosa' });
  });

  test('shows every part that is words: of two ways to say the same the plain one where it says anything', () => {
    const parts = (kind: string, ...each: readonly (readonly [type: string, text: string])[]) =>
      mail(`Content-Type: multipart/${kind}; boundary=x`, '', ...each.flatMap(([type, text]) => ['--x', `Content-Type: ${type}`, '', text]), '--x--');
    expect(parts('alternative', ['text/plain', 'said'], ['text/html', '<p>said again</p>'])).toMatchObject({ body: 'said', isFromHtml: false });
    expect(parts('alternative', ['text/plain', ' '], ['text/html', '<p>said</p>'])).toMatchObject({ body: 'said', isFromHtml: true });
    // A page, and under it the lines that a mailing list adds to everything.
    expect(parts('mixed', ['text/html', '<p>Four pallets are missing.</p>'], ['text/plain', 'To leave the list write to us.'])).toMatchObject({
      body: 'Four pallets are missing.\n\nTo leave the list write to us.', isFromHtml: true,
    });
  });

  test('names a file as it is called, also with apostrophes in it', () => {
    const named = (parameter: string) => mail('Content-Type: application/pdf', `Content-Disposition: attachment; ${parameter}`, '', 'x').files;
    expect(named(`filename="Rosa's 'final' count.pdf"`)).toEqual([`Rosa's 'final' count.pdf`]);
    expect(named(`filename*=utf-8''Z%C3%A4hlung.pdf`)).toEqual(['Zählung.pdf']);
  });

  test('that was made to keep a reader busy is read at once', () => {
    for (const piece of ['<', '<br', '<i> ', '<b', '<!-', '<style', '&']) {
      const page = ['Content-Type: text/html', '', piece.repeat(100_000)].join('\r\n');
      const startedAt = performance.now();
      readMail(latin(page));
      expect(performance.now() - startedAt, piece).toBeLessThan(3_000);
    }
  });

  test('that is malformed in any way is read to its end', () => {
    for (const text of ['', 'From', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n--x--', 'Content-Transfer-Encoding: base64\r\n\r\n!!!A', 'Content-Type: text/plain; charset=nonsense\r\n\r\nx']) {
      expect(typeof readMail(latin(text)).body).toBe('string');
    }
    const nested = Array.from({ length: 40 }, (_none, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`).join('');
    expect(readMail(latin(nested)).files.length).toBeLessThan(10);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (content) => typeof readMail(content).body === 'string'));
  });
});

test('a text is read in the character set it is in', () => {
  expect([bytes('Zähler'), latin('Z\xe4hler'), latin('\xff\xfeh\0i\0'), latin('\xfe\xff\0h\0i')].map(textOf)).toEqual(['Zähler', 'Zähler', 'hi', 'hi']);
});

describe('a paste', () => {
  const files = [new File(['x'], 'image.png')] as unknown as FileList;

  test('is of files only where the clipboard has no words', () => {
    expect(pastedFiles({ types: ['Files'], files })).toHaveLength(1);
    expect(pastedFiles({ types: ['text/plain', 'text/html', 'Files'], files })).toEqual([]);
    expect(pastedFiles(null)).toEqual([]);
  });

  test('of a picture without a name is called by when it was pasted', () => {
    const instant = Date.UTC(2026, 10, 2, 17, 5);
    expect(pastedName(new File(['x'], 'image.png'), instant, 'America/Los_Angeles')).toBe('Picture pasted 2 Nov 2026, 09.05.png');
    expect(pastedName(new File(['x'], 'dock.png'), instant, 'UTC')).toBe('dock.png');
  });
});
