/**
 * A page as one HTML file: no script, nothing loaded from elsewhere, made to be printed.
 *
 * Every text of files and of people is escaped; what looks like markup or a formula stands there as text.
 */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// What no HTML document may hold (control characters, lone surrogates) is shown as the replacement character.
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as the content of an element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(UNFIT, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** What every page looks like. */
const STYLE = `
body { margin: 24mm auto; max-width: 190mm; padding: 0 8mm; font: 10pt/1.45 system-ui, sans-serif; color: #14171a; background: #fff; }
h1 { font-size: 16pt; margin: 0 0 2mm; } h2 { font-size: 11pt; margin: 7mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2mm; } .soft { color: #4a5159; }
.state { display: inline-block; padding: .5mm 2mm; border: 1px solid #14171a; font-weight: 600; }
table { border-collapse: collapse; width: 100%; } th, td { padding: 1mm 2mm; border-bottom: 1px solid #c9ced4; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; } thead { display: table-header-group; } tr { break-inside: avoid; }
table.facts th { width: 48mm; font-weight: 400; color: #4a5159; } td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
footer { margin-top: 8mm; color: #4a5159; font-size: 8.5pt; }
@page { margin: 16mm; } @media print { body { margin: 0; padding: 0; max-width: none; } }`;

/** Names and values in two columns. */
export const facts = (rows: readonly (readonly [string, string])[]): string =>
  `<table class="facts"><tbody>\n${rows.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('\n')}\n</tbody></table>`;

/** A titled part; nothing where it holds nothing. */
export const section = (title: string, content: string): string => (content === '' ? '' : `<section>\n<h2>${escapeHtml(title)}</h2>\n${content}\n</section>\n`);

export interface HtmlPage {
  readonly title: string;
  /** HTML. */
  readonly body: string;
  /** After the style that all pages share. */
  readonly style?: string;
}

/** The whole document. */
export const htmlPage = ({ title, body, style = '' }: HtmlPage): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
