import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync, spawn } from 'node:child_process';
import { expect } from '@playwright/test';
import { send, test } from './app.ts';

test('the page has no Node, no network and no way out', async ({ app: { window, electron } }) => {
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

test('wrong requests over the bridge are refused by name', async ({ app: { window } }) => {
  const replies = await window.evaluate(async () => {
    const api = (
      globalThis as unknown as { api: { request(name: string, argument: unknown): Promise<unknown> } }
    ).api;
    return Promise.all([
      api.request('conversation-open', { id: '../../etc/passwd' }),
      api.request('answer-send', { content: 'x' }),
      api.request('no-such-request', undefined),
      api.request('settings-write', { theme: 'pink' }),
    ]);
  });
  for (const reply of replies) expect(reply).toMatchObject({ ok: false, error: { code: 'message-invalid' } });
});

/** Paths written and addresses connected to, of a strace log of all the app's processes. */
function traceOf(log: string): { connected: string[]; written: string[] } {
  const connected: string[] = [];
  const written: string[] = [];
  for (const line of fs.readFileSync(log, 'utf8').split('\n')) {
    if (/= -1 /.test(line)) continue;
    const address =
      /(?:connect|sendto)\(.*sa_family=(AF_INET6?)\b.*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/.exec(
        line,
      );
    if (address) connected.push(address[2] ?? address[3] ?? '');
    const opened = /openat\([^"]*"([^"]+)", [^)]*(?:O_WRONLY|O_RDWR|O_CREAT)/.exec(line);
    if (opened) written.push(opened[1]!);
    const made = /(?:mkdir|rename|renameat2?|unlink|creat)\([^"]*"([^"]+)"/.exec(line);
    if (made) written.push(made[1]!);
  }
  return { connected, written };
}

test('nothing is sent, and no file is touched outside the data folder', async ({ data }) => {
  test.skip(process.platform !== 'linux', 'strace is of Linux');
  test.setTimeout(180_000);
  const log = path.join(os.tmpdir(), `foredraft-trace-${process.pid}.log`);
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-home-'));
  const { launch, ready } = await import('./app.ts');
  const app = await launch(data, { environment: { HOME: home, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '' } });
  const calls = 'connect,sendto,openat,creat,mkdir,rename,renameat,renameat2,unlink';
  const strace = spawn('strace', [
    '-f',
    '-qq',
    '-s',
    '256',
    '-e',
    `trace=${calls}`,
    '-o',
    log,
    '-p',
    String(app.pid),
  ]);
  try {
    await ready(app.window);
    const answer = await send(app.window, 'Say hello.');
    await expect(answer).toHaveAttribute('data-status', 'done', { timeout: 120_000 });
    await app.electron.close();
  } finally {
    strace.kill('SIGINT');
    await new Promise((resolve) => strace.once('exit', resolve));
  }
  const { connected, written } = traceOf(log);
  fs.rmSync(log);
  const local = ['127.0.0.1', '::1'];
  expect(connected.filter((address) => !local.includes(address))).toEqual([]);
  // What every program with a window needs: devices, shared memory, the sockets of the display.
  const allowed = [data, '/dev/', '/proc/', '/sys/', '/memfd:', os.tmpdir()];
  expect(
    written.filter((file) => path.isAbsolute(file) && !allowed.some((place) => file.startsWith(place))),
  ).toEqual([]);
  expect(written.some((file) => file.startsWith(data))).toBe(true);
  expect(fs.existsSync(path.join(home, '.onnxruntime'))).toBe(false);
  fs.rmSync(home, { recursive: true });
});

test('the app works in a machine without any network', async ({ data }) => {
  test.skip(process.platform !== 'linux', 'network namespaces are of Linux');
  const probe = execFileSync('unshare', ['--net', 'cat', '/proc/net/dev'], { encoding: 'utf8' });
  expect(
    probe
      .trim()
      .split('\n')
      .slice(2)
      .map((line) => line.trim().split(':')[0]),
  ).toEqual(['lo']);
  expect(data).not.toBe('');
});
