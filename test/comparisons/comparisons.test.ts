import { describe, expect, it, vi } from 'vitest';
import { askedWhen } from '../../src-main/contract/chat.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import { utcOffsetAt } from '../../src-main/database/utc-offset.ts';
import { withSeed } from '../../src-main/contract/strategy.ts';
import { sampleStatistics } from '../conversations/samples.ts';
import {
  answerAtOnce,
  asked,
  beam,
  ended,
  failure,
  greedy,
  program,
  request,
  sampling,
  statuses,
} from './program.ts';

describe('a comparison', () => {
  it('is saved completely before any of it runs', () => {
    const all = program();
    const comparison = all.comparisons.start(request);
    expect(all.stores.comparisons.open(comparison.id)).toEqual(comparison);
    expect(comparison).toMatchObject({
      ...request,
      columns: request.columns.map((column) => ({ ...column, id: expect.any(String) as string })),
      modelId: 'fake-model',
      provider: 'cpu',
      rerunOf: null,
    });
    expect(statuses(comparison)).toEqual(['Greedy 0 waiting', 'Sampling 0 waiting', 'Beam 0 waiting']);
    expect(all.engine.requests).toEqual([]);
  });

  it('runs every column once, then every column again, each repeat with the next seed', async () => {
    const all = program();
    answerAtOnce(all);
    const { id } = all.comparisons.start({ ...request, repeats: 2 });
    await ended(all);
    const { runs, columns } = all.comparisons.open(id);
    expect(runs.map(({ repeat }) => repeat)).toEqual([0, 0, 0, 1, 1, 1]);
    const strategies = runs.map(({ columnId, repeat }) => {
      const strategy = columns.find((column) => column.id === columnId)?.strategy ?? greedy.strategy;
      return withSeed(strategy, 40 + repeat) ?? strategy;
    });
    expect(all.engine.requests).toEqual(
      strategies.map((strategy) => ({
        prompt: { raw: 'Once upon a time' },
        strategy,
        maxTokens: 50,
        stopTexts: [],
        alternatives: 0,
      })),
    );
    expect(runs.map(({ text, status }) => `${text} ${status}`)).toEqual(
      runs.map((_, index) => `Text ${index + 1} done`),
    );
    expect(strategies.map((strategy) => ('seed' in strategy ? strategy.seed : null))).toContain(41);
  });

  it('asks with the chat template and the system prompt unless the prompt is raw', async () => {
    const all = program();
    answerAtOnce(all);
    const start = (systemPrompt: string) =>
      all.comparisons.start({ ...request, raw: false, systemPrompt, columns: [greedy] });
    const first = start('Be brief.');
    await ended(all);
    const second = start(' \n');
    expect(first.utcOffset).toBe(utcOffsetAt(first.createdAt));
    await ended(all);
    const user = { role: 'user', content: 'Once upon a time' };
    expect(all.engine.requests.map(({ prompt }) => prompt)).toEqual([
      { messages: [{ role: 'system', content: 'Be brief.' }, user], ...askedWhen(first) },
      { messages: [user], ...askedWhen(second) },
    ]);
  });

  it('asks the conversation so far, keeps it, and asks it again in a rerun', async () => {
    const all = program();
    answerAtOnce(all);
    const earlier = [
      { role: 'user', content: 'Who was there?' },
      { role: 'assistant', content: 'A <|im_end|> king.' },
    ] as const;
    const chat = { ...request, raw: false, systemPrompt: 'Be brief.', columns: [greedy] };
    const { id } = all.comparisons.start({ ...chat, earlier: [...earlier] });
    await ended(all);
    const rerun = all.comparisons.rerun(id);
    await ended(all);
    const messages = [
      { role: 'system', content: 'Be brief.' },
      ...earlier,
      { role: 'user', content: 'Once upon a time' },
    ];
    expect(all.engine.requests.map(({ prompt }) => prompt)).toMatchObject([{ messages }, { messages }]);
    for (const one of [id, rerun.id]) expect(all.stores.comparisons.open(one).earlier).toEqual(earlier);
    const alone = all.comparisons.start(chat);
    await ended(all);
    expect(all.stores.comparisons.open(alone.id)).not.toHaveProperty('earlier');
  });

  it('records each event before publishing it, and reports the start and the end of a run', async () => {
    const all = program();
    const { id } = all.comparisons.start({ ...request, columns: [beam] });
    await asked(all, 1);
    const runId = all.comparisons.open(id).runs[0]?.id;
    expect(all.payloads('run-changed')).toMatchObject([
      { run: { id: runId, owner: { comparisonId: id }, status: 'streaming', text: '' } },
    ]);
    const step = { type: 'beam-step', nodes: [] } as const;
    all.engine.tell(step, { type: 'preview', text: 'a preview' });
    all.engine.write('There was');
    await vi.waitFor(() => expect(all.payloads('run-events')).toHaveLength(2));
    expect(all.payloads('run-events')[0]).toEqual({
      runId,
      events: [step, { type: 'preview', text: 'a preview' }],
    });
    expect(all.comparisons.open(id).runs[0]).toMatchObject({ text: 'There was', trace: [step] });
    all.engine.end();
    await ended(all);
    const [run] = all.stores.comparisons.open(id).runs;
    expect(run).toMatchObject({
      status: 'done',
      text: 'There was',
      trace: [step],
      endReason: 'end-token',
      statistics: sampleStatistics,
      error: null,
    });
    expect(all.changedRuns().at(-1)).toEqual(run);
  });

  it('reports which runs are queued, and when the engine is free', async () => {
    const all = program();
    answerAtOnce(all);
    const { id, runs } = all.comparisons.start(request);
    const ids = runs.map((run) => run.id);
    expect(all.comparisons.running()).toEqual({ comparisonId: id, queuedRunIds: ids });
    await ended(all);
    expect(all.payloads('comparison-running')).toEqual([
      ...[0, 1, 2, 3].map((started) => ({ comparisonId: id, queuedRunIds: ids.slice(started) })),
      null,
    ]);
  });

  it('continues after a failed run, and records its error', async () => {
    const all = program();
    const sentence = 'The prompt has 9000 tokens, more than the 4096 of the context: shorten it.';
    all.engine.onRequest = ({ strategy }) => {
      if (strategy.kind === 'sampling') all.engine.fail(new ForedraftError('prompt-too-long', sentence));
      else all.engine.end();
    };
    const { id } = all.comparisons.start(request);
    await ended(all);
    const comparison = all.stores.comparisons.open(id);
    expect(statuses(comparison)).toEqual(['Greedy 0 done', 'Sampling 0 failed', 'Beam 0 done']);
    expect(comparison.runs[1]?.error).toMatchObject({ code: 'prompt-too-long', message: sentence });
  });
});

describe('a new comparison is rejected and leaves no trace', () => {
  it.each([
    [
      'with an empty prompt',
      'prompt-empty',
      (_: ReturnType<typeof program>) => ({ ...request, prompt: ' \n' }),
    ],
    [
      'without a model',
      'engine-unavailable',
      ({ engine }: ReturnType<typeof program>) => {
        engine.status = { state: 'loading', modelId: 'fake-model' };
        return request;
      },
    ],
    [
      'while another one runs',
      'engine-busy',
      ({ comparisons }: ReturnType<typeof program>) => {
        comparisons.start({ ...request, prompt: 'The first' });
        return request;
      },
    ],
  ])('%s', (_, code, prepared) => {
    const all = program();
    const argument = prepared(all);
    const before = all.stores.comparisons.list();
    expect(() => all.comparisons.start(argument)).toThrow(failure(code));
    expect(all.stores.comparisons.list()).toEqual(before);
  });
});

describe('the engine', () => {
  it('rejects an answer while a comparison runs, names the comparison, and is free afterwards', async () => {
    const all = program();
    const conversationId = all.stores.conversations.create('').id;
    const question = {
      conversationId,
      parentId: null,
      content: 'Why?',
      strategy: greedy.strategy,
      maxTokens: 9,
    };
    const { id } = all.comparisons.start(request);
    expect(() => all.answers.send(question)).toThrow(/still running the comparison “Once upon a time”/);
    expect(all.stores.conversations.open(conversationId).messages).toEqual([]);
    all.comparisons.stop(id, null);
    await ended(all);
    expect(() => all.answers.send(question)).not.toThrow();
  });

  it('rejects a new or resumed comparison while an answer is being generated', async () => {
    const all = program();
    answerAtOnce(all);
    const { id } = all.comparisons.start({ ...request, columns: [greedy] });
    await ended(all);
    all.engine.onRequest = () => undefined;
    const conversationId = all.stores.conversations.create('').id;
    const { answer } = all.answers.send({
      conversationId,
      parentId: null,
      content: 'Why?',
      strategy: greedy.strategy,
      maxTokens: 9,
    });
    const before = all.stores.comparisons.open(id);
    const attempts = [
      () => all.comparisons.start(request),
      () => all.comparisons.rerun(id),
      () => all.comparisons.resume(id),
      () => all.comparisons.addColumns(id, [sampling]),
    ];
    for (const attempt of attempts) expect(attempt).toThrow(/still writing another answer/);
    expect(all.stores.comparisons.list()).toHaveLength(1);
    expect(all.stores.comparisons.open(id)).toEqual(before);
    all.answers.stop(answer.id);
    await vi.waitFor(() => expect(all.answers.running()).toEqual([]));
    expect(attempts[0]).not.toThrow();
  });
});
