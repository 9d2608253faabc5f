import { beforeEach, describe, expect, test } from 'vitest';
import type { Draft, Message } from '../../../src-main/contract/conversation.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import { conversationCommands } from '../../../src-renderer/state/write/conversation-commands.ts';
import { Workspace } from '../../../src-renderer/state/shell/workspace.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { conversationId, message, model } from '../sample.ts';

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
let workspace: Workspace;

async function start(): Promise<void> {
  workspace = new Workspace(api, () => 0, 'en');
  workspace.listen();
  await workspace.load();
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
    'conversation-open': () => ({ ...summary, messages, shown }),
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

const pathIds = () => workspace.conversation.path.map((step) => step.message.id);
const find = (id: string) => messages.find((candidate) => candidate.id === id)!;

describe('editing', () => {
  test('a question makes another question beside it, with an answer, and the field goes', async () => {
    const question = find('q2');
    workspace.edits.begin(question);
    expect(workspace.edits.textOf(question)).toBe('q2');
    expect(workspace.edits.takeFocus(question)).toBe(true);
    expect(workspace.edits.takeFocus(question)).toBe(false);
    workspace.edits.change(question, 'Better');
    expect(await workspace.edits.finish(question)).toBe(true);
    expect(pathIds()).toEqual(['q1', 'a1', 'q3', 'a3']);
    expect(workspace.conversation.path[2]?.siblings).toEqual(['q2', 'q3']);
    expect(workspace.edits.textOf(question)).toBeUndefined();
  });

  test('an answer makes another answer beside it, from which the model goes on', async () => {
    const answer = find('a2');
    workspace.edits.begin(answer);
    workspace.edits.change(answer, 'Once upon');
    expect(await workspace.edits.finishAndContinue(answer)).toBe(true);
    expect(api.asked.find(({ name }) => name === 'answer-continue')?.argument).toMatchObject({
      messageId: 'edited',
      keepTokens: null,
      token: null,
    });
    expect(workspace.conversation.path[3]?.siblings).toEqual(['a2', 'edited', 'continued']);
  });

  test('what main refuses stays in the field', async () => {
    const answer = find('a2');
    workspace.edits.change(answer, 'Mine');
    api.refusals.set('message-edit', { code: 'disk-full', message: 'Full.', details: {} });
    expect(await workspace.edits.finish(answer)).toBe(false);
    expect(workspace.edits.textOf(answer)).toBe('Mine');
  });

  test('an edit that is left can be brought back', async () => {
    const question = find('q1');
    workspace.edits.begin(question);
    workspace.edits.leave(question);
    expect(workspace.deeds.current).toBeNull();
    workspace.edits.change(question, 'Half a th');
    workspace.edits.leave(question);
    expect(workspace.edits.textOf(question)).toBeUndefined();
    await workspace.deeds.undo();
    expect(workspace.edits.textOf(question)).toBe('Half a th');
  });

  test('after a start, the path leads to what was being typed', async () => {
    messages.push(message({ id: 'other', parentId: null }));
    kept = [{ conversationId, messageId: 'a1', text: 'Half', branch: null }];
    await start();
    expect(pathIds()).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(workspace.edits.textOf(find('a1'))).toBe('Half');
  });
});

describe('the sibling that is shown', () => {
  const first = message({ id: 'q0', parentId: null });

  test('is the one that was seen last, also after a start', async () => {
    messages.unshift(first);
    shown = ['q0'];
    await start();
    expect(pathIds()).toEqual(['q0']);
    workspace.conversation.showSibling(first, 1);
    expect(pathIds()).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(api.asked.at(-1)).toEqual({
      name: 'conversation-show',
      argument: { id: conversationId, messageIds: ['q1'] },
    });
  });

  test('is told of each message that leads to another one, and of no other', async () => {
    messages.unshift(first);
    shown = ['q0'];
    await start();
    workspace.conversation.show('q2');
    expect(api.asked.at(-1)?.argument).toEqual({ id: conversationId, messageIds: ['q2', 'a1', 'q1'] });
    workspace.conversation.show('a1');
    expect(api.countOf('conversation-show')).toBe(1);
  });
});

describe('a new branch', () => {
  test('cuts the path where it begins, and what is sent follows there', async () => {
    workspace.conversation.type('Instead');
    workspace.conversation.branchFrom('a1');
    expect(pathIds()).toEqual(['q1', 'a1']);
    expect(workspace.conversation.leftAside).toBe(2);
    await workspace.send('Instead');
    workspace.conversation.sent('Instead');
    expect(pathIds()).toEqual(['q1', 'a1', 'q3', 'a3']);
    expect(workspace.conversation.path[2]?.siblings).toEqual(['q2', 'q3']);
    expect(workspace.conversation.draft).toBeUndefined();
  });

  test('can be left, with what was typed', () => {
    workspace.conversation.type('Instead');
    workspace.conversation.branchFrom('a1');
    workspace.conversation.leaveBranch();
    expect(pathIds()).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(workspace.conversation.draft?.text).toBe('Instead');
  });

  test('is there again after a start', async () => {
    kept = [{ conversationId, messageId: null, text: 'Inst', branch: { parentId: 'a1' } }];
    await start();
    expect(pathIds()).toEqual(['q1', 'a1']);
    expect(workspace.conversation.draft?.text).toBe('Inst');
  });
});

describe('where conversations lie', () => {
  test('what is archived leaves the list until that is taken back', async () => {
    await workspace.shelf.archive(conversationId, true);
    expect(workspace.conversations).toEqual([]);
    expect(workspace.shelf.archived).toHaveLength(1);
    expect(workspace.conversation.id).toBe(conversationId);
    await workspace.deeds.undo();
    expect(workspace.conversations).toHaveLength(1);
    expect(workspace.deeds.current).toBeNull();
  });

  test('what is emptied is gone, and can’t be taken back', async () => {
    await workspace.remove(conversationId);
    await workspace.shelf.empty();
    expect(workspace.shelf.all).toEqual([]);
    expect(workspace.deeds.current).toBeNull();
  });

  test('the palette has it all, for the conversation on the screen', async () => {
    const run = (start: string) =>
      conversationCommands(workspace)
        .find(({ name }) => name.startsWith(start))
        ?.run();
    run('Star “Tea”');
    await expect.poll(() => workspace.conversations[0]?.starred).toBe(true);
    run('Delete “Tea”');
    await expect.poll(() => workspace.conversation.id).toBeNull();
    expect(conversationCommands(workspace).map(({ id }) => id)).toEqual([
      'undo',
      `restore-${conversationId}`,
    ]);
    run('Restore “Tea”');
    await expect.poll(() => workspace.conversation.id).toBe(conversationId);
  });
});
