import { SvelteMap } from 'svelte/reactivity';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { draws, seedOf, withSeed } from '../../../src-main/contract/strategy.ts';
import { largestSeed } from '../../../src-main/contract/strategy/setting.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';
import type { AnswerSettings } from '../strategy/strategy-presets.ts';

/** A conversation, by what its settings are kept under: null while it isn't kept. */
interface Place {
  readonly id: string | null;
}

/** How the answers of each conversation are made: as it is set for all, or as it was set for that one. */
export class ConversationSettings {
  readonly #own = new SvelteMap<string | null, AnswerSettings>();
  readonly #preferences: Preferences;

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  of({ id }: Place): AnswerSettings {
    return this.#own.get(id) ?? this.#preferences.value;
  }

  /** Whether a conversation has settings of its own. */
  isOwn({ id }: Place): boolean {
    return this.#own.has(id);
  }

  /** Gives a conversation settings of its own, until the window is closed; what is set for all stays. */
  own(place: Place, part: Partial<AnswerSettings>): void {
    const { strategy, maxTokens, versions } = { ...this.of(place), ...part };
    this.#own.set(place.id, { strategy, maxTokens, versions });
  }

  /** Changes what the conversation's answers are made with: its own settings if it has some, else those of all. */
  change(place: Place, part: Partial<AnswerSettings>): void {
    if (this.isOwn(place)) this.own(place, part);
    else void this.#preferences.change(part);
  }

  /** Takes a conversation's own settings from it. */
  disown({ id }: Place): void {
    this.#own.delete(id);
  }

  /** Makes a conversation's own settings those of all. */
  makeDefault(place: Place): void {
    const { strategy, maxTokens, versions } = this.of(place);
    this.disown(place);
    void this.#preferences.change({ strategy, maxTokens, versions });
  }

  /** What was set for the conversation that wasn't kept yet belongs to `id`. */
  adopt(id: string): void {
    const settings = this.#own.get(null);
    if (settings === undefined) return;
    this.#own.delete(null);
    this.#own.set(id, settings);
  }

  /** How many answers a question gets: one where another seed changes nothing. */
  versionsIn(place: Place): number {
    const { strategy, versions } = this.of(place);
    return draws(strategy) ? versions : 1;
  }

  /** The strategy of the answer that follows `answers` others to the same question: each has a seed of its own. */
  strategyOf(place: Place, answers: number): Strategy {
    const { strategy } = this.of(place);
    const seed = seedOf(strategy);
    if (seed === undefined || answers === 0) return strategy;
    return withSeed(strategy, (seed + answers) % (largestSeed + 1)) ?? strategy;
  }
}
