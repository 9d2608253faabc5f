import { expect, it, onTestFinished } from 'vitest';
import { joinAttachments } from '../../src-main/contract/attachment.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { sampleRun, sampleStatistics } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

it('lists recent questions once each, without attachments and deleted conversations', () => {
  const stores = openRecording(newFile());
  onTestFinished(() => stores.close());
  const ask = (conversationId: string, content: string) => {
    const { recorder } = stores.ask({ conversationId, parentId: null, content }, sampleRun);
    recorder.finish('end-token', sampleStatistics);
  };
  const first = stores.conversations.create('');
  const second = stores.conversations.create('');
  ask(first.id, 'one');
  ask(second.id, 'gone');
  ask(first.id, joinAttachments([{ name: 'a.txt', text: 'x'.repeat(30_000) }], 'two'));
  ask(first.id, joinAttachments([{ name: 'a.txt', text: 'x' }], ''));
  ask(first.id, 'one');
  stores.conversations.delete(second.id);
  expect(stores.composer.recentQuestions()).toEqual(['one', 'two']);
});

it('stores custom presets in order of creation', () => {
  const file = newFile();
  const before = openRecording(file);
  const [pirate] = before.composer.savePreset(null, { name: 'Pirate', systemPrompt: 'Arr.' });
  before.composer.savePreset(null, { name: 'Poet', systemPrompt: 'Rhyme.\n"All" of it.' });
  before.composer.savePreset(pirate!.id, { name: 'Captain', systemPrompt: 'Aye.' });
  before.close();
  const after = openRecording(file);
  onTestFinished(() => after.close());
  expect(after.composer.presets().map(({ name }) => name)).toEqual(['Captain', 'Poet']);
  expect(after.composer.deletePreset(pirate!.id).map(({ name }) => name)).toEqual(['Poet']);
});
