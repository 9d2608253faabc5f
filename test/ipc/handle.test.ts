import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { requestChannel } from '../../src-main/contract/api.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type { Handlers } from '../../src-main/contract/requests.ts';
import { requests } from '../../src-main/contract/requests.ts';
import { answer, handleRequests } from '../../src-main/ipc/handle.ts';
import {
  arbitraryArgument,
  argumentSchema,
  exampleArgument,
  hasAction,
  isOptional,
  requestNames,
  requirementOf,
  unwrapped,
} from './arbitrary-argument.ts';

const onRequest = vi.fn();
/** Handlers that only record their calls: results are not under test. */
const handlers = Object.fromEntries(
  requestNames.map((name) => [name, (argument: unknown) => void onRequest(name, argument)]),
) as unknown as Handlers;

const column = (strategy: object) => ({ name: 'A name', strategy });

beforeEach(() => void onRequest.mockReset());

describe.each(requestNames)('%s', (name) => {
  test('is answered with valid arguments', async () => {
    const run = fc.asyncProperty(arbitraryArgument(name), async (argument) => {
      expect(await answer(handlers, name, argument)).toEqual({ ok: true, value: null });
    });
    await fc.assert(run, { numRuns: 20, seed: 1 });
    expect(onRequest).toHaveBeenCalledTimes(20);
  });

  test('is refused with any other value, in a sentence that names it', async () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    await fc.assert(
      fc.asyncProperty(values, async (argument) => {
        fc.pre(argument !== undefined);
        const reply = await answer(handlers, name, argument);
        expect(reply).toMatchObject({ ok: false, error: { code: 'message-invalid' } });
        expect(reply.ok ? '' : reply.error.message).toContain(name);
      }),
      { numRuns: 100, seed: 1 },
    );
    expect(onRequest).not.toHaveBeenCalled();
  });

  test('is refused with more text than a request may carry', async () => {
    const reply = await answer(handlers, name, { text: 'x'.repeat(requests[name].maximumUnits) });
    expect(reply).toMatchObject({ ok: false, error: { code: 'message-invalid' } });
    expect(reply.ok ? '' : reply.error.message).toContain('000,000 characters');
  });

  const { entries } = argumentSchema(name);
  if (entries === undefined) {
    test('takes no argument', async () => {
      for (const argument of [null, {}, [], '', 0]) {
        expect(await answer(handlers, name, argument)).toMatchObject({ ok: false });
      }
      expect(onRequest).not.toHaveBeenCalled();
    });
    return;
  }

  test('is refused with one member missing, one too many, or one of another kind', async () => {
    const whole: Record<string, unknown> = { ...(exampleArgument(name) as object) };
    const wrong = [undefined, true, Number.NaN, -1, 1.5, 'no uuid\u0000', [], { kind: 'greedy', extra: 1 }];
    const changed: Record<string, unknown>[] = [{ ...whole, extra: 1 }];
    for (const [key, schema] of Object.entries(entries)) {
      const { [key]: _left, ...rest } = whole;
      if (!isOptional(schema)) changed.push(rest);
      for (const value of wrong) if (!mayBe(value, schema)) changed.push({ ...whole, [key]: value });
    }
    for (const argument of changed) {
      const reply = await answer(handlers, name, argument);
      expect(reply, JSON.stringify(argument)).toMatchObject({
        ok: false,
        error: { code: 'message-invalid' },
      });
    }
    expect(onRequest).not.toHaveBeenCalled();
  });
});

/** Whether a value that is wrong for most members is valid for this one. */
function mayBe(value: unknown, schema: ReturnType<typeof argumentSchema>): boolean {
  if (value === undefined) return isOptional(schema);
  const inner = unwrapped(schema);
  switch (inner.type) {
    case 'union':
      return (inner.options as (typeof schema)[]).some((option) => mayBe(value, option));
    case 'string':
      return typeof value === 'string' && !['uuid', 'starts_with'].some((action) => hasAction(inner, action));
    case 'boolean':
      return value === true;
    case 'array':
      return Array.isArray(value) && !hasAction(inner, 'min_length');
    case 'number': {
      const isWhole = !hasAction(inner, 'integer') || Number.isInteger(value);
      return (
        typeof value === 'number' &&
        isWhole &&
        value >= Number(requirementOf(inner, 'min_value') ?? -Infinity)
      );
    }
    default:
      return false;
  }
}

const newComparison = {
  prompt: 'Once upon a time',
  raw: true,
  systemPrompt: '',
  columns: [column({ kind: 'greedy' })],
  repeats: 1,
  seed: 0,
  maxTokens: 50,
};

describe('an answer', () => {
  test('has its defaults filled in', async () => {
    await answer(handlers, 'answer-regenerate', {
      ...exampleArgument('answer-regenerate'),
      strategy: { kind: 'sampling' },
    });
    expect(onRequest.mock.calls[0]?.[1]).toMatchObject({
      strategy: { kind: 'sampling', temperature: 0.7, seed: 0 },
    });
  });

  test.each<[change: object, sentence: string]>([
    [{ columns: [] }, 'columns is an empty list: choose at least one strategy.'],
    [
      { columns: Array.from({ length: 100 }, () => column({ kind: 'greedy' })) },
      'columns is a list of 100: a comparison has at most 32 columns.',
    ],
    [
      { columns: [column({ kind: 'magic' })] },
      'columns.0.strategy.kind is "magic": it must be auto, greedy, sampling, beam, candidate-set, speculative or contrastive.',
    ],
    [
      { columns: [column({ kind: 'beam', width: 99 })] },
      'columns.0.strategy.width is 99: width must be a whole number from 1 to 32.',
    ],
    [{ columns: [column({ kind: 'greedy', best: 2 })] }, 'columns.0.strategy.best is unknown: leave it out.'],
    [
      { columns: [{ ...column({ kind: 'greedy' }), name: '' }] },
      'columns.0.name is "": it must not be empty.',
    ],
    [
      { systemPrompt: 'a'.repeat(1_000_001) },
      `systemPrompt is "${'a'.repeat(40)}"… of 1000001 characters: it must be at most 1000000 long.`,
    ],
    [{ maxTokens: 0 }, 'maxTokens is 0: it must be at least 1.'],
    [{ repeats: 1.5 }, 'repeats is 1.5: it must be a whole number.'],
    [{ prompt: undefined }, 'prompt is missing: give it a value that fits.'],
    [{ raw: 'yes' }, 'raw is "yes": it must be true or false.'],
  ])('names the member at fault, its value, and what it must be', async (change, sentence) => {
    const argument = { ...newComparison, ...change };
    const reply = await answer(handlers, 'comparison-start', argument);
    expect(reply.ok ? '' : reply.error.message).toBe(`comparison-start is refused because ${sentence}`);
  });

  test('carries the code of an expected failure', async () => {
    const failing: Handlers = {
      ...handlers,
      'engine-restart': () => {
        throw new ForedraftError('engine-busy', 'Busy.', { id: 1 });
      },
    };
    expect(await answer(failing, 'engine-restart', undefined)).toEqual({
      ok: false,
      error: { code: 'engine-busy', message: 'Busy.', details: { id: 1 } },
    });
  });

  test('is a failure if a handler rejects with any value', async () => {
    for (const thrown of [new TypeError('odd'), 'text', null, undefined, 5]) {
      const failing: Handlers = { ...handlers, 'engine-status': () => Promise.reject(thrown) };
      expect(await answer(failing, 'engine-status', undefined)).toMatchObject({
        ok: false,
        error: { code: 'runtime-failed' },
      });
    }
  });

  test('does not change what an object inherits', async () => {
    const argument: unknown = JSON.parse(
      '{"id":"5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f","__proto__":{"polluted":1}}',
    );
    expect(await answer(handlers, 'conversation-open', argument)).toMatchObject({ ok: false });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('is a refusal for a cyclic value', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    for (const name of requestNames) expect(await answer(handlers, name, loop)).toMatchObject({ ok: false });
  });
});

describe('a name', () => {
  test.each([
    ...['no-such-request', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
    ...[null, undefined, 5, {}, ['conversations-list']],
  ])('that is no request is refused: %j', async (name) => {
    const reply = await answer(handlers, name, undefined);
    expect(reply).toMatchObject({ ok: false, error: { code: 'message-invalid' } });
    expect(reply.ok ? '' : reply.error.message).toMatch(/^There is no request /);
    expect(onRequest).not.toHaveBeenCalled();
  });

  test('is quoted in part if it is long', async () => {
    const reply = await answer(handlers, 'x'.repeat(1_000_000), undefined);
    expect(reply.ok ? '' : reply.error.message.length).toBeLessThan(100);
  });
});

describe('the channel', () => {
  type Listener = (event: IpcMainInvokeEvent, name: unknown, argument: unknown) => Promise<unknown>;

  function channelsFor(isTrusted: () => boolean): Map<string, Listener> {
    const channels = new Map<string, Listener>();
    handleRequests(
      { handle: (channel, listener) => void channels.set(channel, listener as Listener) },
      handlers,
      isTrusted,
    );
    return channels;
  }

  test('is the only one', () => {
    expect([...channelsFor(() => true).keys()]).toEqual([requestChannel]);
  });

  test('answers a trusted sender, and refuses any other before looking at its argument', async () => {
    for (const trusted of [true, false]) {
      const listener = channelsFor(() => trusted).get(requestChannel)!;
      for (const name of requestNames) {
        const reply = await listener({} as IpcMainInvokeEvent, name, exampleArgument(name));
        expect(reply).toMatchObject(
          trusted ? { ok: true } : { ok: false, error: { code: 'message-invalid' } },
        );
      }
      expect(onRequest).toHaveBeenCalledTimes(requestNames.length);
    }
  });
});
