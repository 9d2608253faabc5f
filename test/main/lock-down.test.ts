import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { lockDownApp, lockDownSession } from '../../src-main/lock-down.ts';

vi.mock('electron', () => ({ protocol: {} }));

describe('the locked down app', () => {
  test('sandboxes every renderer and resolves no host name', () => {
    const appendSwitch = vi.fn();
    const enableSandbox = vi.fn();
    lockDownApp({
      enableSandbox,
      commandLine: { appendSwitch, hasSwitch: () => false },
      on: vi.fn(),
    } as unknown as App);
    expect(enableSandbox).toHaveBeenCalledTimes(1);
    expect(appendSwitch).toHaveBeenCalledWith('host-resolver-rules', 'MAP * ~NOTFOUND');
    expect(appendSwitch).toHaveBeenCalledWith('disable-background-networking');
  });

  test('does not contradict who starts it without a sandbox', () => {
    const enableSandbox = vi.fn();
    const commandLine = { appendSwitch: vi.fn(), hasSwitch: (name: string) => name === 'no-sandbox' };
    lockDownApp({ enableSandbox, commandLine, on: vi.fn() } as unknown as App);
    expect(enableSandbox).not.toHaveBeenCalled();
  });

  test('goes nowhere and opens nothing, in any contents', () => {
    const app = Object.assign(new EventEmitter(), {
      enableSandbox: vi.fn(),
      commandLine: { appendSwitch: vi.fn(), hasSwitch: () => false },
    });
    lockDownApp(app as unknown as App);
    const setWindowOpenHandler = vi.fn();
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler });
    app.emit('web-contents-created', {}, contents);
    for (const name of ['will-navigate', 'will-redirect', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      contents.emit(name, { preventDefault });
      expect(preventDefault, name).toHaveBeenCalledTimes(1);
    }
    const open = setWindowOpenHandler.mock.calls[0]?.[0] as (details: { url: string }) => unknown;
    expect(open({ url: 'app://foredraft/index.html' })).toEqual({ action: 'deny' });
  });
});

describe('the locked down session', () => {
  const session = {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    setSpellCheckerEnabled: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
    on: vi.fn(),
  };
  beforeEach(() => lockDownSession(session as unknown as Session));

  test('grants the clipboard to be written, and nothing else', () => {
    const check = session.setPermissionCheckHandler.mock.calls[0]?.[0] as (
      _: unknown,
      permission: string,
    ) => boolean;
    const request = session.setPermissionRequestHandler.mock.calls[0]?.[0] as (
      contents: unknown,
      permission: string,
      answer: (granted: boolean) => void,
    ) => void;
    for (const permission of [
      'media',
      'geolocation',
      'clipboard-read',
      'notifications',
      'openExternal',
      'usb',
      '',
    ]) {
      expect(check(undefined, permission)).toBe(false);
      request(undefined, permission, (granted) => expect(granted).toBe(false));
    }
    expect(check(undefined, 'clipboard-sanitized-write')).toBe(true);
    const device = session.setDevicePermissionHandler.mock.calls[0]?.[0] as () => boolean;
    expect(device()).toBe(false);
  });

  test('saves no file that a page offers', () => {
    const [name, refuse] = session.on.mock.calls[0] as [string, (event: object) => void];
    const preventDefault = vi.fn();
    refuse({ preventDefault });
    expect(name).toBe('will-download');
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['app://foredraft/index.html', false],
    ['data:image/png;base64,AA==', false],
    ['https://example.org/', true],
    ['http://localhost:5173/', true],
    ['ws://localhost/', true],
    ['file:///etc/passwd', true],
    ['app://foredraft.example.org/', true],
    ['app://other/', true],
  ])('a request for %s is cancelled: %j', (url, cancel) => {
    const decide = session.webRequest.onBeforeRequest.mock.calls[0]?.[0] as (
      details: { url: string },
      answer: (decision: { cancel: boolean }) => void,
    ) => void;
    const answer = vi.fn();
    decide({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel });
  });
});
