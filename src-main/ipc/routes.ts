import type { Answers } from '../conversations/answers.ts';
import { inspectAnswer } from '../conversations/inspect-answer.ts';
import type { ComparisonFiles } from '../comparisons/comparison-files.ts';
import type { Comparisons } from '../comparisons/comparisons.ts';
import type { Handlers } from '../contract/requests.ts';
import type { Settings } from '../contract/settings.ts';
import type { Rewrites } from '../documents/rewrites.ts';
import type { History } from '../conversations/history.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import { measureCosts } from '../runs/measure-costs.ts';
import { leaderboardOf } from '../report/leaderboard.ts';
import { composerRoutes } from './composer-routes.ts';
import { documentRoutes } from './document-routes.ts';

export interface RouteParts {
  readonly history: History;
  readonly answers: Answers;
  readonly comparisons: Comparisons;
  readonly rewrites: Rewrites;
  readonly comparisonFiles: ComparisonFiles;
  readonly engine: Pick<HostClient, 'status' | 'restart' | 'call'>;
  readonly turn: EngineLock;
  readonly applySettings: (settings: Settings) => void;
  readonly copyText: (text: string) => void | Promise<void>;
  /** Takes a data URL. */
  readonly copyChart: (png: string) => void | Promise<void>;
}

/** Who answers which request of the window. */
export function routesOf({
  history,
  answers,
  comparisons,
  rewrites,
  comparisonFiles,
  engine,
  turn,
  applySettings,
  copyText,
  copyChart,
}: RouteParts): Handlers {
  return {
    ...composerRoutes(history, engine),
    ...documentRoutes(history.documents, rewrites),
    'conversations-list': () => history.listConversations(),
    'conversation-open': ({ id }) => answers.openConversation(id),
    'conversation-create': ({ systemPrompt }) => history.createConversation(systemPrompt),
    'conversation-begin': (begun) => history.beginConversation(begun),
    'conversation-rename': ({ id, title }) => history.renameConversation(id, title),
    'conversation-set-system-prompt': ({ id, systemPrompt }) => history.setSystemPrompt(id, systemPrompt),
    'conversation-star': ({ id, starred }) => history.shelf.star(id, starred),
    'conversation-archive': ({ id, archived }) => history.shelf.archive(id, archived),
    'conversation-delete': ({ id }) => answers.deleteConversation(id),
    'conversation-restore': ({ id }) => history.shelf.restore(id),
    'conversations-empty': () => history.shelf.empty(),
    'conversation-show': ({ id, messageIds }) => history.showMessages(id, messageIds),
    'drafts-list': () => history.listDrafts(),
    'draft-write': (draft) => history.writeDraft(draft),
    'message-edit': (argument) => answers.edit(argument),
    'answer-send': (argument) => answers.send(argument),
    'answer-regenerate': (argument) => answers.regenerate(argument),
    'answer-continue': (argument) => answers.continue(argument),
    'answer-stop': ({ messageId }) => answers.stop(messageId),
    'answer-tokens': ({ conversationId, messageId }) => answers.tokensOf(conversationId, messageId),
    'answer-inspect': (part) => inspectAnswer(history, engine, turn, part),
    'answers-running': () => answers.running(),
    'engine-status': () => engine.status,
    'engine-restart': () => engine.restart(),
    'engine-measure': ({ draftModel }) => measureCosts(engine, turn, draftModel),
    'settings-read': () => history.readSettings(),
    'settings-write': (settings) => {
      history.writeSettings(settings);
      applySettings(settings);
    },
    'clipboard-write': ({ text }) => copyText(text),
    'comparisons-list': () => history.comparisons.list(),
    'comparison-open': ({ id }) => comparisons.open(id),
    'comparison-start': (argument) => comparisons.start(argument),
    'comparison-resume': ({ id }) => comparisons.resume(id),
    'comparison-rerun': ({ id }) => comparisons.rerun(id),
    'comparison-add-columns': ({ id, columns }) => comparisons.addColumns(id, columns),
    'comparison-stop': ({ id, columnId }) => comparisons.stop(id, columnId),
    'comparison-describe': ({ id, description }) => history.comparisons.describe(id, description),
    'comparison-delete': ({ id }) => comparisons.delete(id),
    'comparison-running': () => comparisons.running(),
    'vote-add': (vote) => void history.comparisons.addVote(vote),
    'votes-list': ({ id }) => history.comparisons.votesOn(id),
    leaderboard: (filter) => leaderboardOf(history.comparisons.votes(filter)),
    'comparison-export': ({ id, format }) => comparisonFiles.export(id, format),
    'chart-save': ({ name, svg }) => comparisonFiles.saveChart(name, svg),
    'clipboard-write-chart': ({ png }) => copyChart(png),
    'comparison-import': () => comparisonFiles.import(),
  };
}
