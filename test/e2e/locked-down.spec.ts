import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { launch, ready, send, test } from './app.ts';

test('the page has no Node, no network and can’t navigate away', async ({ app: { window, electron } }) => {
  const reach = await window.evaluate(async () => {
    const failing = async (work: () => Promise<unknown>) => {
      try {
        await work();
        return 'worked';
      } catch {
        return 'failed';
      }
    };
    const names = ['require', 'process', 'module', 'Buffer', '__dirname'];
    return {
      globals: names.filter((name) => name in globalThis),
      api: Object.keys((globalThis as unknown as { api: object }).api).sort(),
      fetched: await failing(() => fetch('https://example.com/')),
      ownFile: await failing(() => fetch('file:///etc/hostname')),
      opened: globalThis.open('https://example.com/') === null ? 'failed' : 'worked',
      camera: await failing(() => navigator.mediaDevices.getUserMedia({ video: true })),
      evaluated: await failing(async () => new Function('return 1')()),
    };
  });
  expect(reach).toEqual({
    globals: [],
    api: ['on', 'request'],
    fetched: 'failed',
    ownFile: 'failed',
    opened: 'failed',
    camera: 'failed',
    evaluated: 'failed',
  });
  await window.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await window.waitForTimeout(300);
  expect(window.url()).toMatch(/^app:\/\/foredraft\//);
  const windows = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

test('invalid requests over the bridge are rejected by name', async ({ app: { window } }) => {
  const replies = await window.evaluate(async () => {
    const api = (
      globalThis as unknown as { api: { request(name: string, argument: unknown): Promise<unknown> } }
    ).api;
    return Promise.all([
      api.request('conversation-open', { id: '../../etc/passwd' }),
      api.request('answer-send', { content: 'x' }),
      api.request('no-such-request', undefined),
      api.request('__proto__', undefined),
      api.request('constructor', undefined),
      api.request('settings-write', { theme: 'pink' }),
    ]);
  });
  for (const reply of replies) expect(reply).toMatchObject({ ok: false, error: { code: 'message-invalid' } });
});

/** Paths written and addresses connected to, from an strace log of all processes of the app. */
function traceOf(log: string): { connected: string[]; written: string[] } {
  const connected: string[] = [];
  const written: string[] = [];
  for (const line of fs.readFileSync(log, 'utf8').split('\n')) {
    const address = /sa_family=AF_INET6?\b.*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/.exec(
      line,
    );
    // Failed connections count as attempts.
    if (address) connected.push(address[1] ?? address[2] ?? '');
    if (/= -1 /.test(line)) continue;
    const opened = /openat\([^"]*"([^"]+)", [^)]*(?:O_WRONLY|O_RDWR|O_CREAT)/.exec(line);
    const changed = /(?:mkdir|mkdirat|rename|renameat2?|unlink|unlinkat|creat)\([^"]*"([^"]+)"/.exec(line);
    for (const found of [opened, changed]) if (found) written.push(found[1]!);
  }
  return { connected, written };
}

test('nothing is sent, and no file outside the data folder is written', async ({ data }) => {
  test.skip(process.platform !== 'linux', 'strace needs Linux');
  test.setTimeout(180_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-trace-'));
  const log = path.join(folder, 'strace.log');
  const home = path.join(folder, 'home');
  fs.mkdirSync(home);
  const calls = 'connect,sendto,sendmsg,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat';
  const wrapper = ['strace', '-f', '--seccomp-bpf', '-qq', '-s', '512', '-e', `trace=${calls}`, '-o', log];
  // Mesa, a graphics driver, caches shaders in the user's cache folder for every program with a window.
  const environment = { HOME: home, MESA_SHADER_CACHE_DISABLE: 'true' };
  const app = await launch(data, { wrapper, environment });
  await ready(app.window);
  const answer = await send(app.window, 'Say hello.');
  await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 120_000 });
  await app.electron.close();

  const { connected, written } = traceOf(log);
  // Playwright talks to the app over the loopback interface.
  expect(connected.filter((address) => !['127.0.0.1', '::1'].includes(address))).toEqual([]);
  // Needed by every window: devices, shared memory, Chromium's and Playwright's temporary files.
  const allowed = [data, '/dev/', '/proc/', '/sys/', path.join(os.tmpdir(), '.org.chromium.'), folder];
  const scratch = /^\/tmp\/(\.com\.google\.Chrome|playwright|\.X11|scoped_dir)/;
  const outside = written.filter(
    (file) =>
      path.isAbsolute(file) && !allowed.some((place) => file.startsWith(place)) && !scratch.test(file),
  );
  expect([...new Set(outside)]).toEqual([]);
  expect(fs.readdirSync(home)).toEqual([]);
  // Positive control: expected accesses were traced.
  expect(written.some((file) => file.startsWith(path.join(data, 'history.sqlite')))).toBe(true);
  fs.rmSync(folder, { recursive: true });
});

test('the trace is parsed correctly', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-trace-'));
  const log = path.join(folder, 'strace.log');
  fs.writeFileSync(
    log,
    [
      '12 connect(9, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1 EINPROGRESS',
      '12 connect(9, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X1"}, 20) = 0',
      '12 connect(9, {sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0',
      '12 openat(AT_FDCWD, "/home/someone/.onnxruntime/state", O_WRONLY|O_CREAT, 0600) = 5',
      '12 openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 5',
      '12 openat(AT_FDCWD, "/root/refused", O_RDWR) = -1 EACCES (Permission denied)',
      '12 mkdir("/home/someone/.cache", 0755) = 0',
    ].join('\n'),
  );
  expect(traceOf(log)).toEqual({
    connected: ['192.0.2.7', '2001:db8::1'],
    written: ['/home/someone/.onnxruntime/state', '/home/someone/.cache'],
  });
  fs.rmSync(folder, { recursive: true });
});
