import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CrashLoopGuard } from '../../src-main/host/crash-loop-guard.ts';

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-marker-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

describe('the start marker', () => {
  test('counts starts that were answerPrefix and not finished, across runs of the program', () => {
    const file = path.join(directory, 'marker');
    new CrashLoopGuard(file).begin();
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(1);
    new CrashLoopGuard(file).begin();
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(2);
    new CrashLoopGuard(file).finish();
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(0);
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  test('finishing twice is no failure', () => {
    const marker = new CrashLoopGuard(path.join(directory, 'marker'));
    marker.finish();
    marker.finish();
    expect(marker.uncleanStarts()).toBe(0);
  });

  test.each(['', 'many', '-3', '1.5', 'NaN', '\0\0'])('a damaged marker (%j) counts as none', (content) => {
    const file = path.join(directory, 'marker');
    fs.writeFileSync(file, content);
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(0);
  });

  test('one that cannot be written is warned of and no failure', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const marker = new CrashLoopGuard(path.join(directory, 'no', 'such', 'folder'));
    marker.begin();
    expect(marker.uncleanStarts()).toBe(0);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
