import type { RequestArgument, RequestName } from '../../src-main/contract/api.ts';
import { requestSchemas } from '../../src-main/contract/api.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';

export const requestNames = Object.keys(requestSchemas) as RequestName[];

const id = '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f';
const strategy = { kind: 'greedy' } as const;

/** An argument of each request that is answered. */
export const validArguments: { readonly [Name in RequestName]: RequestArgument<Name> } = {
  'conversations-list': undefined,
  'conversation-open': { id },
  'conversation-create': { systemPrompt: '' },
  'conversation-rename': { id, title: 'Title' },
  'conversation-set-system-prompt': { id, systemPrompt: 'Be brief.' },
  'conversation-delete': { id },
  'answer-send': { conversationId: id, parentId: null, content: 'Hello', strategy, maxTokens: 64 },
  'answer-regenerate': { conversationId: id, parentId: id, strategy: { kind: 'sampling' }, maxTokens: 64 },
  'answer-stop': { messageId: id },
  'answer-tokens': { conversationId: id, messageId: id },
  'answer-inspect': { conversationId: id, messageId: id, first: 0, count: 16 },
  'answers-running': undefined,
  'engine-status': undefined,
  'engine-restart': undefined,
  'engine-measure': { draftModel: null },
  'settings-read': undefined,
  'settings-write': defaultSettings,
  'clipboard-write': { text: 'copied' },
  'comparisons-list': undefined,
  'comparison-open': { id },
  'comparison-start': {
    prompt: 'Once upon a time',
    raw: true,
    systemPrompt: '',
    columns: [{ name: 'Greedy', strategy }],
    repeats: 1,
    seed: 0,
    maxTokens: 50,
  },
  'comparison-resume': { id },
  'comparison-rerun': { id },
  'comparison-add-columns': { id, columns: [{ name: 'Greedy', strategy }] },
  'comparison-stop': { id, columnId: null },
  'comparison-describe': { id, description: { name: 'Name', notes: '', tags: ['story'], starred: true } },
  'comparison-delete': { id },
  'comparison-running': undefined,
  'vote-add': { comparisonId: id, firstRunId: id, secondRunId: id, outcome: 'tie' },
  leaderboard: { tag: null },
  'comparison-export': { id, format: 'json', pictures: {} },
  'picture-save': { name: 'Speed', svg: '<svg/>' },
  'clipboard-write-picture': { png: 'data:image/png;base64,AA==' },
  'comparison-import': undefined,
};
