import { describe, expect, it } from 'vitest';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { alternativeRuns } from '../../src-main/documents/alternative-strategies.ts';

const runs = (input: unknown, count: number) => alternativeRuns(parseStrategy(input), count);

describe('alternatives', () => {
  it('are one run of the strategy itself if one is requested', () => {
    expect(runs({ kind: 'auto' }, 1)).toEqual([{ strategy: parseStrategy({ kind: 'auto' }), texts: 1 }]);
    expect(runs({ kind: 'beam', best: 3 }, 1)).toMatchObject([{ strategy: { best: 1 }, texts: 1 }]);
  });

  it('have consecutive seeds if the strategy samples', () => {
    const drawn = runs({ kind: 'auto', policy: { kind: 'sampling', seed: 4_294_967_294 } }, 3);
    expect(
      drawn.map(({ strategy }) => 'policy' in strategy && (strategy.policy as { seed: number }).seed),
    ).toEqual([4_294_967_294, 4_294_967_295, 0]);
    expect(runs({ kind: 'sampling', seed: 7 }, 2).map(({ strategy }) => strategy)).toMatchObject([
      { seed: 7 },
      { seed: 8 },
    ]);
    expect(runs({ kind: 'beam', sample: true, seed: 1 }, 2)).toMatchObject([
      { strategy: { seed: 1, best: 1 } },
      { strategy: { seed: 2, best: 1 } },
    ]);
  });

  it('are the best results of a search if the strategy does not sample', () => {
    for (const kind of ['greedy', 'auto', 'contrastive']) {
      expect(runs({ kind }, 3)).toMatchObject([{ strategy: { kind: 'beam', width: 4, best: 3 }, texts: 3 }]);
    }
    expect(runs({ kind: 'greedy' }, 8)).toMatchObject([{ strategy: { width: 8, best: 8 } }]);
    expect(runs({ kind: 'beam', width: 6, groups: 3, diversityPenalty: 1 }, 7)).toMatchObject([
      { strategy: { width: 9, best: 7, groups: 3 } },
    ]);
    expect(runs({ kind: 'candidate-set', candidates: 2 }, 3)).toMatchObject([
      { strategy: { candidates: 3, best: 3 } },
    ]);
  });

  it('are strategies that the engine accepts', () => {
    const inputs = ['greedy', 'auto', 'sampling', 'beam', 'candidate-set', 'speculative', 'contrastive'];
    for (const kind of inputs) {
      for (let count = 1; count <= 8; count++) {
        for (const { strategy } of runs({ kind }, count)) expect(parseStrategy(strategy)).toEqual(strategy);
      }
    }
  });
});
