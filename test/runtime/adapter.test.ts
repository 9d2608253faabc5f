import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GenerationEvent, GenerationRequest, TokenEvent } from '../../src-main/contract/generation.ts';
import type { StrategyInput } from '../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { OnnxSession } from '../../src-main/runtime/onnx-session.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { VerificationRecord } from '../../src-main/runtime/verification-record.ts';
import { adaptedModels } from '../fakes/adapted-model.ts';
import { operatorsAreOff } from './default-model.ts';

let folders: Awaited<ReturnType<typeof adaptedModels>>;
let model: LoadedModel;
beforeAll(async () => {
  folders = await adaptedModels();
});
afterAll(() => folders.remove());
afterEach(() => {
  vi.restoreAllMocks();
});

const prompt = { raw: 'the cup and the saucer, the cup and the' };
const requestOf = (
  input: StrategyInput,
  adapter: boolean,
  part: Partial<GenerationRequest> = {},
): GenerationRequest => ({
  ...{ prompt, strategy: parseStrategy(input), maxTokens: 24, stopTexts: [], alternatives: 2 },
  ...(adapter && { adapter: true }),
  ...part,
});

async function eventsOf(
  request: GenerationRequest,
  signal = new AbortController().signal,
): Promise<GenerationEvent[]> {
  const events: GenerationEvent[] = [];
  for await (const event of model.generate(request, signal)) events.push(event);
  return events;
}

/** Tokens with their figures, those of approximate ones as rescored. */
function tokensIn(events: readonly GenerationEvent[]): Pick<TokenEvent, 'id' | 'logProbability'>[] {
  const tokens = events.flatMap((event) =>
    event.type === 'token' ? [{ id: event.id, logProbability: event.logProbability }] : [],
  );
  for (const event of events)
    if (event.type === 'rescored')
      for (const [index, { logProbability }] of event.tokens.entries())
        tokens[event.position + index]!.logProbability = logProbability;
  return tokens;
}
const greedy = async (adapter: boolean, part: Partial<GenerationRequest> = {}) =>
  tokensIn(await eventsOf(requestOf({ kind: 'greedy' }, adapter, part)));
const running = () => new AbortController().signal;

describe.each([...(operatorsAreOff ? [] : ['operators']), 'standard'])('on %s kernels', (kernels) => {
  beforeAll(async () => {
    if (kernels === 'standard') vi.stubEnv('FOREDRAFT_KERNELS', 'standard');
    model = await loadModel(folders.adapted, 'cpu');
  });
  afterAll(() => {
    model.close();
    vi.unstubAllEnvs();
  });

  test('the adapter changes the text, and a model without it is not changed by it', async () => {
    expect(model.card.kernels.kind).toBe(kernels);
    const stock = await greedy(false);
    const adapted = await greedy(true);
    expect(adapted.map(({ id }) => id)).not.toEqual(stock.map(({ id }) => id));
    const plain = await loadModel(folders.stock, 'cpu');
    const withAdapter = model;
    model = plain;
    expect(plain.card).toEqual({ ...withAdapter.card, id: 'tiny-stock', adapter: null });
    expect(await greedy(false)).toEqual(stock);
    model = withAdapter;
    plain.close();
  });

  test('chat has the same tokens and figures whatever is rewritten, prefilled or inspected in between', async () => {
    const prompts = ['the cup', 'the cup and', 'a saucer', 'the cup and the saucer'].map((raw) => ({ raw }));
    const fresh = new Map<string, unknown>();
    for (const one of prompts) {
      model.close();
      model = await loadModel(folders.adapted, 'cpu');
      fresh.set(one.raw, await greedy(false, { prompt: one }));
    }
    const step = fc.record({
      work: fc.constantFrom('chat', 'rewrite', 'prefill', 'inspect', 'chat prefill'),
      prompt: fc.constantFrom(...prompts),
    });
    const strategy = parseStrategy({ kind: 'greedy' });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const { work, prompt: one } of [...steps, { work: 'chat', prompt: prompts[0]! }]) {
          if (work === 'rewrite') await greedy(true, { prompt: one });
          else if (work === 'prefill') await model.prefill({ prompt: one, adapter: true }, running());
          else if (work === 'chat prefill') await model.prefill({ prompt: one }, running());
          else if (work === 'inspect') {
            const part = { tokens: [65, 66], first: 0, count: 2, alternatives: 1, strategy };
            await model.inspect({ ...part, prompt: one, adapter: true });
          } else expect(await greedy(false, { prompt: one })).toEqual(fresh.get(one.raw));
        }
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  test('every strategy that promises greedy’s text gives it, with its figures', async () => {
    const inputs: readonly StrategyInput[] = [
      { kind: 'auto' },
      { kind: 'beam', width: 1, best: 1 },
      { kind: 'contrastive', topK: 1 },
      { kind: 'speculative', draftLength: 'adaptive' },
      ...[1, 2, 3, 5, 8].map((draftLength) => ({ kind: 'speculative', draftLength }) as const),
    ];
    const raws = ['the cup and the saucer, the cup and the', 'a', 'one two one two one', 'Saucers. Cups.'];
    for (const raw of raws) {
      const expected = await greedy(true, { prompt: { raw } });
      const reference = String.fromCharCode(...expected.map(({ id }) => id));
      for (const input of inputs) {
        for (const references of [[], [`${raw}${reference}`]]) {
          const part = { prompt: { raw }, references };
          const found = tokensIn(await eventsOf(requestOf(input, true, part)));
          expect(found, `${JSON.stringify(input)} after ${raw}`).toEqual(expected);
        }
      }
    }
  });

  test('a text is inspected with the figures it was written with, and without the adapter with others', async () => {
    const strategies: readonly StrategyInput[] = [
      { kind: 'greedy' },
      { kind: 'sampling', seed: 4, topK: 20 },
      { kind: 'beam', width: 3 },
      { kind: 'speculative', draftLength: 4 },
    ];
    for (const input of strategies) {
      const strategy = parseStrategy(input);
      const written = tokensIn(await eventsOf(requestOf(input, true)));
      const tokens = written.map(({ id }) => id);
      const part = { prompt, strategy, tokens, first: 0, count: tokens.length, alternatives: 2 };
      const inspect = async (adapter: boolean) =>
        (await model.inspect({ ...part, ...(adapter && { adapter: true }) })).map(
          ({ id, logProbability }) => ({ id, logProbability }),
        );
      expect(await inspect(true)).toEqual(written);
      expect(await inspect(false)).not.toEqual(written);
    }
  });

  test('its prompt is prefilled in its own cache', async () => {
    const other = { raw: 'something else' };
    await model.prefill({ prompt: other, adapter: true }, running());
    const reusedAfter = async (adapter: boolean) => {
      await model.prefill({ prompt, ...(adapter && { adapter: true }) }, running());
      const end = (await eventsOf(requestOf({ kind: 'greedy' }, true))).at(-1);
      return end?.type === 'end' ? end.statistics.reusedTokens : -1;
    };
    expect(await reusedAfter(false)).toBeLessThan(2);
    expect(await reusedAfter(true)).toBe(prompt.raw.length - 1);
  });

  test('a draft model drafts for it', async () => {
    model.close();
    model = await loadModel(folders.adapted, 'cpu', new Map([['small', folders.stock]]));
    const expected = await greedy(true);
    const draft = { proposer: 'draft-model', draftModel: 'small', draftLength: 3 } as const;
    const events = await eventsOf(requestOf({ kind: 'speculative', ...draft }, true));
    expect(tokensIn(events)).toEqual(expected);
    expect(events.some((event) => event.type === 'round' && event.source === 'draft-model')).toBe(true);
  });
});

describe('the graph with the adapter', () => {
  beforeEach(async () => {
    model = await loadModel(folders.adapted, 'cpu');
  });
  afterEach(() => model.close());

  /** Holds back what `OnnxSession.load` returns from now on. */
  function slowly() {
    const { load } = OnnxSession;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const spy = vi.spyOn(OnnxSession, 'load').mockImplementation(async (...args) => {
      await gate;
      return load.apply(OnnxSession, args);
    });
    return { spy, go: () => go() };
  }

  test('is opened on first use, once, and not for chat', async () => {
    const load = vi.spyOn(OnnxSession, 'load');
    const hashed = vi.spyOn(VerificationRecord.prototype, 'keep');
    await greedy(false);
    expect(load).not.toHaveBeenCalled();
    await greedy(true);
    await greedy(true);
    await model.withAdapter();
    expect(load).toHaveBeenCalledTimes(1);
    expect(path.basename(String(load.mock.calls[0]?.[0]))).toMatch(/^editor-/);
    expect(hashed).not.toHaveBeenCalled();
  });

  test('a stop while it is opened ends the request at once, and the next one has it', async () => {
    const { spy, go } = slowly();
    const stop = new AbortController();
    const stopped = eventsOf(requestOf({ kind: 'greedy' }, true), stop.signal);
    await vi.waitFor(() => expect(spy).toHaveBeenCalled());
    stop.abort();
    expect(await stopped).toMatchObject([
      { type: 'end', reason: 'stopped', statistics: { outputTokens: 0 } },
    ]);
    const warm = new AbortController();
    const prefilled = model.prefill({ prompt, adapter: true }, warm.signal);
    await turn();
    warm.abort();
    await prefilled;
    // Chat doesn't wait for it.
    expect((await greedy(false)).length).toBeGreaterThan(0);
    const next = greedy(true);
    await turn();
    go();
    expect((await next).length).toBeGreaterThan(0);
    expect(spy).toHaveBeenCalledTimes(1);
  });

  test('a request that was stopped before ends as any other', async () => {
    const stop = new AbortController();
    stop.abort();
    for (const adapter of [true, false]) {
      const events = await eventsOf(requestOf({ kind: 'greedy' }, adapter), stop.signal);
      expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' });
    }
    // Otherwise the opening would continue into the next test.
    await model.withAdapter();
  });

  test('is freed with the model, also if that is closed while it is opened', async () => {
    const release = vi.spyOn(OnnxSession.prototype, 'release');
    const { spy, go } = slowly();
    const opening = model.withAdapter();
    await vi.waitFor(() => expect(spy).toHaveBeenCalled());
    model.close();
    model.close();
    expect(release).toHaveBeenCalledTimes(1);
    go();
    await expect(opening).rejects.toMatchObject({ code: 'run-interrupted' });
    expect(release).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();

    model = await loadModel(folders.adapted, 'cpu');
    const again = vi.spyOn(OnnxSession.prototype, 'release');
    await greedy(true);
    model.close();
    expect(again).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();
    model = await loadModel(folders.adapted, 'cpu');
  });

  test('what fails is tried again by the next request', async () => {
    vi.spyOn(OnnxSession, 'load').mockRejectedValueOnce(new Error('no memory'));
    await expect(greedy(true)).rejects.toThrow('no memory');
    expect((await greedy(true)).length).toBeGreaterThan(0);
  });
});

describe('files of the adapter', () => {
  test('that changed since the model was loaded are refused by name', async () => {
    const name = operatorsAreOff ? 'editor-model.onnx.data' : 'editor-operators.onnx.data';
    const file = path.join(folders.adapted, name);
    const bytes = fs.readFileSync(file);
    model = await loadModel(folders.adapted, 'cpu');
    fs.writeFileSync(file, Buffer.concat([bytes, Buffer.from([0])]));
    await expect(greedy(true)).rejects.toMatchObject({
      code: 'model-file-invalid',
      message: expect.stringContaining(name) as string,
    });
    expect((await greedy(false)).length).toBeGreaterThan(0);
    await expect(model.verify(() => Promise.resolve())).rejects.toThrow(name);
    fs.writeFileSync(file, bytes);
    expect((await greedy(true)).length).toBeGreaterThan(0);
    model.close();
  });

  test('of another model in the same folder are refused', async () => {
    model = await loadModel(folders.adapted, 'cpu');
    const file = path.join(folders.adapted, 'model.json');
    const before = fs.readFileSync(file);
    const { adapter: _, files: __, ...manifest } = readManifest(folders.adapted);
    fs.writeFileSync(file, JSON.stringify({ ...manifest, adapter: null, files: {} }));
    await expect(greedy(true)).rejects.toMatchObject({
      code: 'model-load-failed',
      message: expect.stringContaining('holds another model') as string,
    });
    fs.writeFileSync(file, before);
    model.close();
  });
});

test('a model without an adapter says so, and what to do', async () => {
  model = await loadModel(folders.stock, 'cpu');
  const refusal = {
    code: 'settings-invalid',
    message: expect.stringMatching(/^Tiny has no adapter: .*--adapter FILE\.$/) as string,
    details: { setting: 'adapter' },
  };
  const strategy = parseStrategy({ kind: 'greedy' });
  const part = { tokens: [65], first: 0, count: 1, alternatives: 1, strategy };
  await expect(greedy(true)).rejects.toMatchObject(refusal);
  await expect(greedy(true)).rejects.toMatchObject(refusal);
  await expect(model.inspect({ ...part, prompt, adapter: true })).rejects.toMatchObject(refusal);
  await expect(model.prefill({ prompt, adapter: true }, running())).rejects.toMatchObject(refusal);
  expect((await greedy(false)).length).toBeGreaterThan(0);
  model.close();
});
