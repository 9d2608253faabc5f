import { expect, it, onTestFinished } from 'vitest';
import { openHistory, type History } from '../../src-main/conversations/history.ts';
import { sampleRun } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

function open(file: string): History {
  const history = openHistory(file);
  onTestFinished(() => history.close());
  return history;
}

it('keeps which sibling is shown until another one is added', () => {
  const file = newFile();
  const before = open(file);
  const { id } = before.createConversation('');
  const ask = (content: string) =>
    before.startAnswerTo({ conversationId: id, parentId: null, content }, sampleRun).question;
  const [first, second] = [ask('one'), ask('two')];
  expect(before.openConversation(id).shown).toEqual([]);
  before.showMessages(id, [first.id]);

  const after = open(file);
  expect(after.openConversation(id).shown).toEqual([first.id]);
  after.showMessages(id, [second.id]);
  expect(after.openConversation(id).shown).toEqual([second.id]);
  ask('three');
  expect(after.openConversation(id).shown).toEqual([]);
});

it('refuses a message that is not there, and keeps nothing then', () => {
  const history = open(newFile());
  const { id } = history.createConversation('');
  const { question } = history.startAnswerTo(
    { conversationId: id, parentId: null, content: 'one' },
    sampleRun,
  );
  const other = history.createConversation('').id;
  expect(() => history.showMessages(id, [question.id, other])).toThrow(`has no message ${other}`);
  expect(history.openConversation(id).shown).toEqual([]);
});
