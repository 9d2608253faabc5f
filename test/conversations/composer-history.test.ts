import { expect, it, onTestFinished } from 'vitest';
import { joinAttachments } from '../../src-main/contract/attachment.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { sampleRun, sampleStatistics } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

it('tells what was typed last, each text once, without files and without deleted conversations', () => {
  const history = openHistory(newFile());
  onTestFinished(() => history.close());
  const ask = (conversationId: string, content: string) => {
    const { writer } = history.startAnswerTo({ conversationId, parentId: null, content }, sampleRun);
    writer.finish('end-token', sampleStatistics);
  };
  const first = history.createConversation('');
  const second = history.createConversation('');
  ask(first.id, 'one');
  ask(second.id, 'gone');
  ask(first.id, joinAttachments([{ name: 'a.txt', text: 'x'.repeat(30_000) }], 'two'));
  ask(first.id, joinAttachments([{ name: 'a.txt', text: 'x' }], ''));
  ask(first.id, 'one');
  history.shelf.delete(second.id);
  expect(history.composer.recentQuestions()).toEqual(['one', 'two']);
});

it('keeps own presets over a restart, in the order in which they were made', () => {
  const file = newFile();
  const before = openHistory(file);
  const [pirate] = before.composer.savePreset(null, { name: 'Pirate', systemPrompt: 'Arr.' });
  before.composer.savePreset(null, { name: 'Poet', systemPrompt: 'Rhyme.\n"All" of it.' });
  before.composer.savePreset(pirate!.id, { name: 'Captain', systemPrompt: 'Aye.' });
  before.close();
  const after = openHistory(file);
  onTestFinished(() => after.close());
  expect(after.composer.presets().map(({ name }) => name)).toEqual(['Captain', 'Poet']);
  expect(after.composer.deletePreset(pirate!.id).map(({ name }) => name)).toEqual(['Poet']);
});
