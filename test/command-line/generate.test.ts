import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { defaultModelDirectory } from '../runtime/default-model.ts';

const program = path.join(import.meta.dirname, '../../src-main/command-line/generate.ts');

function generate(...options: string[]) {
  const args = [program, '--model', defaultModelDirectory, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr: stderr.trim() };
}

function events(stdout: string): GenerationEvent[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GenerationEvent);
}

const textOf = (list: readonly GenerationEvent[]) =>
  list.map((event) => (event.type === 'token' ? event.text : '')).join('');

describe('generate', () => {
  test('prints the same text plain and as events, statistics last', () => {
    const options = ['--prompt', 'Name three colours.', '--max-tokens', '24'];
    const plain = generate(...options);
    const list = events(generate(...options, '--json').stdout);
    expect(plain.status).toBe(0);
    expect(plain.stdout.trim()).toBe(textOf(list).trim());
    const end = list.at(-1);
    expect(end?.type).toBe('end');
    expect(end).toMatchObject({
      modelId: 'smollm2-135m-instruct',
      provider: 'cpu',
      kernels: { kind: expect.stringMatching(/^(operators|standard)$/) as string },
    });
    expect(plain.stderr).toMatch(/, kernels of (ONNX Runtime|Foredraft \(.+\))$/);
    expect(end?.type === 'end' && end.statistics.outputTokens).toBe(
      list.filter(({ type }) => type === 'token').length,
    );
  });

  test('sampling is reproducible by seed', () => {
    const sampled = (seed: string) =>
      generate(
        '--prompt',
        'Write a story.',
        '--max-tokens',
        '24',
        '--strategy',
        '{"kind":"sampling","temperature":1}',
        '--seed',
        seed,
      ).stdout;
    const first = sampled('1');
    expect(sampled('1')).toBe(first);
    expect(sampled('2')).not.toBe(first);
  });

  test('reads a conversation from a file, a system prompt and raw text', () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-messages-')), 'messages.json');
    const messages = [
      { role: 'system', content: 'You answer in one word.' },
      { role: 'user', content: 'What is the capital of France?' },
    ];
    fs.writeFileSync(file, JSON.stringify(messages));
    const fromFile = generate('--messages', file, '--max-tokens', '16').stdout;
    const fromOptions = generate(
      '--system',
      messages[0]!.content,
      '--prompt',
      messages[1]!.content,
      '--max-tokens',
      '16',
    ).stdout;
    expect(fromFile).toBe(fromOptions);
    expect(fromFile).toContain('Paris');
    const raw = generate('--raw', '--prompt', 'The capital of France is', '--max-tokens', '4').stdout;
    expect(raw).not.toBe(fromFile);
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  test.skipIf(process.platform === 'win32')('exits silently when the reader closes the pipe', () => {
    const command = `"$0" "$@" --prompt 'Count to a hundred.' --max-tokens 4000 --json | head -c 10`;
    const args = ['-c', command, process.execPath, program, '--model', defaultModelDirectory];
    const { stdout, stderr } = spawnSync('sh', args, { encoding: 'utf8', timeout: 20_000 });
    expect(stdout).toHaveLength(10);
    expect(stderr).toBe('');
  });

  test('reports the requested number of alternatives', () => {
    const [first] = events(
      generate('--prompt', 'Hi', '--max-tokens', '1', '--json', '--top', '3').stdout,
    ).filter((event) => event.type === 'token');
    expect(first?.type === 'token' && first.alternatives).toHaveLength(3);
  });

  test.each([
    ['an empty prompt', ['--prompt', ''], /prompt/i],
    ['a prompt beyond the context', ['--prompt', 'word '.repeat(9000)], /8,192/],
    ['a strategy that is not JSON', ['--prompt', 'a', '--strategy', '{kind'], /strategy/i],
    ['an unknown setting', ['--prompt', 'a', '--strategy', '{"kind":"greedy","width":4}'], /width/],
    ['a beam of width 0', ['--prompt', 'a', '--strategy', '{"kind":"beam","width":0}'], /width.*1 to 32.*0/],
    [
      'groups that do not divide the width',
      ['--prompt', 'a', '--strategy', '{"kind":"beam","width":4,"groups":3}'],
      /multiple of groups/,
    ],
    ['top-p 1.5', ['--prompt', 'a', '--strategy', '{"kind":"sampling","topP":1.5}'], /topP.*0.01 to 1.*1.5/],
    [
      'a draft length out of range',
      ['--prompt', 'a', '--strategy', '{"kind":"speculative","draftLength":99}'],
      /draftLength/,
    ],
    [
      'an unknown strategy',
      ['--prompt', 'a', '--strategy', '{"kind":"magic"}'],
      /greedy, sampling, .* or contrastive, not "magic"/,
    ],
    [
      'a temperature out of range',
      ['--prompt', 'a', '--strategy', '{"kind":"sampling","temperature":9}'],
      /temperature.*5.*9/,
    ],
    ['a model that does not exist', ['--prompt', 'a', '--model', '/nowhere/model'], /nowhere/],
    ['an unavailable provider', ['--prompt', 'a', '--provider', 'cuda'], /cuda/i],
    ['a messages file that does not exist', ['--messages', '/nowhere.json'], /nowhere\.json/],
    ['zero tokens', ['--prompt', 'a', '--max-tokens', '0'], /max-tokens/],
    ['an unknown option', ['--prompt', 'a', '--colour', 'red'], /colour/],
  ])('%s: one sentence on stderr, nonzero exit code, empty stdout', (_, options, message) => {
    const { status, stdout, stderr } = generate(...options);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(1);
  });
});
