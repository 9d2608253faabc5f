import { isSpeculation, type Strategy } from '../../../src-main/contract/strategy.ts';
import { en } from '../../../src-main/messages/en/window.ts';
import type { Language } from '../shell/language.svelte.ts';

/**
 * The name of a strategy where there is room for a few words: its message `strategy-chip-KIND`, if it has one, else
 * `strategy-KIND`. A message `strategy-chip-KIND-CHOICE` is preferred, named after what one of its settings is, and to
 * it `strategy-chip-KIND-CHOICE-OTHER`, named after two.
 */
export function strategyName(language: Language, strategy: Strategy): string {
  const { kind } = strategy;
  const choices = Object.values(strategy).filter((value) => typeof value === 'string');
  const pairs = choices.flatMap((one) => choices.map((other) => `${one}-${other}`));
  const names = [...pairs, ...choices].map((name) => `strategy-chip-${kind}-${name}`);
  const key = [...names, `strategy-chip-${kind}`].find((name) => name in en) ?? `strategy-${kind}`;
  // Every message of this name takes settings of its strategy alone.
  return language.text(key as 'strategy-chip-beam', settingTexts(language, strategy) as { width: string });
}

/** The settings of a strategy as messages have places for them; `strategy` is the name of its policy. */
export function settingTexts(language: Language, strategy: Strategy): Readonly<Record<string, string>> {
  const numbers = Object.entries(strategy).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, language.decimal(value)] as const] : [],
  );
  const policy = isSpeculation(strategy) ? { strategy: strategyName(language, strategy.policy) } : {};
  return { ...Object.fromEntries(numbers), ...policy };
}
