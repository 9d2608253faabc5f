import { expect, it } from 'vitest';
import { defaultSettings, type Settings, settingsSchema } from '../../src-main/contract/settings.ts';
import { openStores } from '../../src-main/stores.ts';
import { newFile } from './temporary-folder.ts';

it('stores only settings that were changed, so that others follow their defaults', () => {
  const stores = openStores(newFile());
  const stored = () =>
    stores.database.connection.prepare('SELECT name, value FROM settings ORDER BY name').all();
  stores.settings.write({ ...defaultSettings, theme: 'dark' });
  expect(stored()).toEqual([{ name: 'theme', value: '"dark"' }]);
  // Chosen explicitly, and back again: stays chosen.
  stores.settings.write({ ...defaultSettings, theme: 'dark', enterSends: false });
  stores.settings.write({ ...defaultSettings, theme: 'dark', enterSends: true });
  expect(stored()).toEqual([
    { name: 'enterSends', value: 'true' },
    { name: 'theme', value: '"dark"' },
  ]);
  stores.close();
});

it('reads back every setting that was changed', () => {
  const file = newFile();
  const changed: Settings = {
    ...{ theme: 'light', contrast: 'more', textSize: 'large', readingWidth: 'wide', language: 'zh-CN' },
    ...{ zoom: 125, enterSends: false, spellCheck: true, spellCheckLanguage: 'de', documentInSight: true },
    ...{ documentShare: 40, strategy: { kind: 'greedy' }, versions: 3, maxTokens: 77 },
    systemPrompt: 'Be brief.',
    actionStrategies: { ...defaultSettings.actionStrategies, grammar: { kind: 'greedy' } },
  };
  for (const name of Object.keys(settingsSchema.entries) as (keyof Settings)[])
    expect(changed[name], name).not.toEqual(defaultSettings[name]);
  const stores = openStores(file);
  stores.settings.write(changed);
  stores.close();
  const again = openStores(file);
  expect(again.settings.read()).toEqual(changed);
  again.settings.write(defaultSettings);
  expect(again.settings.read()).toEqual(defaultSettings);
  again.close();
});
