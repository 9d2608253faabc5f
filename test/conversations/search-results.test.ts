import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { GenerationEvent, SearchResult } from '../../src-main/contract/generation.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { openProgram } from '../main/open-program.ts';
import { newFile } from '../database/temporary-folder.ts';

const settings = { strategy: parseStrategy({ kind: 'beam', width: 4, best: 3 }), maxTokens: 64 };
const resultOf = (text: string): SearchResult => ({
  ...{ text, score: -1.5, logProbabilitySum: -3 },
  tokens: [{ id: 7, logProbability: -3 }],
});

/** Answers a question with these events and quits; returns the file and the place of the answer. */
async function answered(events: readonly GenerationEvent[], file = newFile()) {
  const { stores, answers, engine, lock, close } = openProgram({ file });
  engine.onRequest = () => {
    engine.write('Best');
    engine.tell(...events);
    engine.end();
  };
  const { id: conversationId } = stores.conversations.create('');
  const { answer } = answers.send({ conversationId, parentId: null, content: 'Why?', ...settings });
  await vi.waitFor(() => expect(lock.busy).toBe(false));
  const before = answers.searchResultsOf(conversationId, answer.id);
  close();
  return { file, place: [conversationId, answer.id] as const, before };
}

describe('the results of a search', () => {
  it('are the same before and after a restart, whatever characters they have and however long the trace is', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', size: 'small' }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(30), async (all, steps) => {
        const hypotheses = all.map((text) => resultOf(`${text}"type":"hypotheses"`));
        const step: GenerationEvent = {
          type: 'beam-step',
          nodes: [
            { parent: 0, text: '"type":"hypotheses"', logProbabilitySum: -1, score: -Infinity, fate: 'live' },
          ],
        };
        const trace = [
          ...Array<GenerationEvent>(steps).fill(step),
          { type: 'hypotheses', hypotheses } as const,
        ];
        const { file, place, before } = await answered(trace);
        const { answers, close } = openProgram({ file });
        expect(before.map(({ text }) => text)).toEqual(hypotheses.map(({ text }) => text));
        expect(answers.searchResultsOf(...place)).toEqual(before);
        close();
      }),
      { numRuns: 20 },
    );
  });

  it('are none of an answer without a search, of a question, or of a written answer', async () => {
    const { file, place } = await answered([]);
    const { answers, stores, close } = openProgram({ file });
    expect(answers.searchResultsOf(...place)).toEqual([]);
    const [conversationId] = place;
    const { messages } = stores.conversations.open(conversationId);
    expect(answers.searchResultsOf(conversationId, messages[0]!.id)).toEqual([]);
    const written = answers.edit({ conversationId, messageId: place[1], content: 'So.' });
    expect(answers.searchResultsOf(conversationId, written.id)).toEqual([]);
    close();
  });

  it('can be saved as an answer after a restart, which is a sibling of the search’s own', async () => {
    const { file, place } = await answered([
      { type: 'hypotheses', hypotheses: ['Best', 'Second'].map(resultOf) },
    ]);
    const { answers, stores, close } = openProgram({ file });
    const [conversationId, messageId] = place;
    const second = answers.searchResultsOf(...place)[1]!;
    const saved = answers.edit({ conversationId, messageId, content: second.text });
    expect(stores.conversations.open(conversationId).messages.at(-1)).toEqual(saved);
    expect(saved).toMatchObject({ content: 'Second', sourceId: messageId, run: null });
    close();
  });
});
