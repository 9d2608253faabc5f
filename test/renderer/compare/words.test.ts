import { expect, test } from 'vitest';
import { tokenText } from '../../../src-renderer/state/compare/words.ts';
import { Language } from '../../../src-renderer/state/shell/language.svelte.ts';

const token = { position: 0, id: 1, text: ' sea\n', logProbability: -1.25, policyLogProbability: 0 };

test.each([
  ['en', '“ sea⏎” −1.25', '“ sea⏎” ≈ −1.25'],
  ['zh-CN', '“ sea⏎” −1.25', '“ sea⏎” ≈ −1.25'],
] as const)(
  'a token is shown with its log-probability, which may be approximate, in %s',
  (tag, exact, about) => {
    const language = new Language(() => tag, tag);
    expect(tokenText(language, token)).toBe(exact);
    expect(tokenText(language, { ...token, approximate: true })).toBe(about);
  },
);
