import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerSettings } from '../../src-main/contract/answer-settings.ts';
import { answerSettingsFrom, defaultAnswerSettings } from '../../src-main/contract/answer-settings.ts';
import type { NewConversation } from '../../src-main/contract/conversation.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { openStores } from '../../src-main/stores.ts';
import { newFile } from '../database/temporary-folder.ts';
import { arbitraryArgument } from '../ipc/arbitrary-argument.ts';
import { sampleRun } from './samples.ts';

const settings = arbitraryArgument('conversation-set-settings').map(({ settings: some }) =>
  answerSettingsFrom(some),
);
const prompts = fc.string({ size: 'small' });
const which = fc.nat({ max: 9 });

/** Changes to the settings of conversations, and everything else that might touch them. */
const change = fc.oneof(
  fc.record({ do: fc.constant('create' as const), systemPrompt: prompts, settings }),
  fc.record({ do: fc.constant('import' as const), systemPrompt: prompts, settings }),
  fc.record({ do: fc.constant('set-settings' as const), which, settings }),
  fc.record({ do: fc.constant('set-system-prompt' as const), which, systemPrompt: prompts }),
  fc.record({ do: fc.constant('set-defaults' as const), systemPrompt: prompts, settings }),
  fc.record({
    do: fc.constant('set-new' as const),
    systemPrompt: fc.option(prompts),
    settings: fc.option(settings),
  }),
  fc.record({ do: fc.constant('answer' as const), which }),
  fc.record({ do: fc.constant('delete-and-restore' as const), which }),
  fc.record({ do: fc.constant('restart' as const) }),
);

interface Own {
  systemPrompt: string;
  settings: AnswerSettings;
}

interface Model {
  readonly own: Map<string, Own>;
  unstored: NewConversation;
  defaults: AnswerSettings & { readonly systemPrompt: string };
}

const ownOf = ({ systemPrompt, settings: own }: Own): Own => ({ systemPrompt, settings: own });
const nothing: NewConversation = { systemPrompt: null, settings: null };

describe('conversations', () => {
  it('each keep their own settings, whatever is changed elsewhere and however often the program restarts', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 16 }), (changes) => {
        const file = newFile();
        let stores = openStores(file);
        const model: Model = {
          own: new Map(),
          unstored: nothing,
          defaults: { ...defaultAnswerSettings, systemPrompt: '' },
        };
        const pick = (index: number) => [...model.own.keys()][index % Math.max(1, model.own.size)];
        for (const step of changes) {
          const { conversations, settings: defaults } = stores;
          const id = 'which' in step ? pick(step.which) : undefined;
          switch (step.do) {
            case 'create':
              model.own.set(conversations.create(step.systemPrompt, step.settings).id, ownOf(step));
              model.unstored = nothing;
              break;
            case 'import': {
              const text = { systemPrompt: step.systemPrompt, question: 'Why?', answer: 'So.' };
              model.own.set(conversations.import(text, step.settings).id, ownOf(step));
              break;
            }
            case 'set-defaults':
              model.defaults = { ...step.settings, systemPrompt: step.systemPrompt };
              defaults.write({ ...defaults.read(), ...model.defaults });
              break;
            case 'set-new':
              model.unstored = { systemPrompt: step.systemPrompt, settings: step.settings };
              conversations.writeNew(model.unstored);
              break;
            case 'restart':
              stores.close();
              stores = openStores(file);
              break;
            case 'set-settings':
              if (id === undefined) break;
              conversations.setSettings(id, step.settings);
              model.own.get(id)!.settings = step.settings;
              break;
            case 'set-system-prompt':
              if (id === undefined) break;
              conversations.setSystemPrompt(id, step.systemPrompt);
              model.own.get(id)!.systemPrompt = step.systemPrompt;
              break;
            case 'answer':
              if (id === undefined) break;
              conversations.ask({ conversationId: id, parentId: null, content: 'Why?' }, sampleRun);
              break;
            case 'delete-and-restore':
              if (id === undefined) break;
              conversations.delete(id);
              conversations.restore(id);
          }
        }
        for (let start = 0; start < 2; start += 1) {
          const { conversations } = stores;
          for (const [id, own] of model.own) expect(ownOf(conversations.open(id))).toEqual(own);
          expect(conversations.readNew()).toEqual(model.unstored);
          expect(stores.settings.read()).toEqual({ ...defaultSettings, ...model.defaults });
          stores.close();
          stores = openStores(file);
        }
        stores.close();
      }),
      { numRuns: 40 },
    );
  });

  it('have the defaults in place of stored settings that this version can’t use', () => {
    const file = newFile();
    const stores = openStores(file);
    const own = { ...defaultAnswerSettings, maxTokens: 9 };
    const { id } = stores.conversations.create('', own);
    expect(stores.conversations.open(id).settings).toEqual(own);
    stores.close();
    const database = new Database(file);
    database
      .prepare('UPDATE conversations SET answer_settings = ?')
      .run('{"strategy":{"kind":"oracle"},"versions":3,"maxTokens":"many","depth":2}');
    database.close();
    const again = openStores(file);
    expect(again.conversations.open(id).settings).toEqual({ ...defaultAnswerSettings, versions: 3 });
    again.close();
  });
});

describe('stored settings', () => {
  it.each([null, undefined, 3, 'text', [], {}, { strategy: null, versions: 0, maxTokens: -1 }])(
    'of %j are the defaults',
    (stored) => {
      expect(answerSettingsFrom(stored)).toEqual(defaultAnswerSettings);
    },
  );

  it('are what was stored, in any order', () => {
    fc.assert(
      fc.property(settings, (some) => {
        const { strategy, versions, maxTokens } = some;
        const parsed = parseStrategy(strategy);
        expect(answerSettingsFrom({ versions, strategy: parsed, maxTokens })).toEqual({
          ...some,
          strategy: parsed,
        });
      }),
    );
  });
});
