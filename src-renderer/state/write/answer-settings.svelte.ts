import { SvelteMap } from 'svelte/reactivity';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { draws, seedOf, withSeed } from '../../../src-main/contract/strategy.ts';
import { maxSeed } from '../../../src-main/contract/strategy/setting.ts';
import type { Preferences } from '../shell/preferences.svelte.ts';
import type { AnswerSettings } from '../strategy/strategy-presets.ts';

/** A conversation; its id is null until it is stored. */
interface Place {
  readonly id: string | null;
}

/** The generation settings of each conversation: the defaults, or an override. */
export class ConversationSettings {
  readonly #own = new SvelteMap<string | null, AnswerSettings>();
  readonly #preferences: Preferences;

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  of({ id }: Place): AnswerSettings {
    return this.#own.get(id) ?? this.#preferences.value;
  }

  /** Whether a conversation overrides the defaults. */
  isOwn({ id }: Place): boolean {
    return this.#own.has(id);
  }

  /** Overrides the defaults for a conversation, until the window is closed. */
  own(place: Place, part: Partial<AnswerSettings>): void {
    const { strategy, maxTokens, versions } = { ...this.of(place), ...part };
    this.#own.set(place.id, { strategy, maxTokens, versions });
  }

  /** Changes the conversation's override if it has one, else the defaults. */
  change(place: Place, part: Partial<AnswerSettings>): void {
    if (this.isOwn(place)) this.own(place, part);
    else void this.#preferences.change(part);
  }

  /** Removes a conversation's override. */
  clearOverride({ id }: Place): void {
    this.#own.delete(id);
  }

  /** Makes a conversation's override the defaults. */
  makeDefault(place: Place): void {
    const { strategy, maxTokens, versions } = this.of(place);
    this.clearOverride(place);
    void this.#preferences.change({ strategy, maxTokens, versions });
  }

  /** Moves the override of the unstored conversation to `id`. */
  adopt(id: string): void {
    const settings = this.#own.get(null);
    if (settings === undefined) return;
    this.#own.delete(null);
    this.#own.set(id, settings);
  }

  /** How many answers a question gets: one if another seed changes nothing. */
  versionsIn(place: Place): number {
    const { strategy, versions } = this.of(place);
    return draws(strategy) ? versions : 1;
  }

  /** The strategy of an answer after `answers` others to the same question: each gets another seed. */
  strategyOf(place: Place, answers: number): Strategy {
    const { strategy } = this.of(place);
    const seed = seedOf(strategy);
    if (seed === undefined || answers === 0) return strategy;
    return withSeed(strategy, (seed + answers) % (maxSeed + 1)) ?? strategy;
  }
}
