/** Prints a part of the page by itself: its copy stands beside the application and is shown on paper only. */
export function printPart(part: HTMLElement, heading: string): void {
  const sheet = document.createElement('div');
  sheet.setAttribute('data-printed', '');
  const title = document.createElement('h1');
  title.textContent = heading;
  sheet.append(title, part.cloneNode(true));
  document.body.append(sheet);
  window.addEventListener('afterprint', () => sheet.remove(), { once: true });
  window.print();
}
