import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';

const program = path.join(import.meta.dirname, '../../src-main/command-line/generate.ts');

/** What `npm run -s generate -- --json` tells of a text to go on with; seeds are those of the strategy, default 0. */
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
