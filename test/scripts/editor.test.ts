import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.join(import.meta.dirname, '../../models/editor');
const python = process.platform === 'win32' ? 'python' : 'python3';

test("the editor's training code does what its Python tests say", () => {
  const { status, stderr, error } = spawnSync(python, ['-m', 'unittest', 'discover', '-s', 'tests'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  expect(error).toBeUndefined();
  expect(status, stderr).toBe(0);
  const [, count] = /^Ran (\d+) tests/m.exec(stderr) ?? [];
  expect(Number(count)).toBeGreaterThan(25);
  // Its reason names the package that is missing.
  const skipped = /skipped=(\d+)/.exec(stderr);
  if (skipped) console.warn(`models/editor: ${skipped[1]} test file is skipped; it needs numpy.`);
});
