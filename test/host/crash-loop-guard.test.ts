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

describe('the crash loop guard', () => {
  test('counts unfinished starts across runs of the program', () => {
    const file = path.join(directory, 'marker');
    new CrashLoopGuard(file).begin();
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(1);
    new CrashLoopGuard(file).begin();
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(2);
    new CrashLoopGuard(file).finish();
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(0);
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  test('tolerates finishing twice', () => {
    const guard = new CrashLoopGuard(path.join(directory, 'marker'));
    guard.finish();
    guard.finish();
    expect(guard.uncleanStarts()).toBe(0);
  });

  test.each(['', 'many', '-3', '1.5', 'NaN', '\0\0'])('treats a damaged marker (%j) as none', (content) => {
    const file = path.join(directory, 'marker');
    fs.writeFileSync(file, content);
    expect(new CrashLoopGuard(file).uncleanStarts()).toBe(0);
  });

  test('warns of a marker that cannot be written, and does not fail', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const guard = new CrashLoopGuard(path.join(directory, 'no', 'such', 'folder'));
    guard.begin();
    expect(guard.uncleanStarts()).toBe(0);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
