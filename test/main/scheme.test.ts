import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { appOrigin, fileOf, registerScheme, serveScheme } from '../../src-main/scheme.ts';

const protocol = vi.hoisted(() => ({ registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() }));
vi.mock('electron', () => ({ protocol }));

let folder: string;
let root: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-scheme-'));
  root = path.join(folder, 'renderer');
  fs.mkdirSync(path.join(root, 'assets'), { recursive: true });
  fs.writeFileSync(path.join(root, 'index.html'), '<!doctype html>');
  fs.writeFileSync(path.join(root, 'assets', 'app.js'), 'export {};');
  fs.writeFileSync(path.join(root, 'assets', 'notes.txt'), 'not served');
  fs.writeFileSync(path.join(folder, 'secret.json'), '{}');
  fs.mkdirSync(path.join(folder, 'renderer-other'));
  fs.writeFileSync(path.join(folder, 'renderer-other', 'secret.json'), '{}');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('the file of a URL', () => {
  test('is below the root', () => {
    expect(fileOf(root, 'app://foredraft/')).toBe(path.join(root, 'index.html'));
    expect(fileOf(root, 'app://foredraft/index.html?x=1#y')).toBe(path.join(root, 'index.html'));
    expect(fileOf(root, 'app://foredraft/assets/a%20b.js')).toBe(path.join(root, 'assets', 'a b.js'));
    expect(fileOf(root, 'app://foredraft/assets/../index.html')).toBe(path.join(root, 'index.html'));
    expect(fileOf(root, 'app://foredraft/%2e%2e/../secret.json')).toBe(path.join(root, 'secret.json'));
  });

  test.each([
    'app://foredraft/..%2fsecret.json',
    'app://foredraft/%2e%2e%2fsecret.json',
    'app://foredraft/assets/..%2f..%2fsecret.json',
    'app://foredraft/..%2frenderer-other%2fsecret.json',
    'app://foredraft/index.html%00.json',
    'app://foredraft/%zz.json',
    'app://foredraft/assets/notes.txt',
    'app://foredraft/assets/app',
    'app://foredraft/assets/',
    'app://foredraft',
    'app://other/index.html',
    'app://foredraft.example.org/index.html',
    'app://foredraft:80/index.html',
    'file:///etc/hosts.json',
    'https://foredraft/index.html',
    'no address',
    '',
  ])('is none for %j', (url) => {
    expect(fileOf(root, url)).toBeUndefined();
  });

  test('never leaves the root, for any path', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '..%2f',
        '%2f',
        '..%5c',
        '\\..',
        'assets',
        '',
        '%252e',
        'C:',
        '~',
        '%00',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const file = fileOf(root, `${appOrigin}/${parts.join('/')}/secret.json`);
        if (file === undefined) return;
        const steps = path.relative(root, file).split(path.sep);
        expect(steps.includes('..') || path.isAbsolute(path.relative(root, file))).toBe(false);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

describe('the scheme', () => {
  let respond: (request: { readonly url: string }) => Promise<Response>;

  beforeEach(() => {
    protocol.handle.mockReset();
    serveScheme(root);
    respond = protocol.handle.mock.calls[0]?.[1] as typeof respond;
  });

  test('is registered as secure, with minimal privileges', () => {
    registerScheme();
    expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true } },
    ]);
  });

  test('serves a file with its type and a restrictive content security policy', async () => {
    const response = await respond({ url: 'app://foredraft/' });
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect((await respond({ url: 'app://foredraft/assets/app.js' })).headers.get('content-type')).toContain(
      'javascript',
    );
  });

  test.each(['missing.html', '..%2fsecret.json', 'assets/notes.txt', ''])(
    'responds 404 to %j',
    async (name) => {
      const url = name === '' ? 'https://example.org/' : `app://foredraft/${name}`;
      const response = await respond({ url });
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('{}');
    },
  );
});
