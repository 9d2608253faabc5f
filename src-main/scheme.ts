import fs from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';

/** The page's origin, shared with no file and no other page. */
export const appOrigin = 'app://foredraft';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

/** Serves the files below `root` as app://foredraft/..., and nothing else. */
export function serveScheme(root: string): void {
  protocol.handle('app', (request) => respond(root, request.url));
}

/**
 * The file below `root` that `url` names; undefined for another origin, a path outside the root, or an unknown
 * file type.
 */
export function fileOf(root: string, url: string): string | undefined {
  let name: string;
  try {
    const { protocol: scheme, host, pathname } = new URL(url);
    if (`${scheme}//${host}` !== appOrigin) return undefined;
    name = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0')) return undefined;
  const file = path.resolve(root, `.${name === '/' ? '/index.html' : name}`);
  if (!file.startsWith(path.resolve(root) + path.sep)) return undefined;
  return path.extname(file) in contentTypes ? file : undefined;
}

async function respond(root: string, url: string): Promise<Response> {
  const file = fileOf(root, url);
  const body = file === undefined ? undefined : await fs.readFile(file).catch(() => undefined);
  if (file === undefined || body === undefined) return new Response('Not found', { status: 404 });
  return new Response(body, {
    headers: {
      'content-type': contentTypes[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
}
