import type { Api } from '../../../src-main/contract/api.ts';
import type { AnswerSettings } from '../../../src-main/contract/answer-settings.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { draws, withSeedAdvanced } from '../../../src-main/contract/strategy.ts';
import { ask } from '../shell/ask.ts';
import type { Notices } from '../shell/notices.svelte.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';
import { equalStrategies } from '../strategy/equal-strategies.ts';
import type { OpenConversation } from './open-conversation.svelte.ts';

type Place = Pick<OpenConversation, 'id' | 'settings' | 'systemPrompt' | 'own' | 'set'>;

/**
 * The system prompt and the generation settings of each conversation. New ones take the user's defaults; from then on
 * each keeps its own. A change applies at once; main stores it with the conversation.
 */
export class ConversationSettings {
  readonly #api: Api;
  readonly #notices: Notices;
  readonly #preferences: Preferences;

  constructor(api: Api, notices: Notices, preferences: Preferences) {
    this.#api = api;
    this.#notices = notices;
    this.#preferences = preferences;
  }

  /** Changes the settings of one conversation. */
  change(place: Place, part: Partial<AnswerSettings>): void {
    const { strategy, versions, maxTokens } = { ...place.settings, ...part };
    const settings = { strategy, versions, maxTokens };
    place.set({ settings });
    this.#store(place, (id) => ask(this.#api, 'conversation-set-settings', { id, settings }));
  }

  setSystemPrompt(place: Place, systemPrompt: string): void {
    if (place.systemPrompt === systemPrompt) return;
    place.set({ systemPrompt });
    this.#store(place, (id) => ask(this.#api, 'conversation-set-system-prompt', { id, systemPrompt }));
  }

  /** Whether a new conversation would start with the same generation settings. */
  isDefault({ settings }: Pick<Place, 'settings'>): boolean {
    const { strategy, versions, maxTokens } = this.#preferences.value;
    return (
      equalStrategies(settings.strategy, strategy) &&
      settings.maxTokens === maxTokens &&
      (settings.versions === versions || !draws(strategy))
    );
  }

  /** Makes a conversation's generation settings those that new ones start with. */
  makeDefault({ settings: { strategy, versions, maxTokens } }: Pick<Place, 'settings'>): void {
    void this.#preferences.change({ strategy, versions, maxTokens });
  }

  /** Gives a conversation the generation settings that a new one would start with. */
  reset(place: Place): void {
    const { strategy, versions, maxTokens } = this.#preferences.value;
    this.change(place, { strategy, versions, maxTokens });
  }

  /** The system prompt that a new conversation starts with. */
  get defaultPrompt(): string {
    return this.#preferences.value.systemPrompt;
  }

  makeDefaultPrompt(systemPrompt: string): void {
    void this.#preferences.change({ systemPrompt });
  }

  /** How many answers a question gets: one if another seed changes nothing. */
  versionsIn({ settings: { strategy, versions } }: Pick<Place, 'settings'>): number {
    return draws(strategy) ? versions : 1;
  }

  /** The strategy of an answer after `answers` others to the same question: each gets another seed. */
  strategyOf({ settings: { strategy } }: Pick<Place, 'settings'>, answers: number): Strategy {
    return withSeedAdvanced(strategy, answers);
  }

  /** Stores a change with `save`, or with the conversation that isn't stored yet. */
  #store(place: Place, save: (id: string) => Promise<unknown>): void {
    void this.#notices.guard(async () => {
      const { id } = place;
      if (id === null) await ask(this.#api, 'new-conversation-write', place.own);
      else await save(id);
    });
  }
}
