import type { MessagePort } from 'node:worker_threads';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import type { HostReply, HostRequest } from '../../src-main/host/protocol.ts';
import { serve } from '../../src-main/host/serve.ts';
import type { FakeServedModel } from './fake-served-model.ts';
import { loadFake, requestFor } from './fake-served-model.ts';

/** A host at the other end of a real port, and all that it said. */
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
        onMessage: (listener) => void port2.on('message', (request: HostRequest) => listener(request)),
      },
      async (directory) => {
        const model = await loadFake(directory);
        this.models.push(model);
        return model;
      },
    );
  }

  post(request: HostRequest): void {
    this.#port.postMessage(request);
  }

  close(): void {
    this.#port.close();
  }

  /** The first reply that `wanted` holds for, past or to come. */
  async reply(wanted: (reply: HostReply) => boolean): Promise<HostReply> {
    for (;;) {
      const found = this.replies.find(wanted);
      if (found) return found;
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  async load(id: number, directory = '/models/good'): Promise<HostReply> {
    this.post({ type: 'load', id, directory, provider: 'cpu', installed: [] });
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

let host: Served;
beforeEach(() => {
  host = new Served();
});
afterEach(() => host.close());

describe('the host', () => {
  test('says hello and answers pings', async () => {
    await host.reply((reply) => reply.type === 'hello');
    host.post({ type: 'ping', id: 5 });
    expect(await host.reply((reply) => reply.type === 'pong')).toEqual({ type: 'pong', id: 5 });
  });

  test('has nothing to generate with before a load', async () => {
    host.post({ type: 'generate', id: 1, request: requestFor(3) });
    expect(await host.end(1)).toMatchObject({ type: 'failed', error: { code: 'engine-unavailable' } });
  });

  test('loads a model and says what it is', async () => {
    expect(await host.load(1)).toMatchObject({ type: 'loaded', card: { id: 'fake' }, providers: [] });
  });

  test('sends every event in order, the end last and in a message of its own', async () => {
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

  test('does one thing at a time and says so', async () => {
    await host.load(1);
    host.post({ type: 'generate', id: 2, request: requestFor(100_000) });
    host.post({ type: 'generate', id: 3, request: requestFor(1) });
    host.post({ type: 'load', id: 4, directory: '/models/good', provider: 'cpu', installed: [] });
    host.post({ type: 'unload', id: 5 });
    for (const id of [3, 4, 5]) {
      expect(await host.end(id)).toMatchObject({ type: 'failed', id, error: { code: 'engine-busy' } });
    }
    host.post({ type: 'cancel', id: 2 });
    expect(await host.end(2)).toMatchObject({ type: 'events' });
    expect(host.models.map(({ closed }) => closed)).toEqual([false]);
  });

  test('reads ahead until something is asked for, or something else is to be read', async () => {
    await host.load(1);
    const read = (id: number, raw: string) => host.post({ type: 'read', id, prompt: { prompt: { raw } } });
    const model = host.models[0];
    for (const [id, raw] of ['first', 'throw', 'second', 'third'].entries()) {
      read(2 + id, raw);
      await vi.waitFor(() => expect(model?.begunToRead.at(-1)).toBe(raw));
    }
    expect(model?.reading).toBe(1);
    host.post({ type: 'generate', id: 10, request: requestFor(3) });
    read(11, 'while it writes');
    expect(await host.end(10)).toMatchObject({ events: [{ type: 'end', reason: 'length' }] });
    expect([model?.reading, model?.begunToRead.at(-1)]).toEqual([0, 'third']);
    expect(host.replies.filter((reply) => reply.type === 'failed')).toEqual([]);
  });

  test('is free when it says that it ended, cleaning up included', async () => {
    await host.load(1);
    for (let id = 2; id < 12; id++) {
      host.post({ type: 'generate', id, request: requestFor(id % 3) });
      expect(await host.end(id)).toMatchObject({ type: 'events' });
      expect(host.models[0]?.running).toBe(0);
    }
  });

  test('sends what it has before it reports a failure, and goes on afterwards', async () => {
    await host.load(1);
    host.post({ type: 'generate', id: 2, request: requestFor(3, 'throw') });
    expect(await host.end(2)).toEqual({
      type: 'failed',
      id: 2,
      error: {
        code: 'model-load-failed',
        message: 'The fake failed as it was told to.',
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

  test('unloads: the model is closed and gone', async () => {
    await host.load(1);
    host.post({ type: 'unload', id: 2 });
    await host.reply((reply) => reply.type === 'unloaded' && reply.id === 2);
    expect(host.models.map(({ closed }) => closed)).toEqual([true]);
    host.post({ type: 'generate', id: 3, request: requestFor(1) });
    expect(await host.end(3)).toMatchObject({ error: { code: 'engine-unavailable' } });
    host.post({ type: 'unload', id: 4 });
    await host.reply((reply) => reply.type === 'unloaded' && reply.id === 4);
  });

  test('a load closes the model before it, also where the load then fails', async () => {
    await host.load(1);
    await host.load(2);
    expect(host.models.map(({ closed }) => closed)).toEqual([true, false]);
    expect(await host.load(3, '/models/throw')).toMatchObject({ error: { code: 'model-load-failed' } });
    expect(host.models.map(({ closed }) => closed)).toEqual([true, true]);
    expect(await host.load(4)).toMatchObject({ type: 'loaded' });
  });
});
