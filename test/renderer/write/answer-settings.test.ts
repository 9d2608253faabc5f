import { describe, expect, test } from 'vitest';
import { defaultAnswerSettings } from '../../../src-main/contract/answer-settings.ts';
import { draws, parseStrategy } from '../../../src-main/contract/strategy.ts';
import { ConversationSettings } from '../../../src-renderer/state/write/answer-settings.svelte.ts';
import { Drafts } from '../../../src-renderer/state/write/drafts.svelte.ts';
import { OpenConversation } from '../../../src-renderer/state/write/open-conversation.svelte.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { Preferences } from '../../../src-renderer/state/shell/preferences.svelte.ts';
import {
  presetOf,
  strategyOf,
  strategyPresets,
} from '../../../src-renderer/state/strategy/strategy-presets.ts';
import { FakeApi } from '../fake-api.ts';

const beam = parseStrategy({ kind: 'beam' });
const sampling = parseStrategy({ kind: 'sampling', seed: 4_294_967_295 });

/** The settings of conversations in a window whose main stores them in `stored`. */
function settings() {
  const stored = new Map<string | null, unknown>();
  const api = new FakeApi({
    'settings-write': () => null,
    'conversation-set-settings': ({ id, settings: own }) => (stored.set(id, own), null),
    'conversation-set-system-prompt': ({ id, systemPrompt }) => (
      stored.set(`${id} prompt`, systemPrompt),
      null
    ),
    'new-conversation-write': (own) => (stored.set(null, own), null),
  });
  const notices = new Notices();
  const preferences = new Preferences(api, notices);
  const drafts = new Drafts(api, notices);
  const place = (id: string | null) => {
    const conversation = new OpenConversation(
      drafts,
      () => preferences.value,
      () => undefined,
    );
    conversation.id = id;
    if (id !== null) conversation.set({ systemPrompt: '', settings: defaultAnswerSettings });
    return conversation;
  };
  return { api, stored, preferences, place, settings: new ConversationSettings(api, notices, preferences) };
}

describe('answer settings', () => {
  test('of one conversation are stored with it and change no other', () => {
    const { api, stored, place, settings: all } = settings();
    const [one, other] = [place('one'), place('other')];
    all.change(one, { strategy: beam });
    all.change(other, { maxTokens: 7 });
    expect(one.settings).toEqual({ ...defaultAnswerSettings, strategy: beam });
    expect(other.settings).toEqual({ ...defaultAnswerSettings, maxTokens: 7 });
    expect(stored).toEqual(
      new Map([
        ['one', one.settings],
        ['other', other.settings],
      ]),
    );
    expect(api.countOf('settings-write')).toBe(0);
  });

  test('become the default on request, which changes new conversations alone', () => {
    const { api, preferences, place, settings: all } = settings();
    const [one, other, unstored] = [place('one'), place('other'), place(null)];
    all.change(one, { strategy: beam, maxTokens: 7 });
    expect([one, other, unstored].map((each) => all.isDefault(each))).toEqual([false, true, true]);
    all.makeDefault(one);
    expect(preferences.value).toMatchObject({ strategy: beam, maxTokens: 7 });
    expect(api.countOf('settings-write')).toBe(1);
    expect(other.settings).toEqual(defaultAnswerSettings);
    expect(unstored.settings).toEqual(one.settings);
    expect([one, other, unstored].map((each) => all.isDefault(each))).toEqual([true, false, true]);
    all.reset(other);
    expect(other.settings).toEqual(one.settings);
  });

  test('of the conversation that isn’t stored yet are kept, and no default replaces them', () => {
    const { stored, place, settings: all } = settings();
    const [one, unstored] = [place('one'), place(null)];
    all.change(unstored, { versions: 3 });
    all.change(one, { strategy: beam });
    all.makeDefault(one);
    expect(unstored.settings).toEqual({ ...defaultAnswerSettings, versions: 3 });
    expect(stored.get(null)).toEqual({ systemPrompt: null, settings: unstored.settings });
    all.setSystemPrompt(unstored, 'Rhyme.');
    expect(stored.get(null)).toEqual({ systemPrompt: 'Rhyme.', settings: unstored.settings });
  });

  test('a system prompt is a conversation’s own, too', () => {
    const { api, stored, place, settings: all } = settings();
    const [one, unstored] = [place('one'), place(null)];
    all.setSystemPrompt(one, 'Rhyme.');
    all.setSystemPrompt(one, 'Rhyme.');
    expect(api.countOf('conversation-set-system-prompt')).toBe(1);
    expect(stored.get('one prompt')).toBe('Rhyme.');
    expect(unstored.systemPrompt).toBe('');
    all.makeDefaultPrompt('Be brief.');
    expect([one, unstored].map(({ systemPrompt }) => systemPrompt)).toEqual(['Rhyme.', 'Be brief.']);
    expect(all.defaultPrompt).toBe('Be brief.');
  });

  test('give each further answer another seed, and allow one version if the strategy does not sample', () => {
    const { place, settings: all } = settings();
    const one = place('one');
    all.change(one, { strategy: sampling, versions: 4 });
    expect(all.versionsIn(one)).toBe(4);
    expect(all.strategyOf(one, 0)).toEqual(sampling);
    expect(all.strategyOf(one, 2)).toEqual({ ...sampling, seed: 1 });
    all.change(one, { strategy: beam });
    expect(all.versionsIn(one)).toBe(1);
    expect(all.strategyOf(one, 2)).toEqual(beam);
  });
});

describe('presets', () => {
  test('are recognized by their settings, also with a draft model', () => {
    for (const preset of strategyPresets) {
      const { strategy, versions } = preset;
      expect(presetOf({ strategy, versions, maxTokens: 9 })).toBe(preset);
    }
    const before = parseStrategy({ kind: 'auto', draftModel: 'small' });
    const drafted = strategyOf(strategyPresets[2], before);
    expect(drafted).toMatchObject({ draftModel: 'small' });
    expect(presetOf({ strategy: drafted, versions: 1, maxTokens: 9 })).toBe(strategyPresets[2]);
    expect(presetOf({ strategy: sampling, versions: 1, maxTokens: 9 })).toBeUndefined();
  });

  test('know whether another seed changes the text', () => {
    expect(strategyPresets.map(({ strategy }) => draws(strategy))).toEqual([false, false, true, true, true]);
    expect(draws(parseStrategy({ kind: 'beam', sample: true }))).toBe(true);
    expect(draws(parseStrategy({ kind: 'candidate-set', policy: 'sampling' }))).toBe(true);
  });
});
