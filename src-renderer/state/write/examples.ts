import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { parseStrategy } from '../../../src-main/contract/strategy.ts';
import type { PlainMessageKey } from '../../../src-main/messages/message.ts';

/** A prompt that shows what can be seen of how a text is chosen. */
export interface Example {
  readonly id: string;
  readonly name: PlainMessageKey;
  readonly text: PlainMessageKey;
  /** One line that says what to look at. */
  readonly look: PlainMessageKey;
  /** Overrides the defaults in the conversation that starts with it. */
  readonly strategy: Strategy;
  readonly maxTokens: number;
}

/** What an empty conversation offers. */
export const examples: readonly Example[] = [
  {
    id: 'guesses',
    name: 'example-speculation',
    text: 'example-speculation-text',
    look: 'example-speculation-hint',
    strategy: parseStrategy({ kind: 'auto' }),
    maxTokens: 300,
  },
  {
    id: 'beams',
    name: 'example-beams',
    text: 'example-beams-text',
    look: 'example-beams-hint',
    strategy: parseStrategy({ kind: 'beam', width: 6, best: 3, groups: 3, diversityPenalty: 1 }),
    maxTokens: 80,
  },
  {
    id: 'lens',
    name: 'example-lens',
    text: 'example-lens-text',
    look: 'example-lens-hint',
    strategy: parseStrategy({
      kind: 'auto',
      policy: { kind: 'sampling', temperature: 0.9, minP: 0.05, seed: 7 },
    }),
    maxTokens: 200,
  },
];
