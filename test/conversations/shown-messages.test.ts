import { expect, it, onTestFinished } from 'vitest';
import { openRecording, type RecordingStores } from '../runs/recording-stores.ts';
import { sampleRun } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

function open(file: string): RecordingStores {
  const stores = openRecording(file);
  onTestFinished(() => stores.close());
  return stores;
}

it('remembers which sibling is shown until another one is added', () => {
  const file = newFile();
  const before = open(file);
  const { id } = before.conversations.create('');
  const ask = (content: string) =>
    before.ask({ conversationId: id, parentId: null, content }, sampleRun).question;
  const [first, second] = [ask('one'), ask('two')];
  expect(before.conversations.open(id).shown).toEqual([]);
  before.conversations.show(id, [first.id]);

  const after = open(file);
  expect(after.conversations.open(id).shown).toEqual([first.id]);
  after.conversations.show(id, [second.id]);
  expect(after.conversations.open(id).shown).toEqual([second.id]);
  ask('three');
  expect(after.conversations.open(id).shown).toEqual([]);
});

it('rejects an unknown message, and saves nothing', () => {
  const stores = open(newFile());
  const { id } = stores.conversations.create('');
  const { question } = stores.ask({ conversationId: id, parentId: null, content: 'one' }, sampleRun);
  const other = stores.conversations.create('').id;
  expect(() => stores.conversations.show(id, [question.id, other])).toThrow(`has no message ${other}`);
  expect(stores.conversations.open(id).shown).toEqual([]);
});
