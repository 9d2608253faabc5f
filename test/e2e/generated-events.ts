import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';

const program = path.join(import.meta.dirname, '../../src-main/command-line/generate.ts');

/** Events of `npm run -s generate -- --raw --json` for a prompt; the seed is the strategy's, default 0. */
export function generatedEvents(
  prompt: string,
  strategy: StrategyInput,
  maxTokens: number,
): readonly GenerationEvent[] {
  const options = ['--raw', '--json', '--max-tokens', String(maxTokens)];
  const args = [program, '--prompt', prompt, '--strategy', JSON.stringify(strategy), ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as GenerationEvent);
}
