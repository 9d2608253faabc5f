import type { Handlers } from '../contract/requests.ts';
import type { conversationRequests } from '../contract/requests/conversations.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import type { Answers } from './answers.ts';
import { countPrompt } from './count-prompt.ts';
import type { History } from './history.ts';
import { inspectAnswer } from './inspect-answer.ts';

/** Answers the window's requests about conversations, their answers, drafts and presets. */
export function conversationHandlers(
  history: History,
  answers: Answers,
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
): Handlers<keyof typeof conversationRequests> {
  const { composer, shelf } = history;
  return {
    'conversations-list': () => history.listConversations(),
    'conversation-open': ({ id }) => answers.openConversation(id),
    'conversation-create': ({ systemPrompt }) => history.createConversation(systemPrompt),
    'conversation-begin': (first) => history.beginConversation(first),
    'conversation-rename': ({ id, title }) => history.renameConversation(id, title),
    'conversation-set-system-prompt': ({ id, systemPrompt }) => history.setSystemPrompt(id, systemPrompt),
    'conversation-star': ({ id, starred }) => shelf.star(id, starred),
    'conversation-archive': ({ id, archived }) => shelf.archive(id, archived),
    'conversation-delete': ({ id }) => answers.deleteConversation(id),
    'conversation-restore': ({ id }) => shelf.restore(id),
    'conversations-empty': () => shelf.empty(),
    'conversation-show': ({ id, messageIds }) => history.showMessages(id, messageIds),
    'drafts-list': () => history.listDrafts(),
    'draft-write': (draft) => history.writeDraft(draft),
    'message-edit': (edit) => answers.edit(edit),
    'answer-send': (question) => answers.send(question),
    'answer-regenerate': (request) => answers.regenerate(request),
    'answer-continue': (request) => answers.continue(request),
    'answer-stop': ({ messageId }) => answers.stop(messageId),
    'answer-tokens': ({ conversationId, messageId }) => answers.tokensOf(conversationId, messageId),
    'answer-inspect': (part) => inspectAnswer(history, engine, lock, part),
    'answers-running': () => answers.running(),
    'questions-recent': () => composer.recentQuestions(),
    'presets-list': () => composer.presets(),
    'preset-save': ({ id, preset }) => composer.savePreset(id, preset),
    'preset-delete': ({ id }) => composer.deletePreset(id),
    'prompt-count': (question) => countPrompt(history, engine, question),
  };
}
