import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const project = path.join(import.meta.dirname, '../..');

/** The command line's answer, run with `flags` for Node. */
async function answer(flags: readonly string[]): Promise<string> {
  const program = path.join(project, 'src-main/command-line/generate.ts');
  const request = ['--prompt', 'Name three rivers.', '--max-tokens', '16', '--strategy', '{"kind":"greedy"}'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, ...request], {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  return stdout;
}

// Without ONNX Runtime's threads, only the handle in JavaScript keeps its library loaded.
test('one core and constant garbage collection give the same text', async () => {
  const oneCore = path.join(project, 'test/fakes/one-core.mjs');
  expect(await answer(['--expose-gc', `--import=${oneCore}`])).toBe(await answer([]));
});
