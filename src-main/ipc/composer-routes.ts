import { countPrompt } from '../conversations/count-prompt.ts';
import type { Handlers } from '../contract/requests.ts';
import type { History } from '../conversations/history.ts';
import type { HostClient } from '../host/client.ts';

/** Who answers the composer's requests. */
export function composerRoutes(
  history: History,
  engine: Pick<HostClient, 'call'>,
): Handlers<'questions-recent' | 'presets-list' | 'preset-save' | 'preset-delete' | 'prompt-count'> {
  const { composer } = history;
  return {
    'questions-recent': () => composer.recentQuestions(),
    'presets-list': () => composer.presets(),
    'preset-save': ({ id, preset }) => composer.savePreset(id, preset),
    'preset-delete': ({ id }) => composer.deletePreset(id),
    'prompt-count': (question) => countPrompt(history, engine, question),
  };
}
