import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, ClientBench, failure } from './client-bench.ts';
import { requestFor } from './fake-served-model.ts';

let bench: ClientBench;
beforeEach(() => {
  bench = new ClientBench();
});
afterEach(() => bench.close());

describe('a host that is well', () => {
  test('starts, loads and is ready; its marker is gone', async () => {
    bench.newClient().start();
    expect(await bench.reached('ready')).toMatchObject({ model: { id: 'fake' }, providers: [] });
    expect(bench.states()).toEqual(['starting', 'loading', 'ready']);
    expect(bench.statuses[1]).toEqual({ state: 'loading', modelId: 'good' });
    expect(bench.marker().uncleanStarts()).toBe(0);
  });

  test('answers with every event in order', async () => {
    const client = await bench.readyClient();
    const events = await answer(client, requestFor(50));
    expect(events.map((event) => (event.type === 'token' ? event.position : event.type))).toEqual([
      ...Array.from({ length: 50 }, (_, position) => position),
      'end',
    ]);
  });

  test('takes the next request as soon as an answer has ended', async () => {
    const client = await bench.readyClient();
    for (let turn = 0; turn < 20; turn++) {
      expect((await answer(client, requestFor(turn % 4))).length).toBe((turn % 4) + 1);
    }
  });

  test('measures what forwards cost', async () => {
    const client = await bench.readyClient();
    expect(await client.measure(null)).toMatchObject({
      modelId: 'fake',
      forwards: [{ width: 1 }],
      draft: null,
    });
    expect(await client.measure('small')).toMatchObject({ draft: { modelId: 'small' } });
  });

  test('looks at an answer again', async () => {
    const client = await bench.readyClient();
    const request = { prompt: { raw: 'x' }, strategy: { kind: 'greedy' }, alternatives: 2 } as const;
    const found = await client.inspect({ ...request, tokens: [5, 6, 7], first: 1, count: 9 });
    expect(found.map(({ position, id }) => [position, id])).toEqual([
      [1, 6],
      [2, 7],
    ]);
  });

  test('tells what an answer is answerPrefix with', async () => {
    const client = await bench.readyClient();
    expect(await client.tokenize({ tokens: [5, 0] })).toEqual([
      { id: 5, text: '5 ', ends: false },
      { id: 0, text: '0 ', ends: true },
    ]);
    expect(await client.tokenize({ text: 'abc' })).toHaveLength(3);
  });

  test('does not measure without a model', async () => {
    await expect(bench.newClient().measure(null)).rejects.toMatchObject({ code: 'engine-unavailable' });
  });

  test('stops an answer when it is told to, and answers again', async () => {
    const client = await bench.readyClient();
    const stop = new AbortController();
    const events = await answer(client, requestFor(100_000), () => stop.abort(), stop.signal);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' });
    expect((await answer(client, requestFor(2))).length).toBe(3);
  });

  test('ends an answer that was stopped before it began', async () => {
    const client = await bench.readyClient();
    const events = await answer(client, requestFor(100_000), undefined, AbortSignal.abort());
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' });
  });

  test('does not write on for a reader that left', async () => {
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

  test('refuses a second answer at a time and goes on with the first', async () => {
    const client = await bench.readyClient();
    let second: Promise<unknown> | undefined;
    const first = await answer(client, requestFor(60), () => {
      second ??= failure(client, requestFor(1));
    });
    expect(await second).toMatchObject({ error: { code: 'engine-busy' } });
    expect(first.length).toBe(61);
  });

  test('passes on what the engine reports and stays ready', async () => {
    const client = await bench.readyClient();
    const { error, events } = await failure(client, requestFor(3, 'throw'));
    expect(error).toMatchObject({ code: 'model-load-failed', details: { fake: true } });
    expect(events.length).toBe(3);
    expect(client.status.state).toBe('ready');
  });

  test('has no answer before it is ready', async () => {
    const client = bench.newClient();
    expect((await failure(client, requestFor(1))).error.code).toBe('engine-unavailable');
    client.start();
    expect((await failure(client, requestFor(1))).error).toMatchObject({ details: { state: 'starting' } });
  });
});

describe('the end', () => {
  test('closing while a model is loaded ends the process, says nothing more and counts as clean', async () => {
    const client = bench.newClient();
    client.start();
    await bench.reached('loading');
    const told = bench.statuses.length;
    client.close();
    client.close();
    client.restart();
    await bench.processes.allEnded();
    expect(bench.statuses.length).toBe(told);
    expect(bench.processes.children.length).toBe(1);
    expect(bench.marker().uncleanStarts()).toBe(0);
  });

  test('closing or restarting while it writes ends the answer with an error', async () => {
    const client = await bench.readyClient();
    const restarted = await failure(client, requestFor(100_000), () => client.restart());
    expect(restarted.error.code).toBe('run-interrupted');
    await bench.reached('ready', 2);
    const closed = await failure(client, requestFor(100_000), () => client.close());
    expect(closed.error.code).toBe('run-interrupted');
    await bench.processes.allEnded();
  });

  test('closing between a crash and its restart starts nothing more', async () => {
    const client = await bench.readyClient({ restartDelays: [50] });
    bench.processes.last.kill('SIGKILL');
    await bench.reached('failed');
    client.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(bench.processes.children.length).toBe(1);
  });
});
