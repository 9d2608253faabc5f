import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { lockDownApp, lockDownSession } from '../../src-main/lock-down.ts';

vi.mock('electron', () => ({ protocol: {} }));

describe('the locked-down app', () => {
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

  test('keeps --no-sandbox', () => {
    const enableSandbox = vi.fn();
    const commandLine = { appendSwitch: vi.fn(), hasSwitch: (name: string) => name === 'no-sandbox' };
    lockDownApp({ enableSandbox, commandLine, on: vi.fn() } as unknown as App);
    expect(enableSandbox).not.toHaveBeenCalled();
  });

  test('resolves the dictionary hosts only if dictionaries are allowed', () => {
    const appendSwitch = vi.fn();
    const commandLine = { appendSwitch, hasSwitch: () => true };
    lockDownApp({ commandLine, on: vi.fn() } as unknown as App, true);
    expect(appendSwitch).toHaveBeenCalledWith(
      'host-resolver-rules',
      'MAP * ~NOTFOUND, EXCLUDE redirector.gvt1.com, EXCLUDE *.gvt1.com',
    );
  });

  test('blocks navigation and new windows in all web contents', () => {
    const app = Object.assign(new EventEmitter(), {
      enableSandbox: vi.fn(),
      commandLine: { appendSwitch: vi.fn(), hasSwitch: () => false },
    });
    lockDownApp(app as unknown as App);
    const setWindowOpenHandler = vi.fn();
    const setWebRTCIPHandlingPolicy = vi.fn();
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler, setWebRTCIPHandlingPolicy });
    app.emit('web-contents-created', {}, contents);
    for (const name of ['will-navigate', 'will-redirect', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      contents.emit(name, { preventDefault });
      expect(preventDefault, name).toHaveBeenCalledTimes(1);
    }
    const open = setWindowOpenHandler.mock.calls[0]?.[0] as (details: { url: string }) => unknown;
    expect(open({ url: 'app://foredraft/index.html' })).toEqual({ action: 'deny' });
    expect(setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp');
  });
});

describe('the locked-down session', () => {
  const session = {
    setPermissionRequestHandler: vi.fn(),
    setPermissionCheckHandler: vi.fn(),
    setDevicePermissionHandler: vi.fn(),
    setSpellCheckerEnabled: vi.fn(),
    setSpellCheckerLanguages: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn() },
    on: vi.fn(),
  };
  beforeEach(() => lockDownSession(session as unknown as Session));

  test('grants writing to the clipboard, and nothing else', () => {
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

  test('cancels downloads', () => {
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

describe('a session with spell check', () => {
  const sessionFor = (language?: string) => {
    const session = {
      ...{ setPermissionRequestHandler: vi.fn(), setPermissionCheckHandler: vi.fn(), on: vi.fn() },
      ...{ setDevicePermissionHandler: vi.fn(), webRequest: { onBeforeRequest: vi.fn() } },
      ...{ setSpellCheckerEnabled: vi.fn(), setSpellCheckerLanguages: vi.fn() },
    };
    lockDownSession(session as unknown as Session, language);
    return session;
  };
  const dictionary = 'https://redirector.gvt1.com/edgedl/chrome/dict/en-us-10-1.bdic';

  test.each([
    [dictionary, 'en-US', false],
    ['https://r5---sn-4g5e6nze.gvt1.com/edgedl/chrome/dict/de-de-3-0.bdic', 'de', false],
    [dictionary, undefined, true],
    ['https://redirector.gvt1.com/other', 'en-US', true],
    ['https://gvt1.com.example.org/edgedl/chrome/dict/x', 'en-US', true],
    ['https://example.org/?redirector.gvt1.com/edgedl/chrome/dict/', 'en-US', true],
  ])('%s with %s is cancelled: %j', (url, language, cancel) => {
    const { webRequest } = sessionFor(language);
    const answer = vi.fn();
    (webRequest.onBeforeRequest.mock.calls[0]?.[0] as (...parts: unknown[]) => void)({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel });
  });

  test('checks its language, or nothing without one', () => {
    const on = sessionFor('de');
    expect(on.setSpellCheckerEnabled).toHaveBeenCalledWith(true);
    expect(on.setSpellCheckerLanguages).toHaveBeenCalledWith(['de']);
    const off = sessionFor();
    expect(off.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
    expect(off.setSpellCheckerLanguages).toHaveBeenCalledWith([]);
  });
});
