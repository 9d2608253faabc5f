import { beforeEach, describe, expect, test } from 'vitest';
import type { ErrorReport } from '../../../src-main/contract/error.ts';
import type { ConversationSummary, Message } from '../../../src-main/contract/conversation.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import { Workspace } from '../../../src-renderer/state/shell/workspace.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { conversationId, message, model, run, runOf } from '../sample.ts';

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
let workspace: Workspace;
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
      messages: id === newer.id ? [] : messages,
      shown: [],
    }),
    'conversation-create': () => ({ ...summary, id: 'created', title: '' }),
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
  workspace = new Workspace(api, () => 0, 'en-GB');
  stopListening = workspace.listen();
  await workspace.load();
});

const pathIds = () => workspace.conversation.path.map((step) => step.message.id);

describe('loading', () => {
  test('shows the conversation that was used last', () => {
    expect(workspace.conversation.title).toBe('Tea');
    expect(pathIds()).toEqual(['question', 'answer']);
    expect(workspace.canAnswer).toBe(true);
  });

  test('what can’t be read is told, the rest is there', async () => {
    api.refusals.set('settings-read', refusal);
    const other = new Workspace(api, () => 0);
    await other.load();
    expect(other.notices.current).toEqual(refusal);
    expect(other.conversation.title).toBe('Tea');
  });

  test('a window that stops listening leaves no listener behind', () => {
    expect(api.listening).toBe(4);
    stopListening();
    expect(api.listening).toBe(0);
  });
});

describe('sending', () => {
  test('puts the question below the last message and follows its answer', async () => {
    expect(await workspace.send('More')).toBe(true);
    expect(api.asked.at(-1)?.argument).toMatchObject({ conversationId, parentId: 'answer', content: 'More' });
    expect(pathIds()).toEqual(['question', 'answer', 'q1', 'a1']);
    const answer = { ...streaming('a1', 'q1'), conversationId };
    api.push('run-events', {
      runId: run.id,
      events: [
        { type: 'token', position: 0, id: 1, text: 'Tea', logProbability: 0, policyLogProbability: 0 },
      ],
    });
    expect(workspace.running?.text).toBe('Tea');
    expect(workspace.canAnswer).toBe(false);
    const settled = { ...answer, content: 'Tea.', status: 'done' as const };
    api.push('run-changed', { run: runOf(settled) });
    expect(workspace.running).toBeUndefined();
    expect(workspace.conversation.leaf).toEqual(settled);
  });

  test('a new conversation is made with its system prompt, and only once something is sent', async () => {
    workspace.startNew();
    await workspace.setSystemPrompt('Rhyme.');
    expect(api.countOf('conversation-create')).toBe(0);
    expect(await workspace.send('Hello')).toBe(true);
    expect(api.asked.find(({ name }) => name === 'conversation-create')?.argument).toEqual({
      systemPrompt: 'Rhyme.',
    });
    expect(workspace.conversation.id).toBe('created');
    expect(pathIds()).toEqual(['q1', 'a1']);
  });

  test('the system prompt of a new conversation waits while another one is looked at', async () => {
    workspace.startNew();
    await workspace.setSystemPrompt('Rhyme.');
    await workspace.open(newer.id);
    expect(workspace.conversation.systemPrompt).toBe(newer.systemPrompt);
    workspace.startNew();
    expect(workspace.conversation.systemPrompt).toBe('Rhyme.');
    await workspace.send('Hello');
    workspace.startNew();
    expect(workspace.conversation.systemPrompt).toBe('');
  });

  test('blank text, an engine that isn’t ready and a running answer refuse without asking', async () => {
    expect(await workspace.send('  \n')).toBe(false);
    api.push('engine-status', { state: 'loading', modelId: 'm' });
    expect(await workspace.send('Hello')).toBe(false);
    api.push('engine-status', { state: 'ready', model, providers: [], installed: [] });
    await workspace.send('Hello');
    expect(await workspace.send('Hello')).toBe(false);
    expect(api.countOf('answer-send')).toBe(1);
  });

  test('a refusal is shown and nothing is added', async () => {
    api.refusals.set('answer-send', refusal);
    expect(await workspace.send('Hello')).toBe(false);
    expect(workspace.notices.current).toEqual(refusal);
    expect(pathIds()).toEqual(['question', 'answer']);
    expect(workspace.answering.sending).toBe(false);
  });

  test('stop asks for the answer that is being written here', async () => {
    await workspace.stop();
    expect(api.countOf('answer-stop')).toBe(0);
    await workspace.send('Hello');
    await workspace.stop();
    expect(api.asked.at(-1)).toEqual({ name: 'answer-stop', argument: { messageId: 'a1' } });
  });
});

describe('the tree', () => {
  test('regenerating makes a sibling that is shown; the arrows go back', async () => {
    await workspace.regenerate('question');
    expect(pathIds()).toEqual(['question', 'again']);
    const step = workspace.conversation.path[1];
    expect(step?.siblings).toEqual(['answer', 'again']);
    if (step !== undefined) workspace.conversation.showSibling(step.message, -1);
    expect(pathIds()).toEqual(['question', 'answer']);
  });

  test('continuing from a token makes a sibling that is shown', async () => {
    expect(await workspace.continueAnswer('answer', 3, 42)).toBe(true);
    const { strategy, maxTokens } = defaultSettings;
    expect(api.asked.at(-1)).toEqual({
      name: 'answer-continue',
      argument: { conversationId, messageId: 'answer', keepTokens: 3, token: 42, strategy, maxTokens },
    });
    expect(pathIds()).toEqual(['question', 'continued']);
    expect(workspace.running?.messageId).toBe('continued');
    expect(await workspace.continueAnswer('answer', null, null)).toBe(false);
  });

  test('the version that was shown is shown again when the conversation is reopened', async () => {
    messages.push(message({ id: 'other', parentId: 'question', role: 'assistant' }));
    workspace.startNew();
    await workspace.open(conversationId);
    const step = workspace.conversation.path[1];
    expect(step?.message.id).toBe('other');
    if (step !== undefined) workspace.conversation.showSibling(step.message, -1);
    await workspace.open(newer.id);
    await workspace.open(conversationId);
    expect(pathIds()).toEqual(['question', 'answer']);
  });
});

describe('the list', () => {
  test('is kept newest first', () => {
    api.push('conversations-changed', [summary, newer]);
    expect(workspace.conversations.map(({ id }) => id)).toEqual([newer.id, conversationId]);
  });

  test('a deleted conversation leaves the screen, and is there again once that is taken back', async () => {
    workspace.conversation.type('half a sentence');
    await workspace.remove(conversationId);
    expect(api.asked.map(({ name }) => name).slice(-2)).toEqual(['draft-write', 'conversation-delete']);
    expect(workspace.conversations).toEqual([]);
    expect(workspace.shelf.deleted.map(({ id }) => id)).toEqual([conversationId]);
    expect(workspace.conversation.id).toBeNull();
    await workspace.deeds.undo();
    await expect.poll(() => workspace.conversation.id).toBe(conversationId);
    expect(workspace.conversation.draft?.text).toBe('half a sentence');
  });

  test('leaves out what was deleted', () => {
    api.push('conversations-changed', [{ ...summary, deletedAt: 3 }, newer]);
    expect(workspace.conversations).toEqual([newer]);
    expect(workspace.conversation.id).toBeNull();
  });

  test('a new name is trimmed and shown in both places', async () => {
    await workspace.shelf.rename(conversationId, '  Green tea ');
    expect(workspace.conversations[0]?.title).toBe('Green tea');
    expect(workspace.conversation.title).toBe('Green tea');
  });

  test('the conversation opened last wins, however late the first one arrives', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const open = api.handlers['conversation-open'];
    api.handlers['conversation-open'] = async ({ id }) => {
      if (id === 'slow') await gate;
      return open?.({ id }) ?? { ...summary, messages: [], shown: [] };
    };
    const slow = workspace.open('slow');
    await workspace.open(newer.id);
    release();
    await slow;
    expect(workspace.conversation.id).toBe(newer.id);
  });

  test('choosing the conversation on the screen calls off the one that is on its way', async () => {
    const slow = workspace.open(newer.id);
    await workspace.open(conversationId);
    await slow;
    expect(workspace.conversation.id).toBe(conversationId);
  });
});

test('settings are shown at once and written whole', async () => {
  await workspace.preferences.change({ theme: 'dark' });
  expect(workspace.preferences.value.theme).toBe('dark');
  expect(api.asked.at(-1)?.argument).toEqual({ ...defaultSettings, theme: 'dark' });
});

test('the language follows the system until one is chosen', async () => {
  expect(new Workspace(api, () => 0, 'zh-Hans-CN').language.locale).toBe('zh-CN');
  expect(workspace.language.locale).toBe('en');
  await workspace.preferences.change({ language: 'zh-CN' });
  expect(workspace.language.text('send')).toBe('发送');
});

test('the engine’s restart is asked for once at a time', async () => {
  await Promise.all([workspace.engine.restart(), workspace.engine.restart()]);
  expect(api.countOf('engine-restart')).toBe(1);
  expect(workspace.engine.restarting).toBe(false);
});
