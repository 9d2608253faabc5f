import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { intraOpThreads } from '../../src-main/runtime/onnx-environment.ts';

const project = path.join(import.meta.dirname, '../..');

/** The answer's tokens with their log-probabilities, from a process that sees `cores` cores. */
async function answer(cores: number, flags: readonly string[] = []): Promise<readonly string[]> {
  const preload = `--import=${path.join(project, 'test/fakes/cores.mjs')}`;
  const program = path.join(project, 'src-main/command-line/generate.ts');
  const strategy = JSON.stringify({ kind: 'beam', width: 3 });
  const request = ['--prompt', 'Name three rivers.', '--max-tokens', '16', '--strategy', strategy, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, preload, program, ...request], {
    env: { ...process.env, NODE_NO_WARNINGS: '1', CORES: String(cores) },
    maxBuffer: 16 * 1024 * 1024,
  });
  const events = stdout.trim().split('\n');
  return events.filter((line) => (JSON.parse(line) as GenerationEvent).type === 'token');
}

test('1 to 4 threads give the same text and log-probabilities', async () => {
  expect([1, 2, 3, 4].map(intraOpThreads)).toEqual([1, 2, 3, 4]);
  const one = await answer(1);
  expect(one).toHaveLength(16);
  for (const cores of [2, 3, 4]) expect(await answer(cores)).toEqual(one);
});

// Without ONNX Runtime's threads, only the handles in JavaScript keep the libraries loaded.
test('one core and constant garbage collection give the same text', async () => {
  expect(await answer(1, ['--expose-gc'])).toEqual(await answer(2));
});
