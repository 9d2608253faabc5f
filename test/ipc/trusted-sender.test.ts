import type { WebContents, WebFrameMain } from 'electron';
import { describe, expect, test } from 'vitest';
import { isTrustedSender } from '../../src-main/ipc/trusted-sender.ts';

const origin = 'app://foredraft';

const frameAt = (url: string) => ({ url }) as WebFrameMain;
const contentsOf = (mainFrame: WebFrameMain) => ({ mainFrame }) as WebContents;

/** Whether a message is trusted from the main frame of the window, showing `url`. */
function isTrustedOn(url: string): boolean {
  const frame = frameAt(url);
  const contents = contentsOf(frame);
  return isTrustedSender({ sender: contents, senderFrame: frame }, contents, origin);
}

describe('a sender', () => {
  test('is trusted in the main frame of the window on a page of the app', () => {
    expect(isTrustedOn('app://foredraft/index.html')).toBe(true);
    expect(isTrustedOn('app://foredraft/')).toBe(true);
  });

  test.each([
    'https://foredraft/',
    'app://foredraft.example.org/',
    'app://foredrafted/index.html',
    'app://foredraft',
    'app://foredraft:80/',
    'file:///index.html',
    'about:blank',
    'data:text/html,app://foredraft/',
    'https://example.org/app://foredraft/',
    '',
  ])('is not trusted on %j', (url) => {
    expect(isTrustedOn(url)).toBe(false);
  });

  test('is not trusted in another window, a subframe, a detached frame, or without a window', () => {
    const frame = frameAt('app://foredraft/index.html');
    const contents = contentsOf(frame);
    const other = contentsOf(frame);
    const inner = frameAt('app://foredraft/index.html');
    expect(isTrustedSender({ sender: other, senderFrame: frame }, contents, origin)).toBe(false);
    expect(isTrustedSender({ sender: contents, senderFrame: inner }, contents, origin)).toBe(false);
    expect(isTrustedSender({ sender: contents, senderFrame: null }, contents, origin)).toBe(false);
    expect(isTrustedSender({ sender: contents, senderFrame: frame }, undefined, origin)).toBe(false);
  });
});
