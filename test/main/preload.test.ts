import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Api } from '../../src-main/contract/api.ts';

type Listener = (event: unknown, name: string, payload: unknown) => void;
const electron = vi.hoisted(() => ({
  invoke: vi.fn(),
  on: vi.fn<(channel: string, listener: Listener) => void>(),
  exposeInMainWorld: vi.fn(),
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: electron.exposeInMainWorld },
  ipcRenderer: { invoke: electron.invoke, on: electron.on },
}));

let api: Api;
let push: (name: string, payload: unknown) => void;
beforeEach(async () => {
  vi.resetModules();
  for (const mock of Object.values(electron)) mock.mockReset();
  await import('../../src-main/preload.ts');
  expect(electron.exposeInMainWorld).toHaveBeenCalledExactlyOnceWith('api', expect.anything());
  api = electron.exposeInMainWorld.mock.calls[0]![1] as Api;
  const [channel, listener] = electron.on.mock.calls[0]!;
  expect(channel).toBe('push');
  push = (name, payload) => listener({}, name, payload);
});

describe('the preload', () => {
  test('exposes two functions and nothing else', () => {
    expect(Object.keys(api).sort()).toEqual(['on', 'request']);
  });

  test('sends every request through one channel', async () => {
    electron.invoke.mockResolvedValue({ ok: true, value: null });
    expect(await api.request('clipboard-write', { text: 'x' })).toEqual({ ok: true, value: null });
    expect(electron.invoke).toHaveBeenCalledExactlyOnceWith('request', 'clipboard-write', { text: 'x' });
  });

  test('delivers a push to the listeners of its name, until they unsubscribe', () => {
    const first = vi.fn();
    const second = vi.fn();
    const other = vi.fn();
    const stopFirst = api.on('menu-command', first);
    api.on('menu-command', second);
    api.on('engine-status', other);
    push('menu-command', 'new');
    stopFirst();
    push('menu-command', 'palette');
    push('__proto__', {});
    expect(first.mock.calls).toEqual([['new']]);
    expect(second.mock.calls).toEqual([['new'], ['palette']]);
    expect(other).not.toHaveBeenCalled();
  });

  test('delivers a push to every listener, even if one unsubscribes on it', () => {
    const second = vi.fn();
    const stop = api.on('menu-command', () => stop());
    api.on('menu-command', second);
    push('menu-command', 'new');
    expect(second).toHaveBeenCalledTimes(1);
  });
});
