/**
 * `app://tieout/`: the window's own pages, served from the built renderer with a strict content policy.
 *
 * Nothing outside the renderer's folder is reachable, and no request ever leaves the machine.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { protocol, session } from 'electron';

export const SCHEME = 'app';
export const ORIGIN = 'app://tieout';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Before the application is ready: makes the scheme a standard, secure origin. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Attached pictures are shown from the window's own memory.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

async function serve(folder: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const wanted = url.pathname === '/' ? '/index.html' : decodeURIComponent(url.pathname);
  const file = path.normalize(path.join(folder, wanted));
  if (url.host !== 'tieout' || !file.startsWith(folder + path.sep)) return new Response('', { status: 403 });
  try {
    const nonce = crypto.randomUUID();
    const extension = path.extname(file);
    const content = await fs.readFile(file);
    const body =
      extension === '.html'
        ? content.toString('utf8').replace('<head>', `<head><meta name="csp-nonce" content="${nonce}">`)
        : new Uint8Array(content);
    return new Response(body, {
      headers: {
        'content-type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
        'content-security-policy': contentPolicy(nonce),
        'x-content-type-options': 'nosniff',
      },
    });
  } catch {
    return new Response('', { status: 404 });
  }
}

/**
 * Once the application is ready.
 *
 * @param folder the built renderer
 * @param developmentServer the only other origin that may be asked, while developing
 */
export function serveWindowPages(folder: string, developmentServer: string | undefined): void {
  protocol.handle(SCHEME, (request) => serve(folder, request));
  const allowed = developmentServer ? new URL(developmentServer).host : undefined;
  session.defaultSession.webRequest.onBeforeRequest((details, respond) => {
    const url = new URL(details.url);
    const own = url.protocol === `${SCHEME}:` || url.protocol === 'devtools:' || url.protocol === 'data:' || url.protocol === 'blob:';
    respond({ cancel: !own && url.host !== allowed });
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
}
