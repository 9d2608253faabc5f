import { expect, test } from 'vitest';
import type { CustomPreset } from '../../../src-main/contract/preset.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { Presets } from '../../../src-renderer/state/write/presets.svelte.ts';
import { FakeApi } from '../fake-api.ts';

test('custom presets are saved, and the one deleted last is restored unchanged', async () => {
  let kept: readonly CustomPreset[] = [{ id: 'a', name: 'Pirate', systemPrompt: 'Arr.' }];
  const api = new FakeApi({
    'presets-list': () => kept,
    'preset-save': ({ id, preset }) =>
      (kept = [...kept.filter((other) => other.id !== id), { ...preset, id: id ?? 'b' }]),
    'preset-delete': ({ id }) => (kept = kept.filter((other) => other.id !== id)),
  });
  const notices = new Notices();
  const presets = new Presets(api, notices);
  await presets.load();
  expect(presets.custom.map(({ name }) => name)).toEqual(['Pirate']);
  expect(await presets.save(null, { name: 'Poet', systemPrompt: 'Rhyme.' })).toBe(true);
  await presets.remove(presets.custom[0]!);
  expect(presets.custom.map(({ name }) => name)).toEqual(['Poet']);
  await presets.restoreDeleted();
  expect(presets.custom).toContainEqual({ id: 'a', name: 'Pirate', systemPrompt: 'Arr.' });
  expect(presets.deleted).toBeNull();

  api.refusals.set('preset-save', { code: 'disk-full', message: 'Full.', details: {} });
  expect(await presets.save(null, { name: 'X', systemPrompt: '' })).toBe(false);
  expect(notices.current?.code).toBe('disk-full');
});
