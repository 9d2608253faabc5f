import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineStatus } from '../../src-main/contract/engine-status.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type { GenerationEvent, GenerationRequest } from '../../src-main/contract/generation.ts';
import type { HostClientOptions } from '../../src-main/host/client.ts';
import { HostClient } from '../../src-main/host/client.ts';
import { StartMarker } from '../../src-main/host/start-marker.ts';
import { requestFor } from './fake-served-model.ts';
import { HostProcesses } from './host-processes.ts';

/** Long enough for a process to start on a busy machine. */
const patientWatchdog = { pingMs: 100, silenceMs: 5000 };

let directory: string;
let processes: HostProcesses;
let clients: HostClient[];
let statuses: EngineStatus[];
let changed: () => void;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-host-'));
  processes = new HostProcesses();
  clients = [];
  statuses = [];
  changed = () => undefined;
});
afterEach(async () => {
  for (const client of clients) client.close();
  await processes.end();
  fs.rmSync(directory, { recursive: true });
});

const marker = () => new StartMarker(path.join(directory, 'marker'));

/** A client whose host loads a model that has the mishap `model` when it is loaded. */
function newClient(model = 'good', options: Partial<HostClientOptions> = {}): HostClient {
  const client = new HostClient({
    spawn: processes.spawn,
    chooseModel: () => Promise.resolve({ id: model, directory: `/models/${model}`, provider: 'cpu' }),
    marker: marker(),
    onStatus: (status) => {
      statuses.push(status);
      changed();
    },
    watchdog: patientWatchdog,
    restartDelays: [10, 20],
    ...options,
  });
  clients.push(client);
  return client;
}

const states = () => statuses.map(({ state }) => state);

/** Waits until the latest status is `state` and was told `count` times in all. */
async function reached(state: EngineStatus['state'], count = 1): Promise<EngineStatus> {
  for (;;) {
    const last = statuses.at(-1);
    if (last?.state === state && states().filter((other) => other === state).length >= count) return last;
    await new Promise<void>((resolve) => (changed = resolve));
  }
}

async function answer(
  client: HostClient,
  request: GenerationRequest,
  onBatch: (batch: readonly GenerationEvent[]) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<GenerationEvent[]> {
  const events: GenerationEvent[] = [];
  for await (const batch of client.generate(request, signal)) {
    events.push(...batch);
    onBatch(batch);
  }
  return events;
}

/** The error of an answer that ends badly, and the events before it. */
async function failure(
  client: HostClient,
  request: GenerationRequest,
  onBatch?: () => void,
): Promise<{ readonly error: ForedraftError; readonly events: readonly GenerationEvent[] }> {
  const events: GenerationEvent[] = [];
  try {
    await answer(client, request, (batch) => {
      events.push(...batch);
      onBatch?.();
    });
  } catch (error) {
    if (error instanceof ForedraftError) return { error, events };
    throw error;
  }
  throw new Error('the answer did not fail');
}

describe('a host that is well', () => {
  test('starts, loads and is ready; its marker is gone', async () => {
    newClient().start();
    expect(await reached('ready')).toMatchObject({ model: { id: 'fake' }, providers: [] });
    expect(states()).toEqual(['starting', 'loading', 'ready']);
    expect(statuses[1]).toEqual({ state: 'loading', modelId: 'good' });
    expect(marker().uncleanStarts()).toBe(0);
  });

  test('answers with every event in order', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
    const events = await answer(client, requestFor(50));
    expect(events.map((event) => (event.type === 'token' ? event.position : event.type))).toEqual([
      ...Array.from({ length: 50 }, (_, position) => position),
      'end',
    ]);
  });

  test('takes the next request as soon as an answer has ended', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
    for (let turn = 0; turn < 20; turn++)
      expect((await answer(client, requestFor(turn % 4))).length).toBe((turn % 4) + 1);
  });

  test('stops an answer when it is told to, and answers again', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
    const stop = new AbortController();
    const events = await answer(client, requestFor(100_000), () => stop.abort(), stop.signal);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' });
    expect((await answer(client, requestFor(2))).length).toBe(3);
  });

  test('ends an answer that was stopped before it began', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
    const events = await answer(client, requestFor(100_000), undefined, AbortSignal.abort());
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'stopped' });
  });

  test('does not write on for a reader that left', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
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
    const client = newClient();
    client.start();
    await reached('ready');
    let second: Promise<unknown> | undefined;
    const first = await answer(client, requestFor(60), () => {
      second ??= failure(client, requestFor(1));
    });
    expect(await second).toMatchObject({ error: { code: 'engine-busy' } });
    expect(first.length).toBe(61);
  });

  test('passes on what the engine reports and stays ready', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
    const { error, events } = await failure(client, requestFor(3, 'throw'));
    expect(error).toMatchObject({ code: 'model-load-failed', details: { fake: true } });
    expect(events.length).toBe(3);
    expect(client.status.state).toBe('ready');
  });

  test('has no answer before it is ready', async () => {
    const client = newClient();
    expect((await failure(client, requestFor(1))).error.code).toBe('engine-unavailable');
    client.start();
    expect((await failure(client, requestFor(1))).error).toMatchObject({ details: { state: 'starting' } });
  });
});

describe('a host that fails', () => {
  test.each([
    ['exits', 'exit', 'exit code 7'],
    ['is killed', 'kill', 'SIGKILL'],
  ])('when it %s: the events so far, an error that says so, and a restart', async (_name, mishap, cause) => {
    const client = newClient();
    client.start();
    await reached('ready');
    const { error, events } = await failure(client, requestFor(0, mishap));
    expect(events).toEqual([]);
    expect(error.code).toBe('engine-crashed');
    expect(error.message).toContain(cause);
    await reached('ready', 2);
    expect(states()).toEqual(['starting', 'loading', 'ready', 'failed', 'starting', 'loading', 'ready']);
    expect(statuses[3]).toMatchObject({ error: { code: 'engine-crashed' }, restartable: true });
    expect((await answer(client, requestFor(2))).length).toBe(3);
    expect(processes.children.length).toBe(2);
  });

  test('killed from outside while it writes: the text so far was delivered', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
    const { error, events } = await failure(client, requestFor(100_000), () =>
      processes.last.kill('SIGKILL'),
    );
    expect(error.code).toBe('engine-crashed');
    expect(events.length).toBeGreaterThan(0);
    expect(events.every((event, index) => event.type === 'token' && event.position === index)).toBe(true);
  });

  test('hung: found out, ended and started again', async () => {
    const client = newClient('good', { watchdog: { pingMs: 200, silenceMs: 3000 } });
    client.start();
    await reached('ready');
    const { error } = await failure(client, requestFor(5, 'hang'));
    expect(error).toMatchObject({ code: 'engine-hung', details: { silenceMs: 3000 } });
    await reached('ready', 2);
    expect(processes.children[0]?.signalCode).toBe('SIGKILL');
  });

  test('after a crash and a good answer, failures are counted from the start', async () => {
    const client = newClient();
    client.start();
    for (let turn = 1; turn <= 4; turn++) {
      await reached('ready', turn);
      await answer(client, requestFor(1));
      await failure(client, requestFor(1, 'exit'));
    }
    await reached('ready', 5);
    expect(processes.children.length).toBe(5);
  });

  test('three crashes in a row open the circuit until a person restarts', async () => {
    const client = newClient();
    client.start();
    for (let turn = 1; turn <= 3; turn++) {
      await reached('ready', turn);
      await failure(client, requestFor(0, 'exit'));
    }
    await reached('failed', 3);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(processes.children.length).toBe(3);
    expect(client.status.state).toBe('failed');
    client.restart();
    await reached('ready', 4);
    expect((await answer(client, requestFor(1))).length).toBe(2);
  });

  test('a host that cannot be started is a failure like any other', async () => {
    let tries = 0;
    const spawn = () => {
      tries += 1;
      if (tries < 3) throw new Error('spawn ENOMEM');
      return processes.spawn();
    };
    newClient('good', { spawn }).start();
    await reached('ready');
    expect(states()).toEqual(['starting', 'failed', 'starting', 'failed', 'starting', 'loading', 'ready']);
    expect(JSON.stringify(statuses[1])).toContain('spawn ENOMEM');
  });
});

describe('a model that does not load', () => {
  test('is told as the engine told it, without a restart; Restart engine tries again', async () => {
    const client = newClient('throw');
    client.start();
    expect(await reached('failed')).toMatchObject({
      error: { code: 'model-load-failed' },
      restartable: true,
    });
    expect(marker().uncleanStarts()).toBe(0);
    expect((await failure(client, requestFor(1))).error.code).toBe('engine-unavailable');
    client.restart();
    await reached('failed', 2);
    expect(processes.children.length).toBe(2);
  });

  test('is told where there is none', async () => {
    const chooseModel = () => Promise.reject(new ForedraftError('model-missing', 'No model is installed.'));
    newClient('good', { chooseModel }).start();
    expect(await reached('failed')).toMatchObject({ error: { code: 'model-missing' } });
  });

  test('and takes its host down opens the circuit, and is left alone at the next start of the program', async () => {
    newClient('exit').start();
    await reached('failed', 3);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(processes.children.length).toBe(3);
    expect(marker().uncleanStarts()).toBeGreaterThanOrEqual(2);

    statuses = [];
    const next = newClient('good');
    next.start();
    expect(statuses).toMatchObject([
      { state: 'failed', error: { code: 'engine-unavailable' }, restartable: true },
    ]);
    expect(processes.children.length).toBe(3);
    next.restart();
    await reached('ready');
    expect(marker().uncleanStarts()).toBe(0);
  });

  test('and hangs while it is loaded counts as hung', async () => {
    newClient('hang', { watchdog: { pingMs: 200, silenceMs: 3000 }, restartDelays: [] }).start();
    expect(await reached('failed')).toMatchObject({ error: { code: 'engine-hung' } });
    await processes.allEnded();
  });
});

describe('starts that were not survived', () => {
  test('one is forgiven, two lead to safe mode', async () => {
    marker().begin();
    newClient().start();
    await reached('ready');
    expect(marker().uncleanStarts()).toBe(0);

    statuses = [];
    marker().begin();
    marker().begin();
    newClient().start();
    expect(statuses).toMatchObject([{ state: 'failed', error: { details: { uncleanStarts: 2 } } }]);
    expect(processes.children.length).toBe(1);
  });

  test('safe mode outlives a program that was closed without a restart', () => {
    marker().begin();
    marker().begin();
    const client = newClient();
    client.start();
    client.close();
    expect(marker().uncleanStarts()).toBe(2);
  });
});

describe('the end', () => {
  test('closing while a model is loaded ends the process, says nothing more and counts as clean', async () => {
    const client = newClient();
    client.start();
    await reached('loading');
    const told = statuses.length;
    client.close();
    client.close();
    client.restart();
    await processes.allEnded();
    expect(statuses.length).toBe(told);
    expect(processes.children.length).toBe(1);
    expect(marker().uncleanStarts()).toBe(0);
  });

  test('closing or restarting while it writes ends the answer with an error', async () => {
    const client = newClient();
    client.start();
    await reached('ready');
    const restarted = await failure(client, requestFor(100_000), () => client.restart());
    expect(restarted.error.code).toBe('run-interrupted');
    await reached('ready', 2);
    const closed = await failure(client, requestFor(100_000), () => client.close());
    expect(closed.error.code).toBe('run-interrupted');
    await processes.allEnded();
  });

  test('closing between a crash and its restart starts nothing more', async () => {
    const client = newClient('good', { restartDelays: [50] });
    client.start();
    await reached('ready');
    processes.last.kill('SIGKILL');
    await reached('failed');
    client.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(processes.children.length).toBe(1);
  });
});
