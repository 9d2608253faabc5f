import { beforeEach, describe, expect, test } from 'vitest';
import type { Draft, Message } from '../../../src-main/contract/conversation.ts';
import { defaultAnswerSettings } from '../../../src-main/contract/answer-settings.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import type { ShellState } from '../../../src-renderer/state/shell/shell-state.svelte.ts';
import { writeCommands } from '../../../src-renderer/state/write/commands.ts';
import type { WriteState } from '../../../src-renderer/state/write/write-state.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { conversationId, message, model } from '../sample.ts';
import { loadedWrite } from './loaded-write.ts';

const summary = {
  id: conversationId,
  title: 'Tea',
  systemPrompt: '',
  createdAt: 1,
  updatedAt: 1,
  starred: false,
  archived: false,
  deletedAt: null,
};
const streaming = (id: string, parentId: string) =>
  message({ id, parentId, role: 'assistant', content: '', status: 'streaming' });

let messages: Message[];
let shown: string[];
let kept: Draft[];
let api: FakeApi;
let shell: ShellState;
let write: WriteState;

async function start(): Promise<void> {
  ({ shell, write } = await loadedWrite(api));
}

beforeEach(async () => {
  messages = [
    message({ id: 'q1', parentId: null }),
    message({ id: 'a1', parentId: 'q1', role: 'assistant' }),
    message({ id: 'q2', parentId: 'a1' }),
    message({ id: 'a2', parentId: 'q2', role: 'assistant' }),
  ];
  kept = [];
  shown = [];
  let count = 2;
  api = new FakeApi({
    'conversations-list': () => [summary],
    'conversation-open': () => ({ ...summary, settings: defaultAnswerSettings, messages, shown }),
    'new-conversation-read': () => ({ systemPrompt: null, settings: null }),
    'conversation-show': () => null,
    'conversation-star': () => null,
    'conversation-archive': () => null,
    'conversation-delete': () => null,
    'conversation-restore': () => null,
    'conversations-empty': () => null,
    'answer-send': ({ parentId, content }) => {
      count += 1;
      const question = message({ id: `q${count}`, parentId, content });
      return { question, answer: streaming(`a${count}`, question.id) };
    },
    'answer-continue': ({ messageId }) => ({
      answer: { ...streaming('continued', 'q2'), sourceId: messageId },
    }),
    'message-edit': ({ messageId, content }) =>
      message({ id: 'edited', parentId: 'q2', role: 'assistant', content, sourceId: messageId, run: null }),
    'answers-running': () => [],
    'drafts-list': () => kept,
    'draft-write': () => null,
    'engine-status': () => ({ state: 'ready', model, providers: [], installed: [] }),
    'settings-read': () => defaultSettings,
  });
  await start();
});

const pathIds = () => write.conversation.path.map((step) => step.message.id);
const find = (id: string) => messages.find((candidate) => candidate.id === id)!;

describe('editing', () => {
  test('a question adds a sibling with an answer, and closes the field', async () => {
    const question = find('q2');
    write.edits.begin(question);
    expect(write.edits.textOf(question)).toBe('q2');
    expect(write.edits.takeFocus(question)).toBe(true);
    expect(write.edits.takeFocus(question)).toBe(false);
    write.edits.change(question, 'Better');
    expect(await write.edits.finish(question)).toBe(true);
    expect(pathIds()).toEqual(['q1', 'a1', 'q3', 'a3']);
    expect(write.conversation.path[2]?.siblings).toEqual(['q2', 'q3']);
    expect(write.edits.textOf(question)).toBeUndefined();
  });

  test('an answer adds a sibling, from which the model continues', async () => {
    const answer = find('a2');
    write.edits.begin(answer);
    write.edits.change(answer, 'Once upon');
    expect(await write.edits.finishAndContinue(answer)).toBe(true);
    expect(api.asked.find(({ name }) => name === 'answer-continue')?.argument).toMatchObject({
      messageId: 'edited',
      keepTokens: null,
      token: null,
    });
    expect(write.conversation.path[3]?.siblings).toEqual(['a2', 'edited', 'continued']);
  });

  test('a text that main rejects stays in the field', async () => {
    const answer = find('a2');
    write.edits.change(answer, 'Mine');
    api.refusals.set('message-edit', { code: 'disk-full', message: 'Full.', details: {} });
    expect(await write.edits.finish(answer)).toBe(false);
    expect(write.edits.textOf(answer)).toBe('Mine');
  });

  test('a cancelled edit can be restored', async () => {
    const question = find('q1');
    write.edits.begin(question);
    write.edits.cancel(question);
    expect(write.undo.current).toBeNull();
    write.edits.change(question, 'Half a th');
    write.edits.cancel(question);
    expect(write.edits.textOf(question)).toBeUndefined();
    await write.undo.undo();
    expect(write.edits.textOf(question)).toBe('Half a th');
  });

  test('after a restart, the path leads to the text being typed', async () => {
    messages.push(message({ id: 'other', parentId: null }));
    kept = [{ conversationId, messageId: 'a1', text: 'Half', branch: null }];
    await start();
    expect(pathIds()).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(write.edits.textOf(find('a1'))).toBe('Half');
  });
});

describe('the shown sibling', () => {
  const first = message({ id: 'q0', parentId: null });

  test('is the one shown last, also after a restart', async () => {
    messages.unshift(first);
    shown = ['q0'];
    await start();
    expect(pathIds()).toEqual(['q0']);
    write.conversation.showSibling(first, 1);
    expect(pathIds()).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(api.asked.at(-1)).toEqual({
      name: 'conversation-show',
      argument: { id: conversationId, messageIds: ['q1'] },
    });
  });

  test('is saved with the messages below it, once per change', async () => {
    messages.unshift(first);
    shown = ['q0'];
    await start();
    write.conversation.show('q2');
    expect(api.asked.at(-1)?.argument).toEqual({ id: conversationId, messageIds: ['q2', 'a1', 'q1'] });
    write.conversation.show('a1');
    expect(api.countOf('conversation-show')).toBe(1);
  });
});

describe('a new branch', () => {
  test('cuts the path where it starts, and the next message follows there', async () => {
    write.conversation.type('Instead');
    write.conversation.branchFrom('a1');
    expect(pathIds()).toEqual(['q1', 'a1']);
    expect(write.conversation.leftAside).toBe(2);
    await write.send('Instead');
    write.conversation.sent('Instead');
    expect(pathIds()).toEqual(['q1', 'a1', 'q3', 'a3']);
    expect(write.conversation.path[2]?.siblings).toEqual(['q2', 'q3']);
    expect(write.conversation.draft).toBeUndefined();
  });

  test('can be cancelled, with the typed text', () => {
    write.conversation.type('Instead');
    write.conversation.branchFrom('a1');
    write.conversation.leaveBranch();
    expect(pathIds()).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(write.conversation.draft?.text).toBe('Instead');
  });

  test('is restored after a restart', async () => {
    kept = [{ conversationId, messageId: null, text: 'Inst', branch: { parentId: 'a1' } }];
    await start();
    expect(pathIds()).toEqual(['q1', 'a1']);
    expect(write.conversation.draft?.text).toBe('Inst');
  });
});

describe('archived and deleted conversations', () => {
  test('an archived one leaves the list until that is undone', async () => {
    await write.list.archive(conversationId, true);
    expect(write.list.active).toEqual([]);
    expect(write.list.archived).toHaveLength(1);
    expect(write.conversation.id).toBe(conversationId);
    await write.undo.undo();
    expect(write.list.active).toHaveLength(1);
    expect(write.undo.current).toBeNull();
  });

  test('emptied ones are gone, and that can’t be undone', async () => {
    await write.remove(conversationId);
    await write.list.emptyDeleted();
    expect(write.list.all).toEqual([]);
    expect(write.undo.current).toBeNull();
  });

  test('the palette has every command for the open conversation', async () => {
    const run = (start: string) =>
      writeCommands(write, shell)
        .find(({ name }) => name.startsWith(start))
        ?.run();
    run('Star “Tea”');
    await expect.poll(() => write.list.active[0]?.starred).toBe(true);
    run('Delete “Tea”');
    await expect.poll(() => write.conversation.id).toBeNull();
    const ids = writeCommands(write, shell).map(({ id }) => id);
    const onConversations = /^(undo|outline|rename|star|archive|delete|lens|restore-.*|open-.*)$/;
    expect(ids.filter((id) => onConversations.test(id))).toEqual(['undo', `restore-${conversationId}`]);
    run('Restore “Tea”');
    await expect.poll(() => write.conversation.id).toBe(conversationId);
  });
});
