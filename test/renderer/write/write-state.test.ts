import { beforeEach, describe, expect, test } from 'vitest';
import type { ErrorReport } from '../../../src-main/contract/error.ts';
import type { ConversationSummary, Message } from '../../../src-main/contract/conversation.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import { defaultAnswerSettings } from '../../../src-main/contract/answer-settings.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import { ShellState } from '../../../src-renderer/state/shell/shell-state.svelte.ts';
import type { QuestionPrompt, WriteState } from '../../../src-renderer/state/write/write-state.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { conversationId, message, model, runOf } from '../sample.ts';
import { loadedWrite } from './loaded-write.ts';

const summary: ConversationSummary = {
  id: conversationId,
  title: 'Tea',
  systemPrompt: 'Be brief.',
  createdAt: 1,
  updatedAt: 1,
  starred: false,
  archived: false,
  deletedAt: null,
};
const newer: ConversationSummary = { ...summary, id: 'newer', title: 'Newer', updatedAt: 2 };
const refusal: ErrorReport = {
  code: 'engine-busy',
  message: 'The engine is busy: wait or stop.',
  details: {},
};

let messages: Message[];
let api: FakeApi;
let shell: ShellState;
let write: WriteState;
let compared: QuestionPrompt[];
let stopListening: () => void;

const streaming = (id: string, parentId: string) =>
  message({ id, parentId, role: 'assistant', content: '', status: 'streaming' });

beforeEach(async () => {
  messages = [
    message({ id: 'question', parentId: null }),
    message({ id: 'answer', parentId: 'question', role: 'assistant' }),
  ];
  let count = 0;
  api = new FakeApi({
    'conversations-list': () => [summary],
    'conversation-open': ({ id }) => ({
      ...(id === newer.id ? newer : summary),
      settings: defaultAnswerSettings,
      messages: id === newer.id ? [] : messages,
      shown: [],
    }),
    'conversation-create': () => ({ ...summary, id: 'created', title: '' }),
    'new-conversation-read': () => ({ systemPrompt: null, settings: null }),
    'new-conversation-write': () => null,
    'conversation-set-settings': () => null,
    'conversation-rename': () => null,
    'conversation-delete': () => null,
    'conversation-restore': () => null,
    'conversation-set-system-prompt': () => null,
    'answer-send': ({ conversationId: place, parentId, content }) => {
      count += 1;
      const question = message({ id: `q${count}`, parentId, content, conversationId: place });
      return {
        question,
        answer: { ...streaming(`a${count}`, question.id), conversationId: place },
      };
    },
    'answer-regenerate': ({ parentId }) => ({ answer: streaming('again', parentId) }),
    'answer-continue': ({ messageId }) => ({
      answer: { ...streaming('continued', 'question'), sourceId: messageId },
    }),
    'message-edit': ({ messageId, content }) =>
      message({ id: 'saved', parentId: 'q1', role: 'assistant', sourceId: messageId, content, run: null }),
    'answer-stop': () => null,
    'answers-running': () => [],
    'drafts-list': () => [],
    'draft-write': () => null,
    'questions-recent': () => [],
    'presets-list': () => [],
    'engine-status': () => ({ state: 'ready', model, providers: [], installed: [] }),
    'engine-restart': () => null,
    'settings-read': () => defaultSettings,
    'settings-write': () => null,
    'clipboard-write': () => null,
  });
  ({ shell, write, compared, stop: stopListening } = await loadedWrite(api, 'en-GB'));
});

const pathIds = () => write.conversation.path.map((step) => step.message.id);

describe('loading', () => {
  test('opens the conversation used last', () => {
    expect(write.conversation.title).toBe('Tea');
    expect(pathIds()).toEqual(['question', 'answer']);
    expect(write.canAnswer).toBe(true);
  });

  test('a part that can’t be loaded is shown as an error, and the rest is loaded', async () => {
    api.refusals.set('settings-read', refusal);
    const other = await loadedWrite(api);
    expect(other.shell.notices.current).toEqual(refusal);
    expect(other.write.conversation.title).toBe('Tea');
  });

  test('a window that stops listening leaves no listener', () => {
    expect(api.listening).toBe(4);
    stopListening();
    expect(api.listening).toBe(0);
  });
});

describe('comparing the prompt of a message', () => {
  beforeEach(async () => {
    const file = 'Read this.\n\n<file name="a.txt">\nTide\n</file>';
    messages = [
      message({ id: 'q1', parentId: null, content: file }),
      message({ id: 'a1', parentId: 'q1', role: 'assistant', content: 'Noon.' }),
      message({ id: 'q2', parentId: 'a1', content: 'And then?' }),
      message({ id: 'a2', parentId: 'q2', role: 'assistant', content: 'Dark.' }),
      message({ id: 'other', parentId: 'a1', content: 'Not this.' }),
    ];
    await write.open(newer.id);
    await write.open(conversationId);
    write.conversation.show('a2');
  });
  const promptOf = (id: string) => {
    write.comparePrompt(id);
    return compared.at(-1);
  };

  test('takes the conversation up to the question, with attachments and the system prompt', () => {
    const [first, answer] = messages;
    const shared = { conversationId, systemPrompt: 'Be brief.', strategy: defaultSettings.strategy };
    const beginning = { ...shared, earlier: [], prompt: first?.content };
    expect(promptOf('q1')).toEqual(beginning);
    const earlier = [
      { role: 'user', content: first?.content },
      { role: 'assistant', content: answer?.content },
    ];
    expect(promptOf('q2')).toEqual({ ...shared, earlier, prompt: 'And then?' });
    // An answer has the prompt of its question.
    expect([promptOf('a1'), promptOf('a2')]).toEqual([
      beginning,
      { ...shared, earlier, prompt: 'And then?' },
    ]);
  });

  test('does nothing for a message that isn’t shown', () => {
    for (const id of ['other', 'missing']) write.comparePrompt(id);
    expect(compared).toEqual([]);
  });
});

describe('sending', () => {
  test('adds the question below the last message and follows its answer', async () => {
    expect(await write.send('More')).toBe(true);
    expect(api.asked.at(-1)?.argument).toMatchObject({ conversationId, parentId: 'answer', content: 'More' });
    expect(pathIds()).toEqual(['question', 'answer', 'q1', 'a1']);
    const answer = { ...streaming('a1', 'q1'), conversationId };
    api.push('run-events', {
      runId: 'run-a1',
      events: [
        { type: 'token', position: 0, id: 1, text: 'Tea', logProbability: 0, policyLogProbability: 0 },
      ],
    });
    expect(write.running?.text).toBe('Tea');
    expect(write.canAnswer).toBe(false);
    const settled = { ...answer, content: 'Tea.', status: 'done' as const };
    api.push('run-changed', { run: runOf(settled) });
    expect(write.running).toBeUndefined();
    expect(write.conversation.leaf).toEqual(settled);
  });

  test('the other texts of a search come from the recorded run, and a saved one isn’t offered again', async () => {
    await write.send('More');
    const hypotheses = ['Tea.', 'Green tea.', 'Black tea.'].map((text) => ({
      ...{ text, score: -1, logProbabilitySum: -1, tokens: [] },
    }));
    const done = runOf({ ...streaming('a1', 'q1'), content: 'Tea.', status: 'done' });
    const run: RecordedRun = { ...done, trace: [{ type: 'hypotheses', hypotheses }] };
    const others = () => {
      const { messages: all } = write.conversation;
      return all.filter(({ id }) => id === 'a1').flatMap((answer) => write.searchTexts.of(answer, all));
    };
    const offered = () => others().map(({ text }) => text);
    // The window was reloaded after the results had arrived: only the recorded run has them.
    api.push('run-changed', { run });
    expect(offered()).toEqual(['Green tea.', 'Black tea.']);
    await write.answering.saveAnswer(write.conversation, 'a1', 'Green tea.');
    // Sent again once the run is saved.
    api.push('run-changed', { run });
    expect(offered()).toEqual(['Black tea.']);
  });

  test('a new conversation is created with its system prompt, and only once a message is sent', async () => {
    write.startNew();
    write.setSystemPrompt('Rhyme.');
    expect(api.countOf('conversation-create')).toBe(0);
    expect(await write.send('Hello')).toBe(true);
    expect(api.asked.find(({ name }) => name === 'conversation-create')?.argument).toEqual({
      systemPrompt: 'Rhyme.',
      settings: defaultAnswerSettings,
    });
    expect(write.conversation.id).toBe('created');
    expect(pathIds()).toEqual(['q1', 'a1']);
  });

  test('what was set for a new conversation before a restart is used when it is created', async () => {
    const settings = { ...defaultAnswerSettings, maxTokens: 9 };
    api.handlers['new-conversation-read'] = () => ({ systemPrompt: 'Rhyme.', settings });
    const { write: again } = await loadedWrite(api);
    again.startNew();
    expect(again.conversation.systemPrompt).toBe('Rhyme.');
    await again.send('Hello');
    const create = api.asked.find(({ name }) => name === 'conversation-create');
    expect(create?.argument).toEqual({ systemPrompt: 'Rhyme.', settings });
    again.startNew();
    expect(again.conversation.settings).toEqual(defaultAnswerSettings);
  });

  test('the system prompt of a new conversation is kept while another one is open', async () => {
    write.startNew();
    write.setSystemPrompt('Rhyme.');
    await write.open(newer.id);
    expect(write.conversation.systemPrompt).toBe(newer.systemPrompt);
    write.startNew();
    expect(write.conversation.systemPrompt).toBe('Rhyme.');
    await write.send('Hello');
    write.startNew();
    expect(write.conversation.systemPrompt).toBe('');
  });

  test('blank text, an engine that isn’t ready and a running answer prevent a request', async () => {
    expect(await write.send('  \n')).toBe(false);
    api.push('engine-status', { state: 'loading', modelId: 'm' });
    expect(await write.send('Hello')).toBe(false);
    api.push('engine-status', { state: 'ready', model, providers: [], installed: [] });
    await write.send('Hello');
    expect(await write.send('Hello')).toBe(false);
    expect(api.countOf('answer-send')).toBe(1);
  });

  test('a rejection is shown and nothing is added', async () => {
    api.refusals.set('answer-send', refusal);
    expect(await write.send('Hello')).toBe(false);
    expect(shell.notices.current).toEqual(refusal);
    expect(pathIds()).toEqual(['question', 'answer']);
    expect(write.answering.sending).toBe(false);
  });

  test('stop requests the end of the running answer of this conversation', async () => {
    await write.stop();
    expect(api.countOf('answer-stop')).toBe(0);
    await write.send('Hello');
    await write.stop();
    expect(api.asked.at(-1)).toEqual({ name: 'answer-stop', argument: { messageId: 'a1' } });
  });
});

describe('the tree', () => {
  test('regenerating adds a sibling that is shown; the arrows return to the first', async () => {
    await write.regenerate('question');
    expect(pathIds()).toEqual(['question', 'again']);
    const step = write.conversation.path[1];
    expect(step?.siblings).toEqual(['answer', 'again']);
    if (step !== undefined) write.conversation.showSibling(step.message, -1);
    expect(pathIds()).toEqual(['question', 'answer']);
  });

  test('continuing from a token adds a sibling that is shown', async () => {
    expect(await write.continueAnswer('answer', 3, 42)).toBe(true);
    const { strategy, maxTokens } = defaultSettings;
    expect(api.asked.at(-1)).toEqual({
      name: 'answer-continue',
      argument: { conversationId, messageId: 'answer', keepTokens: 3, token: 42, strategy, maxTokens },
    });
    expect(pathIds()).toEqual(['question', 'continued']);
    expect(write.running?.owner).toMatchObject({ messageId: 'continued' });
    expect(await write.continueAnswer('answer', null, null)).toBe(false);
  });

  test('the shown version is shown again when the conversation is reopened', async () => {
    messages.push(message({ id: 'other', parentId: 'question', role: 'assistant' }));
    write.startNew();
    await write.open(conversationId);
    const step = write.conversation.path[1];
    expect(step?.message.id).toBe('other');
    if (step !== undefined) write.conversation.showSibling(step.message, -1);
    await write.open(newer.id);
    await write.open(conversationId);
    expect(pathIds()).toEqual(['question', 'answer']);
  });
});

describe('the list', () => {
  test('is sorted newest first', () => {
    api.push('conversations-changed', [summary, newer]);
    expect(write.list.active.map(({ id }) => id)).toEqual([newer.id, conversationId]);
  });

  test('a deleted conversation is closed, and reopened once that is undone', async () => {
    write.conversation.type('half a sentence');
    await write.remove(conversationId);
    expect(api.asked.map(({ name }) => name).slice(-2)).toEqual(['draft-write', 'conversation-delete']);
    expect(write.list.active).toEqual([]);
    expect(write.list.deleted.map(({ id }) => id)).toEqual([conversationId]);
    expect(write.conversation.id).toBeNull();
    await write.undo.undo();
    await expect.poll(() => write.conversation.id).toBe(conversationId);
    expect(write.conversation.draft?.text).toBe('half a sentence');
  });

  test('omits deleted conversations', () => {
    api.push('conversations-changed', [{ ...summary, deletedAt: 3 }, newer]);
    expect(write.list.active).toEqual([newer]);
    expect(write.conversation.id).toBeNull();
  });

  test('a new name is trimmed and shown in the list and the title', async () => {
    await write.list.rename(conversationId, '  Green tea ');
    expect(write.list.active[0]?.title).toBe('Green tea');
    expect(write.conversation.title).toBe('Green tea');
  });

  test('the conversation opened last is shown, however late the first one arrives', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const open = api.handlers['conversation-open'];
    api.handlers['conversation-open'] = async ({ id }) => {
      if (id === 'slow') await gate;
      return open?.({ id }) ?? { ...summary, settings: defaultAnswerSettings, messages: [], shown: [] };
    };
    const slow = write.open('slow');
    await write.open(newer.id);
    release();
    await slow;
    expect(write.conversation.id).toBe(newer.id);
  });

  test('choosing the open conversation cancels the one that is loading', async () => {
    const slow = write.open(newer.id);
    await write.open(conversationId);
    await slow;
    expect(write.conversation.id).toBe(conversationId);
  });
});

test('settings are shown at once and saved whole', async () => {
  await shell.preferences.change({ theme: 'dark' });
  expect(shell.preferences.value.theme).toBe('dark');
  expect(api.asked.at(-1)?.argument).toEqual({ ...defaultSettings, theme: 'dark' });
});

test('the language follows the system until one is chosen', async () => {
  expect(new ShellState(api, 'zh-Hans-CN').language.locale).toBe('zh-CN');
  expect(shell.language.locale).toBe('en');
  await shell.preferences.change({ language: 'zh-CN' });
  expect(shell.language.text('send')).toBe('发送');
});

test('only one restart of the engine is requested at a time', async () => {
  await Promise.all([shell.engine.restart(), shell.engine.restart()]);
  expect(api.countOf('engine-restart')).toBe(1);
  expect(shell.engine.restarting).toBe(false);
});
