import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { RequestName } from '../../src-main/contract/api.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type { Routes } from '../../src-main/ipc/handle.ts';
import { answer, handleRequests } from '../../src-main/ipc/handle.ts';
import { unitLimitOf } from '../../src-main/ipc/payload-size.ts';
import { requestNames, validArguments } from './valid-arguments.ts';

const reached = vi.fn();
/** Routes that only note what reached them: their results are no part of what is checked here. */
const routes = Object.fromEntries(
  requestNames.map((name) => [
    name,
    (argument: unknown) => {
      reached(name, argument);
      return null;
    },
  ]),
) as unknown as Routes;

const column = (strategy: object) => ({ name: 'A name', strategy });

beforeEach(() => void reached.mockReset());

describe.each(requestNames)('%s', (name) => {
  test('is answered with a valid argument', async () => {
    expect(await answer(name, routes, validArguments[name])).toEqual({ ok: true, value: null });
    expect(reached).toHaveBeenCalledTimes(1);
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
        const reply = await answer(name, routes, argument);
        expect(reply).toMatchObject({ ok: false, error: { code: 'message-invalid' } });
        expect(reply.ok ? '' : reply.error.message).toContain(name);
      }),
      { numRuns: 100, seed: 1 },
    );
    expect(reached).not.toHaveBeenCalled();
  });

  test('is refused with more text than a request may carry', async () => {
    const reply = await answer(name, routes, { text: 'x'.repeat(unitLimitOf(name)) });
    expect(reply).toMatchObject({ ok: false, error: { code: 'message-invalid' } });
    expect(reply.ok ? '' : reply.error.message).toContain('000,000 characters');
  });

  const valid = validArguments[name];
  if (valid === undefined) {
    test('takes no argument', async () => {
      for (const argument of [null, {}, [], '', 0]) {
        expect(await answer(name, routes, argument)).toMatchObject({ ok: false });
      }
      expect(reached).not.toHaveBeenCalled();
    });
    return;
  }

  test('is refused with one member missing, one too many, or one of another kind', async () => {
    const whole: Record<string, unknown> = { ...valid };
    const wrong = [undefined, true, Number.NaN, -1, 1.5, 'no uuid\u0000', [], { kind: 'greedy', extra: 1 }];
    const changed: Record<string, unknown>[] = [{ ...whole, extra: 1 }];
    for (const key of Object.keys(whole)) {
      const { [key]: _left, ...rest } = whole;
      changed.push(rest);
      for (const value of wrong) {
        // A text may be any text, a switch either way, and an empty list names as little as an empty object.
        const isText = [
          'content',
          'prompt',
          'systemPrompt',
          'title',
          'text',
          'tag',
          'draftModel',
          'name',
          'svg',
          'instruction',
          'selection',
          'before',
          'after',
          'question',
          'answer',
        ].includes(key);
        const fits =
          (isText && typeof value === 'string') || (typeof whole[key] === 'boolean' && value === true);
        if (!fits) changed.push({ ...whole, [key]: value });
      }
    }
    for (const argument of changed) {
      const reply = await answer(name, routes, argument);
      expect(reply, JSON.stringify(argument)).toMatchObject({
        ok: false,
        error: { code: 'message-invalid' },
      });
    }
    expect(reached).not.toHaveBeenCalled();
  });
});

describe('an answer', () => {
  test('gets defaults filled in', async () => {
    await answer('answer-regenerate', routes, validArguments['answer-regenerate']);
    expect(reached.mock.calls[0]?.[1]).toMatchObject({
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
  ])('names what is at fault, its value, and what it must be', async (change, sentence) => {
    const argument = { ...validArguments['comparison-start'], ...change };
    const reply = await answer('comparison-start', routes, argument);
    expect(reply.ok ? '' : reply.error.message).toBe(`comparison-start is refused because ${sentence}`);
  });

  test('carries the code of an expected failure', async () => {
    const failing: Routes = {
      ...routes,
      'engine-restart': () => {
        throw new ForedraftError('engine-busy', 'Busy.', { id: 1 });
      },
    };
    expect(await answer('engine-restart', failing, undefined)).toEqual({
      ok: false,
      error: { code: 'engine-busy', message: 'Busy.', details: { id: 1 } },
    });
  });

  test('is a failure where a route rejects with anything at all', async () => {
    for (const thrown of [new TypeError('odd'), 'text', null, undefined, 5]) {
      const failing: Routes = { ...routes, 'engine-status': () => Promise.reject(thrown) };
      expect(await answer('engine-status', failing, undefined)).toMatchObject({
        ok: false,
        error: { code: 'runtime-failed' },
      });
    }
  });

  test('does not change what an object inherits', async () => {
    const argument: unknown = JSON.parse(
      '{"id":"5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f","__proto__":{"polluted":1}}',
    );
    expect(await answer('conversation-open', routes, argument)).toMatchObject({ ok: false });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('is a refusal for a value that holds itself', async () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    for (const name of requestNames) expect(await answer(name, routes, loop)).toMatchObject({ ok: false });
  });
});

describe('the channels', () => {
  type Handler = (event: IpcMainInvokeEvent, argument: unknown) => Promise<unknown>;

  function handlersFor(isTrusted: () => boolean): Map<RequestName, Handler> {
    const handlers = new Map<string, Handler>();
    handleRequests(
      { handle: (channel, listener) => void handlers.set(channel, listener) },
      routes,
      isTrusted,
    );
    return handlers as Map<RequestName, Handler>;
  }

  test('there is one for each request and no other', () => {
    expect([...handlersFor(() => true).keys()]).toEqual(requestNames);
  });

  test('a trusted sender is answered, any other is refused before its argument is looked at', async () => {
    for (const trusted of [true, false]) {
      for (const [name, handler] of handlersFor(() => trusted)) {
        const reply = await handler({} as IpcMainInvokeEvent, validArguments[name]);
        expect(reply).toMatchObject(
          trusted ? { ok: true } : { ok: false, error: { code: 'message-invalid' } },
        );
      }
      expect(reached).toHaveBeenCalledTimes(requestNames.length);
    }
  });
});
