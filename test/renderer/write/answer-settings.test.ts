import { describe, expect, test } from 'vitest';
import { draws, parseStrategy } from '../../../src-main/contract/strategy.ts';
import { ConversationSettings } from '../../../src-renderer/state/write/answer-settings.svelte.ts';
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

function settings() {
  const api = new FakeApi({ 'settings-write': () => null });
  const preferences = new Preferences(api, new Notices());
  return { api, preferences, settings: new ConversationSettings(preferences) };
}

describe('answer settings', () => {
  test('are shared until one conversation has custom settings', () => {
    const { api, preferences, settings: all } = settings();
    const [one, other] = [{ id: 'one' }, { id: 'other' }];
    all.own({ id: null }, { strategy: beam });
    all.adopt('one');
    expect(all.of(one).strategy).toEqual(beam);
    expect(all.of({ id: null })).toEqual(preferences.value);
    all.change(one, { maxTokens: 7 });
    expect(api.countOf('settings-write')).toBe(0);
    expect(all.of(other).maxTokens).toBe(preferences.value.maxTokens);

    all.change(other, { versions: 3 });
    expect(preferences.value.versions).toBe(3);
    all.makeDefault(one);
    expect(preferences.value).toMatchObject({ strategy: beam, maxTokens: 7 });
    expect(all.isOwn(one)).toBe(false);
  });

  test('give each further answer another seed, and allow one version if the strategy does not sample', () => {
    const { settings: all } = settings();
    const place = { id: 'one' };
    all.own(place, { strategy: sampling, versions: 4 });
    expect(all.versionsIn(place)).toBe(4);
    expect(all.strategyOf(place, 0)).toEqual(sampling);
    expect(all.strategyOf(place, 2)).toEqual({ ...sampling, seed: 1 });
    all.own(place, { strategy: beam });
    expect(all.versionsIn(place)).toBe(1);
    expect(all.strategyOf(place, 2)).toEqual(beam);
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
