import { describe, expect, test } from 'vitest';
import { canonicalXml, element, text } from '../../electron/files/signatures/canonical-xml';
import { transformedRelationships } from '../../electron/files/signatures/relationship-transform';
import { readRelationships } from '../../electron/files/signatures/opc-package';
import { parseXml, UnreadableXml } from '../../electron/files/signatures/xml-reading';

const parsed = (source: string) => parseXml(new TextEncoder().encode(source));

function canonical(source: string, id?: string): string {
  const root = parsed(source).documentElement;
  if (root === null) throw new Error('no root');
  if (id === undefined) return canonicalXml(root);
  const found = Array.from(root.getElementsByTagName('*')).find((one) => one.getAttribute('Id') === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return canonicalXml(found);
}

describe('Canonical XML 1.0', () => {
  test('comments go, processing instructions stay, line ends become line feeds', () => {
    expect(canonical('<a><!-- no -->\r\n<?pi-without-data   ?><?pi data  ?>\r</a>')).toBe(
      '<a>\n<?pi-without-data?><?pi data  ?>\n</a>',
    );
  });

  test('namespace declarations come first and once, attributes by namespace and name', () => {
    const source =
      '<e6 a:attr="out" b:attr="sorted" attr2="all" attr="I\'m" xmlns:b="http://www.ietf.org" ' +
      'xmlns:a="http://www.w3.org" xmlns="http://example.org"><e7 xmlns="http://example.org" xmlns:a="http://www.w3.org"/></e6>';
    expect(canonical(source)).toBe(
      '<e6 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I\'m" attr2="all" ' +
        'b:attr="sorted" a:attr="out"><e7></e7></e6>',
    );
  });

  test('an undeclared default namespace is written only where one was in force', () => {
    expect(canonical('<a xmlns=""><b xmlns="urn:b"><c xmlns=""/></b><d xmlns=""/></a>')).toBe(
      '<a><b xmlns="urn:b"><c xmlns=""></c></b><d></d></a>',
    );
  });

  test('characters are escaped as the standard says, in text and in attributes', () => {
    expect(canonical('<a b="&lt;&gt;&quot;&apos;&amp;&#9;&#10;&#13;">&lt;&gt;&quot;&amp;&#13;<![CDATA[<&]]></a>')).toBe(
      '<a b="&lt;>&quot;\'&amp;&#x9;&#xA;&#xD;">&lt;&gt;"&amp;&#xD;&lt;&amp;</a>',
    );
  });

  test('white space in an attribute becomes spaces before it is signed', () => {
    expect(canonical('<a b="x\n\ty"/>')).toBe('<a b="x  y"></a>');
  });

  test('an element inside a document carries the namespaces and xml: attributes of its ancestors', () => {
    const source =
      '<r xmlns="urn:r" xmlns:p="urn:p" xml:lang="en"><s xmlns:q="urn:q" xml:lang="de"><t Id="t" p:z="1"/></s></r>';
    expect(canonical(source, 't')).toBe(
      '<t xmlns="urn:r" xmlns:p="urn:p" xmlns:q="urn:q" Id="t" xml:lang="de" p:z="1"></t>',
    );
  });

  test('what the writer writes is canonical already', () => {
    const written = element(
      'x:a',
      { b: 'quote " amp & tab \t', 'xmlns:x': 'urn:x', xmlns: 'urn:d', Id: 'i' },
      text('1 < 2 & 3 > 2 \r\n end\u0000'),
      element('c', {}),
    );
    expect(canonical(written)).toBe(written);
  });
});

describe('the relationship transform', () => {
  test('chooses, orders by Id as text, fills in TargetMode and drops what lies between', () => {
    const source =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\n <!-- x -->' +
      '<Relationship Type="t" Target="b" Id="rId2"/><Relationship Id="rId10" Type="t" Target="https://e/?a=1&amp;b" TargetMode="External"/>' +
      '<Relationship Id="rId1" Type="t" Target="a"/><Relationship Id="rId3" Type="t" Target="c"/></Relationships>';
    const relationships = readRelationships(new TextEncoder().encode(source));
    const octets = transformedRelationships(relationships, ({ id }) => id !== 'rId3');
    expect(new TextDecoder().decode(octets)).toBe(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
        '<Relationship Id="rId1" Target="a" TargetMode="Internal" Type="t"></Relationship>' +
        '<Relationship Id="rId10" Target="https://e/?a=1&amp;b" TargetMode="External" Type="t"></Relationship>' +
        '<Relationship Id="rId2" Target="b" TargetMode="Internal" Type="t"></Relationship></Relationships>',
    );
  });
});

describe('reading XML', () => {
  test.each([
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['an unclosed element', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    ['an unbound prefix', '<x:a/>'],
  ])('%s is refused', (_label, source) => {
    expect(() => parsed(source)).toThrow(UnreadableXml);
  });
});
