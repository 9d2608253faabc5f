import type {
  Branches,
  HiddenStates,
  LanguageModel,
  Logits,
  RowAgreement,
  SequenceWithHiddenStates,
  TokenId,
} from '../../src-main/engine/model.ts';
import { seededNoise } from '../../src-main/engine/noise.ts';
import type { HashModelOptions } from './hash-model.ts';
import { HashModel } from './hash-model.ts';

/** Far more than rounding, so that it is never lost in a sum, and less than what usually parts two tokens. */
const rounding = 0.0001;

/** `logits`, each changed by at most `rounding`, differently for each `cause`. */
function rounded(logits: Logits, cause: number): Logits {
  const noise = seededNoise(cause);
  return logits.map((logit, token) => logit + rounding * (2 * noise(0, token) - 1));
}

/**
 * A HashModel that computes as kernels of each agreement do: under `linear` branches are rounded differently from a text
 * read in a row, under `split` every row by its place in its forward and by the forward's width.
 */
export class RoundingModel implements LanguageModel {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly rowAgreement: RowAgreement;
  readonly #exact: HashModel;

  constructor(rowAgreement: RowAgreement, options: HashModelOptions = {}) {
    const exact = new HashModel(options);
    this.vocabularySize = exact.vocabularySize;
    this.contextLength = exact.contextLength;
    this.endTokens = exact.endTokens;
    this.rowAgreement = rowAgreement;
    this.#exact = exact;
  }

  open(): RoundingSequence {
    return new RoundingSequence(this);
  }

  /** Before rounding. */
  logitsAfter(prefix: readonly TokenId[]): Logits {
    return this.#exact.logitsAfter(prefix);
  }
}

/** A hidden state for a prefix: any numbers that depend on all of it. */
const stateAfter = (model: RoundingModel, prefix: readonly TokenId[]) =>
  model.logitsAfter(prefix).slice(0, 4);

class RoundingSequence implements SequenceWithHiddenStates {
  readonly #model: RoundingModel;
  readonly #tokens: TokenId[] = [];
  #states: Float32Array[] = [];
  /** Tokens of each forward. */
  readonly forwards: number[] = [];

  constructor(model: RoundingModel) {
    this.#model = model;
  }

  get tokens(): readonly TokenId[] {
    return this.#tokens;
  }

  forward(added: readonly TokenId[], keep = 1): Promise<Logits[]> {
    this.forwards.push(added.length);
    const rows: Logits[] = [];
    this.#states = [];
    for (const [index, token] of added.entries()) {
      this.#tokens.push(token);
      if (index < added.length - keep) continue;
      const logits = this.#model.logitsAfter(this.#tokens);
      rows.push(this.#model.rowAgreement === 'split' ? rounded(logits, 1000 * added.length + index) : logits);
      this.#states.push(stateAfter(this.#model, this.#tokens));
    }
    return Promise.resolve(rows);
  }

  hiddenStates(): readonly Float32Array[] {
    return this.#states;
  }

  rollback(count: number): void {
    this.#tokens.length -= count;
  }

  branch(): Branches & HiddenStates {
    const model = this.#model;
    const prefix = [...this.#tokens];
    let leaves: (readonly TokenId[])[] = [[]];
    return {
      advance: (parents, tokens) => {
        this.forwards.push(tokens.length);
        leaves = tokens.map((token, index) => [...leaves[parents[index]!]!, token]);
        return Promise.resolve(
          leaves.map((leaf, index) => {
            const logits = model.logitsAfter([...prefix, ...leaf]);
            return model.rowAgreement === 'any' ? logits : rounded(logits, 77 + 1000 * tokens.length + index);
          }),
        );
      },
      hiddenStates: () => leaves.map((leaf) => stateAfter(model, [...prefix, ...leaf])),
      path: (leaf) => leaves[leaf] ?? [],
      close: () => undefined,
    };
  }

  interrupt(): void {
    // Forwards of the fake complete immediately.
  }

  close(): void {
    // Nothing to release.
  }
}
