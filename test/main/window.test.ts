import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, test, vi } from 'vitest';
import { reloadAfterCrash } from '../../src-main/window.ts';

vi.mock('electron', () => ({ BrowserWindow: {}, nativeTheme: {}, protocol: {}, screen: {} }));

test('a crashed page is reloaded, unless it crashes again at once or exited cleanly', () => {
  const reload = vi.fn();
  const webContents = Object.assign(new EventEmitter(), { reload });
  let time = 0;
  reloadAfterCrash({ webContents } as unknown as BrowserWindow, () => time);
  const end = (reason: string) => webContents.emit('render-process-gone', {}, { reason });
  end('crashed');
  expect(reload).toHaveBeenCalledTimes(1);
  time = 9_000;
  end('crashed');
  expect(reload).toHaveBeenCalledTimes(1);
  time = 30_000;
  end('oom');
  expect(reload).toHaveBeenCalledTimes(2);
  time = 60_000;
  end('clean-exit');
  expect(reload).toHaveBeenCalledTimes(2);
});
