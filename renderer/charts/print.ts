/**
 * Prints a part of the page by itself: its copy stands beside the application and is shown on paper only.
 *
 * @param print opens the dialog, with whatever stands on every page
 */
export function printPart(part: HTMLElement, heading: string, print: () => void = () => window.print()): void {
  const sheet = document.createElement('div');
  sheet.setAttribute('data-printed', '');
  const title = document.createElement('h1');
  title.textContent = heading;
  sheet.append(title, part.cloneNode(true));
  document.body.append(sheet);
  window.addEventListener('afterprint', () => sheet.remove(), { once: true });
  print();
}
