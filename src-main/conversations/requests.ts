import type { Handlers } from '../contract/requests.ts';
import type { conversationRequests } from '../contract/requests/conversations.ts';
import type { SettingsStore } from '../database/settings-store.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import type { Answers } from './answers.ts';
import type { ComposerHistory } from './composer-history.ts';
import type { Conversations } from './conversations.ts';
import { countPrompt } from './count-prompt.ts';
import type { Drafts } from './drafts.ts';
import { inspectAnswer } from './inspect-answer.ts';

export interface ConversationServices {
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly composer: ComposerHistory;
  readonly answers: Answers;
  readonly settings: Pick<SettingsStore, 'read'>;
}

/** Answers the window's requests about conversations, their answers, drafts and presets. */
export function conversationHandlers(
  { conversations, drafts, composer, answers, settings }: ConversationServices,
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
): Handlers<keyof typeof conversationRequests> {
  return {
    'conversations-list': () => conversations.list(),
    'conversation-open': ({ id }) => answers.openConversation(id),
    'conversation-create': ({ systemPrompt, settings }) => conversations.create(systemPrompt, settings),
    'new-conversation-read': () => conversations.readNew(),
    'new-conversation-write': (conversation) => conversations.writeNew(conversation),
    'conversation-begin': (first) => {
      const { strategy, versions, maxTokens } = settings.read();
      return conversations.import(first, { strategy, versions, maxTokens });
    },
    'conversation-rename': ({ id, title }) => conversations.rename(id, title),
    'conversation-set-system-prompt': ({ id, systemPrompt }) =>
      conversations.setSystemPrompt(id, systemPrompt),
    'conversation-set-settings': ({ id, settings: chosen }) => conversations.setSettings(id, chosen),
    'conversation-star': ({ id, starred }) => conversations.star(id, starred),
    'conversation-archive': ({ id, archived }) => conversations.archive(id, archived),
    'conversation-delete': ({ id }) => answers.deleteConversation(id),
    'conversation-restore': ({ id }) => conversations.restore(id),
    'conversations-empty': () => conversations.empty(),
    'conversation-show': ({ id, messageIds }) => conversations.show(id, messageIds),
    'drafts-list': () => drafts.list(),
    'draft-write': (draft) => drafts.write(draft),
    'message-edit': (edit) => answers.edit(edit),
    'answer-send': (question) => answers.send(question),
    'answer-regenerate': (request) => answers.regenerate(request),
    'answer-continue': (request) => answers.continue(request),
    'answer-stop': ({ messageId }) => answers.stop(messageId),
    'answer-tokens': ({ conversationId, messageId }) => answers.tokensOf(conversationId, messageId),
    'answer-search-results': ({ conversationId, messageId }) =>
      answers.searchResultsOf(conversationId, messageId),
    'answer-inspect': (part) => inspectAnswer(conversations, engine, lock, part),
    'answers-running': () => answers.running(),
    'questions-recent': () => composer.recentQuestions(),
    'presets-list': () => composer.presets(),
    'preset-save': ({ id, preset }) => composer.savePreset(id, preset),
    'preset-delete': ({ id }) => composer.deletePreset(id),
    'prompt-count': (question) => countPrompt(conversations, engine, question),
  };
}
