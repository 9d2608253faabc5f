import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, ClientBench, failure } from './client-bench.ts';
import { requestFor } from './fake-served-model.ts';

let bench: ClientBench;
beforeEach(() => {
  bench = new ClientBench();
});
afterEach(() => bench.close());

describe('a healthy host', () => {
  test('starts, loads and is ready; the start counts as clean', async () => {
    bench.newClient().start();
    expect(await bench.reached('ready')).toMatchObject({ model: { id: 'fake' }, providers: [] });
    expect(bench.states()).toEqual(['starting', 'loading', 'ready']);
    expect(bench.statuses[1]).toEqual({ state: 'loading', modelId: 'good' });
    expect(bench.crashLoopGuard().uncleanStarts()).toBe(0);
  });

  test('delivers every event in order', async () => {
    const client = await bench.readyClient();
    const events = await answer(client, requestFor(50));
    expect(events.map((event) => (event.type === 'token' ? event.position : event.type))).toEqual([
      ...Array.from({ length: 50 }, (_, position) => position),
      'end',
    ]);
  });

  test('accepts the next request as soon as an answer has ended', async () => {
    const client = await bench.readyClient();
    for (let turn = 0; turn < 20; turn++) {
      expect((await answer(client, requestFor(turn % 4))).length).toBe((turn % 4) + 1);
    }
  });

  test('measures forward passes', async () => {
    const client = await bench.readyClient();
    expect(await client.call('measure', null)).toMatchObject({
      modelId: 'fake',
      forwards: [{ width: 1 }],
      draft: null,
    });
    expect(await client.call('measure', 'small')).toMatchObject({ draft: { modelId: 'small' } });
  });

  test('inspects an answer', async () => {
    const client = await bench.readyClient();
    const request = { prompt: { raw: 'x' }, strategy: { kind: 'greedy' }, alternatives: 2 } as const;
    const found = await client.call('inspect', { ...request, tokens: [5, 6, 7], first: 1, count: 9 });
    expect(found.map(({ position, id }) => [position, id])).toEqual([
      [1, 6],
      [2, 7],
    ]);
  });

  test('tokenizes an answer prefix', async () => {
    const client = await bench.readyClient();
    expect(await client.call('tokenize', { tokens: [5, 0] })).toEqual([
      { id: 5, text: '5 ', ends: false },
      { id: 0, text: '0 ', ends: true },
    ]);
    expect(await client.call('tokenize', { text: 'abc' })).toHaveLength(3);
  });

  test('rejects calls without a model', async () => {
    await expect(bench.newClient().call('measure', null)).rejects.toMatchObject({
      code: 'engine-unavailable',
    });
  });

  test('stops an answer on abort, then answers again', async () => {
    const client = await bench.readyClient();
    const stop = new AbortController();
    const events = await answer(client, requestFor(100_000), () => stop.abort(), stop.signal);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' });
    expect((await answer(client, requestFor(2))).length).toBe(3);
  });

  test('ends an answer that was stopped before it started', async () => {
    const client = await bench.readyClient();
    const events = await answer(client, requestFor(100_000), undefined, AbortSignal.abort());
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' });
  });

  test('stops generating when the consumer returns early', async () => {
    const client = await bench.readyClient();
    for await (const batch of client.generate(requestFor(100_000), new AbortController().signal)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    for (;;) {
      try {
        expect((await answer(client, requestFor(1))).length).toBe(2);
        break;
      } catch (error) {
        expect(error).toMatchObject({ code: 'engine-busy' });
      }
    }
  });

  test('refuses a concurrent answer and continues the first', async () => {
    const client = await bench.readyClient();
    let second: Promise<unknown> | undefined;
    const first = await answer(client, requestFor(60), () => {
      second ??= failure(client, requestFor(1));
    });
    expect(await second).toMatchObject({ error: { code: 'engine-busy' } });
    expect(first.length).toBe(61);
  });

  test('reports errors of the engine and stays ready', async () => {
    const client = await bench.readyClient();
    const { error, events } = await failure(client, requestFor(3, 'throw'));
    expect(error).toMatchObject({ code: 'model-load-failed', details: { fake: true } });
    expect(events.length).toBe(3);
    expect(client.status.state).toBe('ready');
  });

  test('rejects requests before it is ready', async () => {
    const client = bench.newClient();
    expect((await failure(client, requestFor(1))).error.code).toBe('engine-unavailable');
    client.start();
    expect((await failure(client, requestFor(1))).error).toMatchObject({ details: { state: 'starting' } });
  });
});

describe('closing', () => {
  test('while a model is loading ends the process, emits no status and counts as clean', async () => {
    const client = bench.newClient();
    client.start();
    await bench.reached('loading');
    const emitted = bench.statuses.length;
    client.close();
    client.close();
    client.restart();
    await bench.processes.allEnded();
    expect(bench.statuses.length).toBe(emitted);
    expect(bench.processes.children.length).toBe(1);
    expect(bench.crashLoopGuard().uncleanStarts()).toBe(0);
  });

  test('or restarting while generating ends the answer with an error', async () => {
    const client = await bench.readyClient();
    const restarted = await failure(client, requestFor(100_000), () => client.restart());
    expect(restarted.error.code).toBe('run-interrupted');
    await bench.reached('ready', 2);
    const closed = await failure(client, requestFor(100_000), () => client.close());
    expect(closed.error.code).toBe('run-interrupted');
    await bench.processes.allEnded();
  });

  test('between a crash and its restart prevents the restart', async () => {
    const client = await bench.readyClient({ restartDelays: [50] });
    bench.processes.last.kill('SIGKILL');
    await bench.reached('failed');
    client.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(bench.processes.children.length).toBe(1);
  });
});
