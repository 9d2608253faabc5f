import type { LanguageModel, Sequence, TokenId } from '../engine/model.ts';
import type { ModelManifest } from './manifest.ts';
import type { OnnxSession } from './onnx-session.ts';
import type { Widths } from './session-sequence.ts';
import { SessionSequence } from './session-sequence.ts';

/** A loaded graph as the engine sees it. */
export class SessionModel implements LanguageModel {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly endTokens: ReadonlySet<TokenId>;
  readonly #session: OnnxSession;
  readonly #manifest: ModelManifest;
  readonly #widths: Widths;

  constructor(session: OnnxSession, manifest: ModelManifest, widths: Widths) {
    this.vocabularySize = manifest.vocabularySize;
    this.contextLength = manifest.contextLength;
    this.endTokens = new Set(manifest.endTokens.map((token) => token as TokenId));
    this.#session = session;
    this.#manifest = manifest;
    this.#widths = widths;
  }

  open(): Sequence {
    return new SessionSequence(this.#session, this.#manifest, this.#widths);
  }
}
