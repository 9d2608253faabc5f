import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { parseComparisonJson } from '../../src-main/report/export/json.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';
import { adaptedModels } from '../fakes/adapted-model.ts';

let models: Awaited<ReturnType<typeof adaptedModels>>;
beforeAll(async () => {
  models = await adaptedModels();
});
afterAll(() => models.remove());

function run(program: 'generate' | 'compare', ...options: string[]) {
  const file = path.join(import.meta.dirname, `../../src-main/command-line/${program}.ts`);
  const args = [file, '--raw', '--prompt', 'the cup', '--max-tokens', '12', ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr: stderr.trim() };
}

const refusal =
  'Tiny has no adapter: leave the setting adapter out, or convert the model again with --adapter FILE.';

test('generate --adapter runs the model with its adapter, and says so', () => {
  const strategy = ['--strategy', '{"kind":"greedy"}'];
  const eventsOf = (...options: string[]) => {
    const { status, stdout } = run('generate', '--json', ...strategy, ...options);
    expect(status).toBe(0);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as GenerationEvent & { readonly adapter?: string | null });
  };
  const idsOf = (events: readonly GenerationEvent[]) =>
    events.flatMap((event) => (event.type === 'token' ? [event.id] : []));
  const [adapted, plain, stock] = [
    eventsOf('--model', models.adapted, '--adapter'),
    eventsOf('--model', models.adapted),
    eventsOf('--model', models.stock),
  ];
  expect([adapted, plain, stock].map((events) => events.at(-1)?.adapter)).toEqual(['editor', null, null]);
  expect(idsOf(plain)).toEqual(idsOf(stock));
  expect(idsOf(adapted)).not.toEqual(idsOf(stock));
  const summary = run('generate', ...strategy, '--model', models.adapted, '--adapter').stderr;
  expect(summary).toMatch(/, tiny with editor, kernels of /i);
  expect(run('generate', '--model', models.stock, '--adapter')).toMatchObject({ status: 1, stderr: refusal });
});

test('compare --adapter runs every column with it, and refuses a model without one before it writes', () => {
  const folder = temporaryFolder();
  const strategies = path.join(folder, 'strategies.json');
  fs.writeFileSync(strategies, JSON.stringify([{ kind: 'greedy' }, { kind: 'beam', width: 1, best: 1 }]));
  const compare = (model: string, out: string, ...options: string[]) => {
    const target = path.join(folder, out);
    const shared = ['--strategies', strategies, '--model', model, '--out', target];
    return { ...run('compare', ...shared, ...options), target };
  };
  const read = (target: string) =>
    parseComparisonJson(fs.readFileSync(path.join(target, 'comparison.json'), 'utf8')).runs;
  const [adapted, plain] = [
    compare(models.adapted, 'adapted', '--adapter'),
    compare(models.adapted, 'plain'),
  ];
  const [withIt, without] = [read(adapted.target), read(plain.target)];
  expect([withIt, without].map((runs) => runs.map((one) => one.adapter))).toEqual([
    ['editor', 'editor'],
    [null, null],
  ]);
  const idsOf = (runs: typeof withIt) => runs.map(({ tokens }) => tokens.map(({ id }) => id).join());
  expect(new Set(idsOf(withIt)).size).toBe(1);
  expect(idsOf(withIt)).not.toEqual(idsOf(without));
  const markdown = fs.readFileSync(path.join(adapted.target, 'comparison.md'), 'utf8');
  expect(markdown).toContain('Model tiny with editor on cpu');
  const refused = compare(models.stock, 'refused', '--adapter');
  expect(refused).toMatchObject({ status: 1, stderr: refusal });
  expect(fs.readdirSync(refused.target)).toEqual([]);
});
