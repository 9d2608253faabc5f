import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { listen } from './network/listeners.ts';
import type { ProbedPage } from './network/probe-app.ts';
import { tryFromPage } from './network/probe-app.ts';
import { tryWaysOut } from './network/ways-out.ts';

/** Tries all ways out from a page; returns which of them arrived somewhere, and what the system sent. */
async function waysOutOf(kind: ProbedPage) {
  const names = await tryWaysOut([]);
  // The last one serves the plain page.
  const listeners = await listen(names.length + 1);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-network-'));
  const log = path.join(folder, 'strace.log');
  const calls = 'trace=connect,sendto,sendmsg,sendmmsg';
  const wrapper =
    process.platform === 'linux'
      ? ['strace', '-f', '-yy', '--seccomp-bpf', '-qq', '-e', calls, '-o', log]
      : [];
  try {
    const page = listeners.targets.at(-1)!.tcp;
    const seen = await tryFromPage(kind, { folder, targets: listeners.targets.slice(0, -1), page, wrapper });
    const counts = listeners.received();
    const sent = fs.existsSync(log) ? sentIn(fs.readFileSync(log, 'utf8')) : undefined;
    return { names, seen, sent, reached: names.filter((_, index) => counts[index]! > 0) };
  } finally {
    listeners.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * What an strace log says was sent to the internet, failures included. Connecting a UDP socket sends nothing: that is
 * how WebRTC asks the system for its own address.
 */
const sentIn = (log: string) =>
  log.split('\n').filter((line) => /\bconnect\(\d+<TCP|\bsend\w*\(\d+<UDP/.test(line));

/** Ways that no listener sees from a plain page either: names that don't exist, and what Electron doesn't support. */
const unseen = [
  ...['DNS prefetch', 'STUN by name', 'image by name', 'fetch by name'],
  ...['prerender', 'preconnect', 'icon', 'speculation rules', 'SVG use'],
];

test('a plain page gets out in these ways, so they would be seen', async () => {
  const { names, seen, reached, sent } = await waysOutOf('plain');
  expect(seen.styled).toBe(true);
  expect(unseen).toEqual(expect.arrayContaining(names.filter((name) => !reached.includes(name))));
  expect(reached.length).toBeGreaterThanOrEqual(45);
  // The names are looked up.
  if (sent) expect(sent.filter((line) => line.includes('typed-by-the-user')).length).toBeGreaterThan(0);
});

for (const kind of ['app', 'app without policy'] as const) {
  test(`no way leads out of the page: ${kind}`, async () => {
    const { seen, reached, sent } = await waysOutOf(kind);
    expect(seen).toEqual({ styled: kind !== 'app', url: 'app://foredraft/index.html#' });
    expect(reached).toEqual([]);
    // No name is looked up either, and nothing in the background sends.
    if (sent) expect(sent).toEqual([]);
  });
}
