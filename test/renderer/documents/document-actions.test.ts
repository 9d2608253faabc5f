import { expect, test } from 'vitest';
import { maximumAnswerTokens } from '../../../src-main/contract/generation.ts';
import type { RequestArgument } from '../../../src-main/contract/requests.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { actionGroups, needsCloseLook } from '../../../src-renderer/state/documents/action-menu.ts';
import { builtInActions } from '../../../src-renderer/state/documents/actions.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';
import { openedDocuments } from './opened-documents.ts';

/** The names of the actions in the menu, and the instruction that each sends to main. */
const table = [
  ['Fix grammar and spelling', 'Correct the grammar and spelling of this text and change nothing else:'],
  ['Rewrite', 'Rewrite this text in other words and keep its meaning:'],
  ['Simplify', 'Say this in simple words and short sentences:'],
  ['Shorten', 'Make this text shorter and keep what matters:'],
  ['Expand', 'Make this text longer, with more details:'],
  ['Summarise', 'Summarise this text in a few sentences:'],
  ['Continue', ''],
  ['More formal', 'Rewrite this text in a formal tone:'],
  ['Friendlier', 'Rewrite this text in a warm and friendly tone:'],
  ['More confident', 'Rewrite this text in a confident tone:'],
  ['More neutral', 'Rewrite this text in a calm and neutral tone:'],
  ['Translate to English', 'Translate this text into English:'],
  ['Translate to Chinese', 'Translate this text into Chinese:'],
] as const;

const contrastive = parseStrategy({ kind: 'contrastive' });
const text = 'The cups is broken.';

/** The menu over a document with `text`, and the rewrites requested from main. */
async function menu() {
  const { api, documents } = await openedDocuments(text);
  api.refusals.set('rewrite-start', { code: 'engine-busy', message: 'Busy.', details: {} });
  const language = new Language(() => 'en', 'en');
  const choices = (query: string, parameters?: number) => {
    const model = parameters === undefined ? null : { parameters };
    return actionGroups(documents, language, query, model).flatMap((group) => group.choices);
  };
  const started = () =>
    api.asked
      .filter(({ name }) => name === 'rewrite-start')
      .map(({ argument }) => argument as RequestArgument<'rewrite-start'>);
  return { choices, started };
}

test('the menu contains every action once, in the order of the table', async () => {
  const { choices } = await menu();
  expect(choices('').map(({ name }) => name)).toEqual(table.map(([name]) => name));
  expect(
    choices('')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(builtInActions.map(({ id }) => id).sort());
});

test('the menu marks what is beyond the model at hand, and nothing before that is known', async () => {
  const { choices } = await menu();
  const marked = (parameters?: number) =>
    choices('', parameters).flatMap(({ name, note }) => (note === '' ? [] : [name]));
  expect(marked(135e6)).toEqual(['Translate to English', 'Translate to Chinese']);
  expect([marked(1e9), marked()]).toEqual([[], []]);
  const looks = [null, { parameters: 135e6 }, { parameters: 1e9 }].map(needsCloseLook);
  expect(looks).toEqual([false, true, false]);
});

for (const [name, instruction] of table) {
  test(`“${name}” asks the model: ${instruction || 'to continue'}`, async () => {
    const { choices, started } = await menu();
    choices(name)[0]?.run();
    await expect.poll(() => started().length).toBe(1);
    const continues = name === 'Continue';
    expect(started()[0]).toMatchObject({
      instruction,
      mode: continues ? 'continue' : 'replace',
      // Nothing is selected: the action applies to the cursor's paragraph, or to its position.
      selection: continues ? '' : text,
      after: continues ? text : '',
      documentId: 'a',
      alternatives: 1,
    });
  });
}

test('words that match no action are an instruction, which can be saved', async () => {
  const { choices, started } = await menu();
  expect(choices('Write it as a poem').map(({ id }) => id)).toEqual(['instruct', 'save']);
  choices('Write it as a poem')[0]?.run();
  await expect.poll(() => started()[0]?.instruction).toBe('Write it as a poem:');
});

test('no action takes the strategy or the length of the user’s default, but to continue', async () => {
  for (const action of builtInActions) {
    const { api, documents } = await openedDocuments(text, null, { strategy: contrastive, maxTokens: 3 });
    api.refusals.set('rewrite-start', { code: 'engine-busy', message: 'Busy.', details: {} });
    await documents.rewriting.startBuiltIn(action, '');
    const { strategy, maxTokens } = api.asked.find(({ name }) => name === 'rewrite-start')
      ?.argument as RequestArgument<'rewrite-start'>;
    expect(maxTokens).toBe(maximumAnswerTokens);
    expect(strategy.kind, action.id).toBe(action.id === 'continue' ? 'contrastive' : 'auto');
  }
});
