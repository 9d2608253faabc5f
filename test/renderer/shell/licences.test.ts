import { expect, test, vi } from 'vitest';
import { Licences } from '../../../src-renderer/state/shell/licences.svelte.ts';
import { Notices } from '../../../src-renderer/state/shell/notices.svelte.ts';
import { FakeApi } from '../fake-api.ts';

const program = { name: 'Foredraft', version: '1.0.0', licence: 'Apache-2.0' };
const part = { name: 'part', version: '2.0.0', licence: 'MIT' };

test('texts are read once, when they are opened', async () => {
  const list = vi.fn(() => [program, part] as const);
  const text = vi.fn(({ name }: { name: string }) => `Licence of ${name}`);
  const api = new FakeApi({ licences: list, 'licence-text': text });
  const licences = new Licences(api, new Notices());
  expect(licences.program).toBeNull();
  await licences.load();
  await licences.load();
  expect([licences.program, licences.parts]).toEqual([program, [part]]);
  expect(list).toHaveBeenCalledOnce();
  expect(licences.textOf(licences.parts[0]!)).toBeUndefined();
  await licences.open(licences.parts[0]!);
  await licences.open(licences.parts[0]!);
  expect(licences.textOf(licences.parts[0]!)).toBe('Licence of part');
  expect(text).toHaveBeenCalledExactlyOnceWith({ name: 'part', version: '2.0.0' });
});
