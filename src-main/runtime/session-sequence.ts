import type { WidthRule } from '../contract/model-card.ts';
import { ForedraftError } from '../contract/error.ts';
import type { Logits, SequenceWithHiddenStates, TokenId } from '../engine/model.ts';
import type { Forward } from './forward.ts';
import { ForwardBuffers } from './forward-buffers.ts';
import { KeyValueCache } from './key-value-cache.ts';
import type { ModelManifest } from './manifest.ts';
import type { ModelGraph } from './model-graph.ts';
import type { OnnxRun } from './onnx-session.ts';
import { SessionBranches } from './session-branches.ts';

/** Most rows of one forward; more tokens are split. */
const widestForward = 512;

/** Looks at the logits of a forward, before anything else does. */
export type CheckRows = (rows: readonly Logits[]) => void;

/** A sequence of a loaded graph: its tokens, and the cache of their keys and values. */
export class SessionSequence implements SequenceWithHiddenStates {
  readonly #manifest: ModelManifest;
  readonly #widthRule: WidthRule;
  readonly #run: OnnxRun;
  readonly #buffers: ForwardBuffers;
  readonly #check: CheckRows;
  readonly cache: KeyValueCache;
  #tokens: TokenId[] = [];
  /** Rows of the last forward whose results were requested. */
  #rows = 0;
  #interrupted = false;
  #running = false;

  /**
   * @param widthRule decides how many tokens a forward takes and how many rows it has
   * @param check is called with the logits of every forward; what it throws, the forward rejects with; default nothing
   */
  constructor(
    graph: ModelGraph,
    manifest: ModelManifest,
    widthRule: WidthRule,
    check: CheckRows = () => undefined,
  ) {
    this.#manifest = manifest;
    this.#check = check;
    this.#widthRule = widthRule;
    this.#run = graph.session.createRun();
    try {
      this.#buffers = new ForwardBuffers(this.#run, manifest, graph.createAttentionInputs(this.#run));
    } catch (error) {
      this.#run.release();
      throw error;
    }
    const shape = {
      layers: manifest.layerCount,
      heads: manifest.keyValueHeadCount,
      headSize: manifest.headSize,
    };
    // Branches and padding take slots after those of the context; standard graphs have positions for twice as many.
    this.cache = new KeyValueCache(this.#run, shape, graph.cacheLayout, 2 * manifest.contextLength);
  }

  get tokens(): readonly TokenId[] {
    return this.#tokens;
  }

  /** Fewest rows of a forward and of its output head. */
  get #narrowest(): number {
    if (this.#widthRule.kind === 'fixed') return this.#widthRule.width;
    return this.#widthRule.kind === 'exact' ? 1 : 2;
  }

  async forward(tokens: readonly TokenId[], keep = 1): Promise<Logits[]> {
    this.#requireRoom(tokens, keep);
    const before = this.#tokens.length;
    this.#running = true;
    this.#interrupted = false;
    try {
      return await this.#forwardAll(tokens, keep);
    } catch (error) {
      this.#tokens.length = before;
      throw error;
    } finally {
      this.#running = false;
    }
  }

  async #forwardAll(tokens: readonly TokenId[], keep: number): Promise<Logits[]> {
    const widest = this.#widthRule.kind === 'fixed' ? this.#widthRule.width : widestForward;
    const firstKept = tokens.length - keep;
    const logits: Logits[] = [];
    for (let start = 0; start < tokens.length; start += widest) {
      if (this.#interrupted) throw new ForedraftError('run-interrupted', 'The forward was interrupted.');
      const part = tokens.slice(start, start + widest);
      const kept = part.map((_, index) => index).filter((index) => start + index >= firstKept);
      await this.#forwardOnce(part, kept);
      const more = start + widest < tokens.length;
      // The next forward overwrites these.
      for (let row = 0; row < kept.length; row++) {
        logits.push(more ? this.#buffers.logits(row).slice() : this.#buffers.logits(row));
      }
    }
    return logits;
  }

  async #forwardOnce(tokens: readonly TokenId[], kept: readonly number[]): Promise<void> {
    const past = this.#tokens.length;
    const positions = tokens.map((_, index) => past + index);
    await this.#runForward({ tokens, positions, past, rows: kept });
    this.#tokens.push(...tokens);
  }

  /** Runs a forward, padded to the minimum width. */
  async #runForward(forward: Omit<Forward, 'padding'>): Promise<void> {
    const { tokens, past } = forward;
    const padding = Math.max(0, this.#narrowest - tokens.length);
    const rows = [...forward.rows];
    while (rows.length < this.#narrowest) rows.push(tokens.length - 1);
    this.cache.reserve(past + tokens.length + padding, past);
    this.#buffers.bind({ ...forward, padding, rows });
    this.#rows = forward.rows.length;
    await this.#run.run();
    this.#check(forward.rows.map((_, row) => this.#buffers.logits(row)));
  }

  /** For the rows requested from the last forward; if that ran in several parts, from its last part. */
  hiddenStates(): Float32Array[] {
    return Array.from({ length: this.#rows }, (_, row) => this.#buffers.hiddenState(row));
  }

  branch(): SessionBranches {
    const run = async (forward: Omit<Forward, 'padding'>) => {
      if (this.#running) throw new Error('a second forward was started on a sequence');
      this.#running = true;
      try {
        await this.#runForward(forward);
        return {
          logits: forward.rows.map((_, row) => this.#buffers.logits(row)),
          states: forward.rows.map((_, row) => this.#buffers.hiddenState(row)),
        };
      } finally {
        this.#running = false;
      }
    };
    return new SessionBranches(this.#tokens.length, this.#manifest.contextLength, this.cache, run);
  }

  rollback(count: number): void {
    if (!Number.isInteger(count) || count < 0 || count > this.#tokens.length) {
      throw new RangeError(`rollback of ${count} tokens from a sequence of ${this.#tokens.length}`);
    }
    this.#tokens.length -= count;
  }

  interrupt(): void {
    if (!this.#running) return;
    this.#interrupted = true;
    this.#run.terminate();
  }

  close(): void {
    if (this.#running) throw new Error('a sequence was closed while its forward ran');
    this.#run.release();
  }

  #requireRoom(tokens: readonly TokenId[], keep: number): void {
    const { contextLength } = this.#manifest;
    if (this.#running) throw new Error('a second forward was started on a sequence');
    if (tokens.length === 0 || keep < 0 || keep > tokens.length) {
      throw new RangeError(`forward of ${tokens.length} tokens, keeping ${keep}`);
    }
    if (this.#tokens.length + tokens.length > contextLength) {
      throw new ForedraftError(
        'prompt-too-long',
        `${this.#tokens.length + tokens.length} tokens don't fit into the context of ${contextLength}: shorten the text.`,
        { tokens: this.#tokens.length + tokens.length, contextLength },
      );
    }
  }
}
