import { describe, expect, test } from 'vitest';
import type { SearchResult } from '../../../src-main/contract/generation.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { SearchTexts } from '../../../src-renderer/state/runs/search-texts.svelte.ts';
import { FakeApi } from '../fake-api.ts';
import { message, run } from '../sample.ts';

const found = (...texts: readonly string[]): SearchResult[] =>
  texts.map((text) => ({ text, score: -1, logProbabilitySum: -1, tokens: [] }));
const beam = { ...run, strategy: parseStrategy({ kind: 'beam' }) };
const answer = message({ id: 'a', parentId: 'q', role: 'assistant', content: 'best', run: beam });
const saved = (content: string, sourceId: string | null = 'a') =>
  message({ id: `saved ${content}`, parentId: 'q', role: 'assistant', content, sourceId, run: null });

function texts(results: readonly SearchResult[] = found('best', 'second', 'third')) {
  const api = new FakeApi({ 'answer-search-results': () => results });
  return { api, search: new SearchTexts(api) };
}
const wordsOf = (all: readonly { readonly text: string }[]) => all.map(({ text }) => text);

describe('the other texts of a search', () => {
  test('come from the trace of a run that has just ended', () => {
    const { api, search } = texts();
    search.add('a', []);
    expect(search.of(answer, [])).toEqual([]);
    search.add('a', [{ type: 'hypotheses', hypotheses: found('best', 'second', 'third') }]);
    expect(wordsOf(search.of(answer, []))).toEqual(['second', 'third']);
    expect(api.asked).toEqual([]);
  });

  test('are read once for an answer of an earlier session', async () => {
    const { api, search } = texts();
    await search.load(answer);
    await search.load(answer);
    expect(wordsOf(search.of(answer, []))).toEqual(['second', 'third']);
    expect(api.asked).toEqual([
      {
        name: 'answer-search-results',
        argument: { conversationId: answer.conversationId, messageId: 'a' },
      },
    ]);
  });

  test('are not read for an answer that was written, is being written or needed no search', async () => {
    const { api, search } = texts();
    await search.load({ ...answer, run: null });
    await search.load({ ...answer, status: 'streaming' });
    await search.load({ ...answer, run });
    await search.load({ ...answer, run: { ...run, strategy: parseStrategy({ kind: 'auto' }) } });
    expect(api.asked).toEqual([]);
  });

  test('that were saved as versions of the answer are not offered again, also after a restart', async () => {
    const { search } = texts();
    await search.load(answer);
    expect(wordsOf(search.of(answer, [answer, saved('second')]))).toEqual(['third']);
    // Another answer with the same text is another answer.
    expect(wordsOf(search.of(answer, [answer, saved('third', null)]))).toEqual(['second', 'third']);
  });

  test('of a continued answer start with what it continues', async () => {
    const { search } = texts(found(' tea.', ' milk.'));
    const continued = { ...answer, content: 'I like tea.' };
    await search.load(continued);
    expect(wordsOf(search.of(continued, []))).toEqual(['I like milk.']);
  });

  test('that can’t be read are read again when the answer is shown again', async () => {
    const { api, search } = texts();
    api.refusals.set('answer-search-results', { code: 'disk-full', message: 'Full.', details: {} });
    await search.load(answer);
    expect(search.of(answer, [])).toEqual([]);
    api.refusals.clear();
    await search.load(answer);
    expect(wordsOf(search.of(answer, []))).toEqual(['second', 'third']);
  });
});
