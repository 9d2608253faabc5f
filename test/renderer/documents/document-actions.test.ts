import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maximumAnswerTokens } from '../../../src-main/contract/generation.ts';
import type { RequestArgument } from '../../../src-main/contract/requests.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import { measuredActions, type ActionFigure } from '../../../src-main/contract/rewrite/action-figures.ts';
import type { LanguageTag } from '../../../src-main/contract/languages.ts';
import { actionGroups } from '../../../src-renderer/state/documents/action-menu.ts';
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
async function menu(tag: LanguageTag = 'en') {
  const { api, documents } = await openedDocuments(text);
  api.refusals.set('rewrite-start', { code: 'engine-busy', message: 'Busy.', details: {} });
  const language = new Language(() => tag, tag);
  const choices = (
    query: string,
    parameters?: number,
    actions: readonly ActionFigure[] = [],
    passage = text,
  ) => {
    const model = parameters === undefined ? null : { parameters, actions };
    return actionGroups(documents, language, query, model, passage).flatMap((group) => group.choices);
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
  const looks = [undefined, 135e6, 1e9].map((parameters) => choices('Rewrite', parameters)[0]?.advice);
  expect(looks).toEqual(['', 'This model is small: check rewrites before accepting.', '']);
  expect(choices('Chinese', 135e6)[0]?.advice).toMatch(/multilingual model/);
});

const figure = (
  action: ActionFigure['action'],
  usable: number,
  part: Partial<ActionFigure> = {},
): ActionFigure => ({
  ...{ action, language: 'en', adapter: null, passages: 100, exact: null, harmful: 0 },
  ...{ usable, ...part },
});

describe('with figures of the model', () => {
  const figures = [
    figure('grammar', 48, { harmful: 6 }),
    figure('simplify', 75),
    figure('expand', 70, { harmful: 5 }),
    figure('shorten', 90, { harmful: 6 }),
    figure('neutral', 0),
    figure('formal', 69),
    figure('summarise', 100, { language: 'zh' }),
  ];

  test('each group starts with what it does well and ends with what it does badly, and loses nothing', async () => {
    const { choices } = await menu();
    const names = choices('', 135e6, figures).map(({ name }) => name);
    expect(names).toEqual([
      ...['Simplify', 'Rewrite', 'Fix grammar and spelling'],
      ...['Expand', 'Summarise', 'Continue', 'Shorten'],
      ...['Friendlier', 'More confident', 'More formal', 'More neutral'],
      ...['Translate to English', 'Translate to Chinese'],
    ]);
    expect([...names].sort()).toEqual(table.map(([name]) => name).sort());
  });

  test('what it does badly is marked with its figure and says what to do', async () => {
    const { choices } = await menu();
    const of = (query: string, parameters = 135e6) => choices(query, parameters, figures)[0]!;
    expect(of('grammar').note).toBe('usable in 48 of 100 trials');
    expect(of('grammar').advice).toBe(
      'Usable in 48 of 100 trials with this model; 6 changed facts or meaning. Larger models do better: from about 1 billion parameters.',
    );
    expect(of('grammar', 2e9).advice).toMatch(/meaning\. Check the changes before accepting\.$/);
    expect(of('simplify').note).toBe('');
    expect(of('simplify').advice).toBe('Usable in 75 of 100 trials with this model.');
    expect(of('neutral').advice).toBe(
      'Usable in 0 of 100 trials with this model. Larger models do better: from about 1 billion parameters.',
    );
    // Not measured in English.
    expect([of('summarise').note, of('summarise').advice]).toEqual([
      '',
      'This model is small: check rewrites before accepting.',
    ]);
  });

  test('those of the passage’s language count', async () => {
    const { choices } = await menu();
    const chinese = [...figures, figure('grammar', 3, { language: 'zh', passages: 30 })];
    const of = (query: string) => choices(query, 135e6, chinese, '杯子碎了。')[0]!;
    expect(of('summarise').advice).toMatch(/100 of 100/);
    expect([of('simplify').note, of('grammar').note]).toEqual(['', 'usable in 3 of 30 trials']);
    expect(of('grammar').advice).toMatch(/a model trained on it/);
  });

  test('in Chinese they are Chinese', async () => {
    const { choices } = await menu('zh-CN');
    const [first] = choices('语法', 135e6, figures);
    expect(first!.note).toBe('100 次试验中 48 次可用');
    expect(first!.advice).toMatch(/^当前模型的 100 次试验中，48 次结果可用，6 次改变了事实或含义。参数量/);
  });

  test('whatever they are, every action stays in its group', async () => {
    const { choices } = await menu();
    const all = table.map(([name]) => name);
    const anyFigures = fc.array(
      fc.record({
        action: fc.constantFrom(...measuredActions),
        usable: fc.integer({ min: 0, max: 90 }),
        harmful: fc.integer({ min: 0, max: 10 }),
      }),
    );
    fc.assert(
      fc.property(anyFigures, (list) => {
        const some = list.map(({ action, usable, harmful }) => figure(action, usable, { harmful }));
        const names = choices('', 135e6, some).map(({ name }) => name);
        for (const [from, to] of [
          [0, 3],
          [3, 7],
          [7, 11],
          [11, 13],
        ] as const)
          expect(names.slice(from, to).sort()).toEqual(all.slice(from, to).sort());
      }),
      { numRuns: 50 },
    );
  });
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
