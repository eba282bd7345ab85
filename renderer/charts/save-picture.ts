/**
 * A chart as a picture of its own: every style written into it, on white paper whatever the theme.
 */

const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight'] as const;
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const MARGIN = 16;
const TITLE_HEIGHT = 24;
/** Pixels of a picture for each pixel of the screen, so that it stays sharp in a document. */
const PNG_SCALE = 2;

export interface PictureText {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** The chart as SVG text with its title above it. */
export function svgText(drawn: SVGSVGElement, title: string): PictureText {
  const width = Number(drawn.getAttribute('width'));
  const height = Number(drawn.getAttribute('height'));
  // In the page, so that its tokens are resolved; in the light, so that it can be printed.
  const host = document.createElement('div');
  host.className = 'visually-hidden';
  host.style.colorScheme = 'light';
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  host.append(copy);
  document.body.append(host);
  for (const element of copy.querySelectorAll('*')) {
    const computed = getComputedStyle(element);
    for (const name of STYLES) element.setAttribute(name, computed.getPropertyValue(name));
  }
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const name of ['class', 'tabindex', 'role', 'data-mark', 'data-tip', 'style']) element.removeAttribute(name);
  }
  host.remove();
  const whole = { width: width + MARGIN * 2, height: height + MARGIN * 2 + TITLE_HEIGHT };
  const outer = document.createElementNS(SVG_NAMESPACE, 'svg');
  outer.setAttribute('xmlns', SVG_NAMESPACE);
  outer.setAttribute('width', String(whole.width));
  outer.setAttribute('height', String(whole.height));
  outer.setAttribute('font-family', 'Inter, system-ui, sans-serif');
  const paper = document.createElementNS(SVG_NAMESPACE, 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', '#ffffff');
  const heading = document.createElementNS(SVG_NAMESPACE, 'text');
  heading.setAttribute('x', String(MARGIN));
  heading.setAttribute('y', String(MARGIN + 12));
  heading.setAttribute('font-size', '13');
  heading.setAttribute('font-weight', '600');
  heading.textContent = title;
  copy.setAttribute('x', String(MARGIN));
  copy.setAttribute('y', String(MARGIN + TITLE_HEIGHT));
  outer.append(paper, heading, copy);
  return { text: new XMLSerializer().serializeToString(outer), ...whole };
}

/**
 * The picture in pixels, as base64.
 *
 * @throws where the browser cannot draw it, which would be a bug of `svgText`
 */
export async function pngBase64({ text, width, height }: PictureText): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * PNG_SCALE);
  canvas.height = Math.ceil(height * PNG_SCALE);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').split(',')[1]!;
}
