import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const project = path.join(import.meta.dirname, '../..');

/** What the command line answers; with `flags` for Node. */
async function answer(flags: readonly string[]): Promise<string> {
  const program = path.join(project, 'src-main/command-line/generate.ts');
  const request = ['--prompt', 'Name three rivers.', '--max-tokens', '16', '--strategy', '{"kind":"greedy"}'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program, ...request], {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  return stdout;
}

// Without threads of its own, nothing keeps ONNX Runtime's library loaded but the handle that JavaScript has.
test('a machine with one core, whose garbage is collected all the time, gives the same text', async () => {
  const oneCore = path.join(project, 'test/fakes/one-core.mjs');
  expect(await answer(['--expose-gc', `--import=${oneCore}`])).toBe(await answer([]));
});
