import type { MessagePort } from 'node:worker_threads';
import { MessageChannel } from 'node:worker_threads';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ForedraftError, reportOf } from '../../src-main/contract/error.ts';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { HostReply, HostMessage } from '../../src-main/host/protocol.ts';
import { serve } from '../../src-main/host/serve.ts';
import type { FakeServedModel } from './fake-served-model.ts';
import { loadFake, requestFor } from './fake-served-model.ts';

/** A host at the other end of a real port, with a log of its replies. */
class Served {
  readonly replies: HostReply[] = [];
  readonly models: FakeServedModel[] = [];
  readonly #port: MessagePort;
  #changed: () => void = () => undefined;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (reply: HostReply) => {
      this.replies.push(reply);
      this.#changed();
    });
    serve(
      {
        post: (reply) => port2.postMessage(reply),
        onMessage: (listener) => void port2.on('message', (message: HostMessage) => listener(message)),
      },
      async (files) => {
        const model = await loadFake(files);
        this.models.push(model);
        return model;
      },
      { delay: 1, pause: 1 },
    );
  }

  post(message: HostMessage): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.close();
  }

  /** The first reply that `wanted` accepts, past or future. */
  async reply(wanted: (reply: HostReply) => boolean): Promise<HostReply> {
    for (;;) {
      const found = this.replies.find(wanted);
      if (found) return found;
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  async load(id: number, directory = '/models/good'): Promise<HostReply> {
    this.post({ type: 'load', id, model: modelIn(directory) });
    return this.reply((reply) => 'id' in reply && reply.id === id);
  }

  end(id: number): Promise<HostReply> {
    return this.reply(
      (reply) =>
        'id' in reply &&
        reply.id === id &&
        (reply.type === 'failed' || (reply.type === 'events' && reply.events.at(-1)?.type === 'end')),
    );
  }

  events(id: number): GenerationEvent[] {
    return this.replies.flatMap((reply) => (reply.type === 'events' && reply.id === id ? reply.events : []));
  }
}

const modelIn = (directory: string) => ({
  ...{ directory, provider: 'cpu', installed: new Map() },
  record: '/data/verified-models.json',
});

let host: Served;
beforeEach(() => {
  host = new Served();
});
afterEach(() => host.close());

describe('the host', () => {
  test('says hello and answers pings', async () => {
    await host.reply((reply) => reply.type === 'hello');
    host.post({ type: 'ping' });
    expect(await host.reply((reply) => reply.type === 'pong')).toEqual({ type: 'pong' });
  });

  test('cannot generate before a load', async () => {
    host.post({ type: 'generate', id: 1, request: requestFor(3) });
    expect(await host.end(1)).toMatchObject({ type: 'failed', error: { code: 'engine-unavailable' } });
  });

  test('loads a model and returns its card', async () => {
    expect(await host.load(1)).toMatchObject({
      type: 'result',
      value: { card: { id: 'fake' }, providers: [] },
    });
  });

  test('sends every event in order, the end last and in its own message', async () => {
    await host.load(1);
    host.post({ type: 'generate', id: 2, request: requestFor(40) });
    expect(await host.end(2)).toMatchObject({ events: [{ type: 'end', reason: 'length' }] });
    const events = host.events(2);
    expect(events.slice(0, -1).map((event) => event.type === 'token' && event.position)).toEqual(
      Array.from({ length: 40 }, (_, position) => position),
    );
  });

  test('ends a cancelled generation as stopped, and only that one', async () => {
    await host.load(1);
    host.post({ type: 'generate', id: 2, request: requestFor(100_000) });
    host.post({ type: 'cancel', id: 1 });
    host.post({ type: 'cancel', id: 77 });
    await host.reply((reply) => reply.type === 'events');
    expect(host.events(2).at(-1)?.type).toBe('token');
    host.post({ type: 'cancel', id: 2 });
    expect(await host.end(2)).toMatchObject({ events: [{ type: 'end', reason: 'stopped' }] });
  });

  test('runs one generation, load or call at a time and refuses others', async () => {
    await host.load(1);
    host.post({ type: 'generate', id: 2, request: requestFor(100_000) });
    host.post({ type: 'generate', id: 3, request: requestFor(1) });
    host.post({ type: 'load', id: 4, model: modelIn('/models/good') });
    host.post({ type: 'unload', id: 5 });
    for (const id of [3, 4, 5]) {
      expect(await host.end(id)).toMatchObject({ type: 'failed', id, error: { code: 'engine-busy' } });
    }
    host.post({ type: 'cancel', id: 2 });
    expect(await host.end(2)).toMatchObject({ type: 'events' });
    expect(host.models.map(({ closed }) => closed)).toEqual([false]);
  });

  test('prefills until a request arrives or another prefill replaces it', async () => {
    await host.load(1);
    const prefill = (raw: string) => host.post({ type: 'prefill', request: { prompt: { raw } } });
    const model = host.models[0];
    for (const raw of ['first', 'throw', 'second', 'third']) {
      prefill(raw);
      await vi.waitFor(() => expect(model?.prefillsStarted.at(-1)).toBe(raw));
    }
    expect(model?.prefilling).toBe(1);
    host.post({ type: 'generate', id: 10, request: requestFor(3) });
    prefill('while it generates');
    expect(await host.end(10)).toMatchObject({ events: [{ type: 'end', reason: 'length' }] });
    expect([model?.prefilling, model?.prefillsStarted.at(-1)]).toEqual([0, 'third']);
    expect(host.replies.filter((reply) => reply.type === 'failed')).toEqual([]);
  });

  test('is idle, clean-up included, when it reports the end', async () => {
    await host.load(1);
    for (let id = 2; id < 12; id++) {
      host.post({ type: 'generate', id, request: requestFor(id % 3) });
      expect(await host.end(id)).toMatchObject({ type: 'events' });
      expect(host.models[0]?.running).toBe(0);
    }
  });

  test('sends pending events before it reports a failure, and stays usable', async () => {
    await host.load(1);
    host.post({ type: 'generate', id: 2, request: requestFor(3, 'throw') });
    expect(await host.end(2)).toEqual({
      type: 'failed',
      id: 2,
      error: {
        code: 'model-load-failed',
        message: 'The fake failed as instructed.',
        details: { fake: true },
      },
    });
    expect(host.events(2).length).toBe(3);
    host.post({ type: 'generate', id: 3, request: requestFor(1, 'break') });
    expect(await host.end(3)).toMatchObject({
      error: { code: 'runtime-failed', message: 'not a ForedraftError' },
    });
    host.post({ type: 'generate', id: 4, request: requestFor(1) });
    expect(await host.end(4)).toMatchObject({ type: 'events' });
  });

  test('unloads: the model is closed', async () => {
    await host.load(1);
    host.post({ type: 'unload', id: 2 });
    await host.reply((reply) => reply.type === 'result' && reply.id === 2);
    expect(host.models.map(({ closed }) => closed)).toEqual([true]);
    host.post({ type: 'generate', id: 3, request: requestFor(1) });
    expect(await host.end(3)).toMatchObject({ error: { code: 'engine-unavailable' } });
    host.post({ type: 'unload', id: 4 });
    await host.reply((reply) => reply.type === 'result' && reply.id === 4);
  });

  test('checks the files of a model while nothing else runs', async () => {
    await host.load(1);
    await vi.waitFor(() => expect(host.models[0]?.verified).toBe(1));
    host.post({ type: 'load', id: 2, model: modelIn('/models/good') });
    await host.reply((reply) => 'id' in reply && reply.id === 2);
    host.post({ type: 'generate', id: 3, request: requestFor(100) });
    await host.end(3);
    await vi.waitFor(() => expect(host.models[1]?.verified).toBe(1));
    expect(host.replies.some(({ type }) => type === 'damaged')).toBe(false);
  });

  test('doesn’t check while it generates, nor a model that is closed', async () => {
    await host.load(1);
    host.post({ type: 'generate', id: 2, request: requestFor(100_000) });
    await host.reply((reply) => reply.type === 'events');
    await pause(50);
    expect(host.models[0]?.verified).toBe(0);
    host.post({ type: 'cancel', id: 2 });
    host.post({ type: 'ping' });
    await host.end(2);
    await vi.waitFor(() => expect(host.models[0]?.verified).toBe(1));
    await host.load(3);
    host.post({ type: 'unload', id: 4 });
    await host.reply((reply) => 'id' in reply && reply.id === 4);
    await pause(50);
    expect(host.models[1]?.closed).toBe(true);
  });

  const damage = new ForedraftError('model-file-invalid', 'The fake is damaged.', { file: 'fake' });

  test('closes a model that turns out to be damaged, and answers with that error', async () => {
    await host.load(1, '/models/damaged');
    expect(await host.reply(({ type }) => type === 'damaged')).toEqual({
      type: 'damaged',
      error: reportOf(damage, 'runtime-failed'),
    });
    expect(host.models.map(({ closed }) => closed)).toEqual([true]);
    for (const id of [2, 3]) {
      host.post({ type: 'generate', id, request: requestFor(1) });
      expect(await host.end(id)).toMatchObject({
        type: 'failed',
        error: { message: 'The fake is damaged.' },
      });
    }
    // Another one can be loaded.
    expect(await host.load(4)).toMatchObject({ type: 'result' });
    host.post({ type: 'generate', id: 5, request: requestFor(1) });
    expect(await host.end(5)).toMatchObject({ type: 'events' });
  });

  test('ends a run whose model turns out to be damaged meanwhile', async () => {
    await host.load(1);
    await vi.waitFor(() => expect(host.models[0]?.verified).toBe(1));
    await host.load(2);
    const model = host.models[1]!;
    let find: () => void = () => undefined;
    model.finding = new Promise((resolve) => (find = resolve));
    model.damage = damage;
    await pause(50);
    host.post({ type: 'generate', id: 3, request: requestFor(100_000) });
    await host.reply((reply) => reply.type === 'events' && reply.id === 3);
    find();
    expect(await host.end(3)).toMatchObject({ type: 'failed', error: { code: 'model-file-invalid' } });
    await host.reply(({ type }) => type === 'damaged');
    expect([model.closed, model.running]).toEqual([true, 0]);
  });

  test('a load closes the previous model, even if the load then fails', async () => {
    await host.load(1);
    await host.load(2);
    expect(host.models.map(({ closed }) => closed)).toEqual([true, false]);
    expect(await host.load(3, '/models/throw')).toMatchObject({ error: { code: 'model-load-failed' } });
    expect(host.models.map(({ closed }) => closed)).toEqual([true, true]);
    expect(await host.load(4)).toMatchObject({ type: 'result' });
  });
});
