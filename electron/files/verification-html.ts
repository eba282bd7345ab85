/** A verification as one HTML page for paper: each line what was checked, whether it holds, and how to check it without Tieout. */
import type { Verification } from '@shared/contract/sign-off';
import { formatInstant } from '@shared/domain/instant';
import { plural } from '@shared/domain/plural';
import { escapeHtml, facts, htmlPage, section } from './html-page';

const STYLE = `
table.checks td:first-child { width: 18mm; font-weight: 600; } tr.differs td:first-child { color: #b0241c; }
table.checks { font-size: 9pt; } .how { color: #4a5159; font-size: 8pt; } ul { margin: 1mm 0; padding-left: 5mm; }`;

/** Both separators: a page may be made on another system than the file was verified on. */
const fileNameOf = (filePath: string): string => filePath.split(/[\\/]/).at(-1) ?? filePath;

/** @param timeZone in which the page says when it was verified */
export function verificationHtml({ subject, holds, facts: about, checks }: Verification, atInstant: number, timeZone: string): string {
  const name = fileNameOf(subject);
  const failed = checks.filter((check) => !check.holds).length;
  const rows = checks.map((check) => `<tr${check.holds ? '' : ' class="differs"'}><td>${check.holds ? 'holds' : 'DIFFERS'}</td><td><b>${escapeHtml(check.name)}</b><br>${escapeHtml(check.message)}
${check.findings.length === 0 ? '' : `<ul>${check.findings.map((finding) => `<li>${escapeHtml(finding)}</li>`).join('')}</ul>`}<div class="how">Without Tieout: ${escapeHtml(check.howToCheck)}</div></td></tr>`);
  return htmlPage({
    title: `Verification of ${name}`,
    style: STYLE,
    body: `<h1>${escapeHtml(`Verification of ${name}`)}</h1>
<p class="soft">${escapeHtml(subject)}</p>
<p><span class="state">${holds ? 'Holds' : 'Differs'}</span> ${holds ? plural(checks.length, 'check') : `${failed} of ${plural(checks.length, 'check')}`}, verified ${escapeHtml(formatInstant(atInstant, timeZone))}, ${escapeHtml(timeZone)}</p>
${section('What was verified', about.length === 0 ? '' : facts(about.map((each) => [each.name, each.value])))}${section('Checks', `<table class="checks"><tbody>\n${rows.join('\n')}\n</tbody></table>`)}<footer>Compare codes and fingerprints with those that came to you by another way. What is sealed is tamper-evident: a change shows, it is not prevented.</footer>`,
  });
}
