/**
 * Text onto the clipboard. The window has no permission for the asynchronous clipboard, so the page copies a selection
 * as a person would.
 */
export function copyText(text: string): boolean {
  const holder = document.createElement('textarea');
  const before = document.activeElement;
  holder.value = text;
  holder.className = 'visually-hidden';
  holder.setAttribute('aria-hidden', 'true');
  document.body.append(holder);
  holder.select();
  const copied = document.execCommand('copy');
  holder.remove();
  if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
  return copied;
}
