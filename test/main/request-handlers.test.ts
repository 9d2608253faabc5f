import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { FileDialogs } from '../../src-main/comparisons/comparison-files.ts';
import { ComparisonFiles } from '../../src-main/comparisons/comparison-files.ts';
import type { Comparison, ComparisonSummary } from '../../src-main/contract/comparison.ts';
import type { Conversation, ConversationSummary } from '../../src-main/contract/conversation.ts';
import type { LicensedPart } from '../../src-main/contract/licence.ts';
import type { RequestName } from '../../src-main/contract/requests.ts';
import { defaultAnswerSettings } from '../../src-main/contract/answer-settings.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';
import { answer } from '../../src-main/ipc/handle.ts';
import { Licences } from '../../src-main/licences.ts';
import { requestHandlers } from '../../src-main/request-handlers.ts';
import { readyStatus } from '../conversations/fake-engine.ts';
import { temporaryFolder } from '../database/temporary-folder.ts';
import { exampleArgument, requestNames } from '../ipc/arbitrary-argument.ts';
import { openProgram } from './open-program.ts';

/** All of main except the window and the model. */
function program() {
  const licences = temporaryFolder();
  const own = { name: 'Foredraft', version: '1.0.0', licence: 'MIT', text: 'May be used.' };
  fs.writeFileSync(path.join(licences, 'licences.json'), JSON.stringify([own]));
  const { stores, engine: fake, lock, answers, comparisons, rewrites } = openProgram();
  const engine = Object.assign(fake, { restart: vi.fn() });
  const dialogs = {
    askWhereTo: vi.fn<FileDialogs['askWhereTo']>().mockResolvedValue(undefined),
    askWhich: vi.fn<FileDialogs['askWhich']>().mockResolvedValue(undefined),
  };
  const writer = (comparison: Comparison) => JSON.stringify(comparison);
  const comparisonFiles = new ComparisonFiles(comparisons, stores.comparisons, dialogs, {
    writers: { markdown: writer, html: writer, csv: writer, json: writer },
    parseJson: (text) => JSON.parse(text) as Comparison,
  });
  const applySettings = vi.fn();
  const copyText = vi.fn();
  const copyChart = vi.fn();
  const handlers = requestHandlers({
    stores,
    answers,
    comparisons,
    comparisonFiles,
    rewrites,
    engine,
    lock,
    licences: new Licences(licences),
    applySettings,
    pageSaved: vi.fn(),
    copyText,
    copyChart,
  });
  const ask = async (name: RequestName, argument?: unknown): Promise<unknown> => {
    const reply = await answer(handlers, name, argument);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
    return reply.value;
  };
  return { ask, handlers, engine, applySettings, copyText, copyChart, dialogs };
}

const newComparison = {
  prompt: 'Once upon a time',
  raw: true,
  systemPrompt: '',
  columns: [{ name: 'Greedy', strategy: { kind: 'greedy' } }],
  repeats: 1,
  seed: 0,
  maxTokens: 50,
};

describe('the request handlers', () => {
  it('answer every request, with not-found for an unknown id', async () => {
    for (const name of requestNames) {
      const { handlers } = program();
      const reply = await answer(handlers, name, exampleArgument(name));
      if (!reply.ok) expect(reply.error.code, name).toBe('not-found');
    }
  });

  it('take a conversation from creation to deletion', async () => {
    const { ask, engine } = program();
    const { id } = (await ask('conversation-create', {
      systemPrompt: '',
      settings: defaultAnswerSettings,
    })) as ConversationSummary;
    expect(await ask('conversation-set-system-prompt', { id, systemPrompt: 'Be brief.' })).toBeNull();
    const own = { ...defaultAnswerSettings, versions: 3 };
    expect(await ask('conversation-set-settings', { id, settings: own })).toBeNull();
    const argument = {
      conversationId: id,
      parentId: null,
      content: 'Why?',
      strategy: { kind: 'greedy' },
      maxTokens: 9,
    };
    expect(await ask('answer-send', argument)).toMatchObject({ question: { content: 'Why?' } });
    expect(engine.requests[0]).toMatchObject({ maxTokens: 9, strategy: { kind: 'greedy' } });
    expect(await ask('answers-running')).toHaveLength(1);
    expect(await ask('conversation-rename', { id, title: 'Reasons' })).toBeNull();
    const { title, systemPrompt, settings, messages } = (await ask('conversation-open', {
      id,
    })) as Conversation;
    expect(settings).toEqual(own);
    expect({ title, systemPrompt, count: messages.length }).toEqual({
      title: 'Reasons',
      systemPrompt: 'Be brief.',
      count: 2,
    });
    expect(await ask('conversation-delete', { id })).toBeNull();
    expect(await ask('conversations-list')).toMatchObject([{ id, deletedAt: expect.any(Number) as number }]);
    expect(await ask('conversations-empty')).toBeNull();
    expect(await ask('conversations-list')).toEqual([]);
    expect(await ask('answers-running')).toEqual([]);
  });

  it('reach the engine, the settings and the clipboard', async () => {
    const { ask, engine, applySettings, copyText, copyChart } = program();
    expect(await ask('engine-status')).toEqual(readyStatus);
    expect(await ask('engine-restart')).toBeNull();
    expect(engine.restart).toHaveBeenCalledOnce();
    const settings = { ...defaultSettings, theme: 'dark' };
    expect(await ask('settings-write', settings)).toBeNull();
    expect(await ask('settings-read')).toEqual(settings);
    expect(applySettings).toHaveBeenCalledExactlyOnceWith(settings);
    await ask('clipboard-write', { text: 'copied' });
    expect(copyText).toHaveBeenCalledExactlyOnceWith('copied');
    const [own] = (await ask('licences')) as LicensedPart[];
    expect(own).toEqual({ name: 'Foredraft', version: '1.0.0', licence: 'MIT' });
    expect(await ask('licence-text', { name: 'Foredraft', version: '1.0.0' })).toBe('May be used.');
    const png = 'data:image/png;base64,AA==';
    await ask('clipboard-write-chart', { png });
    expect(copyChart).toHaveBeenCalledExactlyOnceWith(png);
  });

  it('measure forward passes while the engine is free', async () => {
    const { ask, engine } = program();
    const costs = { modelId: 'sample', contextTokens: 256, forwards: [], draft: null };
    const measure = vi.spyOn(engine.calls, 'measure').mockReturnValue(costs);
    expect(await ask('engine-measure', { draftModel: 'small' })).toEqual(costs);
    expect(measure).toHaveBeenCalledExactlyOnceWith('small');
    await ask('comparison-start', newComparison);
    await expect(ask('engine-measure', { draftModel: null })).rejects.toThrow('engine-busy');
  });

  it('take a comparison from start to deletion', async () => {
    const { ask, engine, dialogs } = program();
    const started = newComparison;
    engine.onRequest = () => {
      engine.write('There was');
      engine.end();
    };
    const idle = () => vi.waitFor(async () => expect(await ask('comparison-running')).toBeNull());
    const { id } = (await ask('comparison-start', { ...started, repeats: 2 })) as Comparison;
    expect(await ask('comparison-running')).toMatchObject({ comparisonId: id });
    expect(await ask('comparison-stop', { id, columnId: null })).toBeNull();
    await idle();
    expect(await ask('comparison-resume', { id })).toMatchObject({ id });
    await idle();
    const description = { name: 'Tale', notes: 'As expected.', tags: ['story'], starred: true };
    expect(await ask('comparison-describe', { id, description })).toBeNull();
    const columns = [{ name: 'Again', strategy: { kind: 'greedy' } }];
    expect(await ask('comparison-add-columns', { id, columns })).toMatchObject({ columns: [{}, columns[0]] });
    await idle();
    const { runs } = (await ask('comparison-open', { id })) as Comparison;
    expect(runs.map(({ text, status }) => `${status}: ${text}`)).toEqual(Array(4).fill('done: There was'));
    const [first, , third] = runs;
    const vote = { comparisonId: id, firstRunId: first?.id, secondRunId: third?.id, outcome: 'first' };
    expect(await ask('vote-add', vote)).toBeNull();
    expect(await ask('leaderboard', { tag: 'story', promptKind: null })).toMatchObject([
      { name: 'Greedy', wins: 1 },
      { name: 'Again', losses: 1 },
    ]);
    expect(await ask('leaderboard', { tag: 'other', promptKind: null })).toEqual([]);
    expect(await ask('comparison-rerun', { id })).toMatchObject({ rerunOf: id });
    await idle();
    expect((await ask('comparisons-list')) as ComparisonSummary[]).toHaveLength(2);
    expect(await ask('comparison-export', { id, format: 'json' })).toBeNull();
    expect(dialogs.askWhereTo).toHaveBeenCalledExactlyOnceWith('Tale.json', 'json');
    expect(await ask('comparison-import')).toBeNull();
    expect(await ask('comparison-delete', { id })).toBeNull();
    expect(await ask('comparisons-list')).toHaveLength(1);
  });
});
