import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ForedraftError } from '../../src-main/contract/error.ts';
import { answer, ClientBench, failure } from './client-bench.ts';
import { requestFor } from './fake-served-model.ts';

let bench: ClientBench;
beforeEach(() => {
  bench = new ClientBench();
});
afterEach(() => bench.close());

describe('a host that fails', () => {
  test.each([
    ['exits', 'exit', 'exit code 7'],
    ['is killed', 'kill', 'SIGKILL'],
  ])(
    'when it %s: the events so far are delivered, the error names the cause, and the host restarts',
    async (_name, fault, cause) => {
      const client = await bench.readyClient();
      const { error, events } = await failure(client, requestFor(0, fault));
      expect(events).toEqual([]);
      expect(error.code).toBe('engine-crashed');
      expect(error.message).toContain(cause);
      await bench.reached('ready', 2);
      expect(bench.states()).toEqual([
        'starting',
        'loading',
        'ready',
        'failed',
        'starting',
        'loading',
        'ready',
      ]);
      expect(bench.statuses[3]).toMatchObject({ error: { code: 'engine-crashed' }, restartable: true });
      expect((await answer(client, requestFor(2))).length).toBe(3);
      expect(bench.processes.children.length).toBe(2);
    },
  );

  test('killed from outside while generating: the text so far was delivered', async () => {
    const client = await bench.readyClient();
    const { error, events } = await failure(client, requestFor(100_000), () =>
      bench.processes.last.kill('SIGKILL'),
    );
    expect(error.code).toBe('engine-crashed');
    expect(events.length).toBeGreaterThan(0);
    expect(events.every((event, index) => event.type === 'token' && event.position === index)).toBe(true);
  });

  test('hung: detected, killed and restarted', async () => {
    const client = await bench.readyClient({ watchdog: { pingMs: 200, silenceMs: 3000 } });
    const { error } = await failure(client, requestFor(5, 'hang'));
    expect(error).toMatchObject({ code: 'engine-hung', details: { silenceMs: 3000 } });
    await bench.reached('ready', 2);
    expect(bench.processes.children[0]?.signalCode).toBe('SIGKILL');
  });

  test('a successful answer after a crash resets the failure count', async () => {
    const client = bench.newClient();
    client.start();
    for (let turn = 1; turn <= 4; turn++) {
      await bench.reached('ready', turn);
      await answer(client, requestFor(1));
      await failure(client, requestFor(1, 'exit'));
    }
    await bench.reached('ready', 5);
    expect(bench.processes.children.length).toBe(5);
  });

  test('three crashes in a row open the circuit until the user restarts', async () => {
    const client = bench.newClient();
    client.start();
    for (let turn = 1; turn <= 3; turn++) {
      await bench.reached('ready', turn);
      await failure(client, requestFor(0, 'exit'));
    }
    await bench.reached('failed', 3);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(bench.processes.children.length).toBe(3);
    expect(client.status.state).toBe('failed');
    client.restart();
    await bench.reached('ready', 4);
    expect((await answer(client, requestFor(1))).length).toBe(2);
  });

  test('a host that cannot be spawned counts as a failure', async () => {
    let tries = 0;
    const spawn = () => {
      tries += 1;
      if (tries < 3) throw new Error('spawn ENOMEM');
      return bench.processes.spawn();
    };
    bench.newClient('good', { spawn }).start();
    await bench.reached('ready');
    expect(bench.states()).toEqual([
      'starting',
      'failed',
      'starting',
      'failed',
      'starting',
      'loading',
      'ready',
    ]);
    expect(JSON.stringify(bench.statuses[1])).toContain('spawn ENOMEM');
  });
});

describe('a model that does not load', () => {
  test('is reported with the error of the engine, without a restart; Restart engine tries again', async () => {
    const client = bench.newClient('throw');
    client.start();
    expect(await bench.reached('failed')).toMatchObject({
      error: { code: 'model-load-failed' },
      restartable: true,
    });
    expect(bench.crashLoopGuard().uncleanStarts()).toBe(0);
    expect((await failure(client, requestFor(1))).error.code).toBe('engine-unavailable');
    client.restart();
    await bench.reached('failed', 2);
    expect(bench.processes.children.length).toBe(2);
  });

  test('is reported if none is installed', async () => {
    const chooseModel = () => Promise.reject(new ForedraftError('model-missing', 'No model is installed.'));
    bench.newClient('good', { chooseModel }).start();
    expect(await bench.reached('failed')).toMatchObject({ error: { code: 'model-missing' } });
  });

  test('and crashes its host opens the circuit, and is not loaded at the next start of the program', async () => {
    bench.newClient('exit').start();
    await bench.reached('failed', 3);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(bench.processes.children.length).toBe(3);
    expect(bench.crashLoopGuard().uncleanStarts()).toBeGreaterThanOrEqual(2);

    bench.statuses.length = 0;
    const next = bench.newClient('good');
    next.start();
    expect(bench.statuses).toMatchObject([
      { state: 'failed', error: { code: 'engine-unavailable' }, restartable: true },
    ]);
    expect(bench.processes.children.length).toBe(3);
    next.restart();
    await bench.reached('ready');
    expect(bench.crashLoopGuard().uncleanStarts()).toBe(0);
  });

  test('and hangs the host while loading counts as hung', async () => {
    bench.newClient('hang', { watchdog: { pingMs: 200, silenceMs: 3000 }, restartDelays: [] }).start();
    expect(await bench.reached('failed')).toMatchObject({ error: { code: 'engine-hung' } });
    await bench.processes.allEnded();
  });
});

describe('unclean starts', () => {
  test('one is tolerated, two lead to safe mode', async () => {
    bench.crashLoopGuard().begin();
    await bench.readyClient();
    expect(bench.crashLoopGuard().uncleanStarts()).toBe(0);

    bench.statuses.length = 0;
    bench.crashLoopGuard().begin();
    bench.crashLoopGuard().begin();
    bench.newClient().start();
    expect(bench.statuses).toMatchObject([{ state: 'failed', error: { details: { uncleanStarts: 2 } } }]);
    expect(bench.processes.children.length).toBe(1);
  });

  test('safe mode persists if the program is closed without a restart', () => {
    bench.crashLoopGuard().begin();
    bench.crashLoopGuard().begin();
    const client = bench.newClient();
    client.start();
    client.close();
    expect(bench.crashLoopGuard().uncleanStarts()).toBe(2);
  });
});

test('a model found damaged in the background ends what follows with that error, until another is loaded', async () => {
  const client = bench.newClient('damaged');
  client.start();
  expect(await bench.reached('failed')).toMatchObject({
    error: { code: 'model-file-invalid', message: 'The fake is damaged.' },
    restartable: true,
  });
  expect(bench.states()).toEqual(['starting', 'loading', 'ready', 'failed']);
  const { error } = await failure(client, requestFor(3));
  expect(error).toMatchObject({ code: 'model-file-invalid', details: { file: 'fake' } });
  expect(bench.crashLoopGuard().uncleanStarts()).toBe(0);
  client.restart();
  await bench.reached('ready', 2);
});
