import { ForedraftError } from '../contract/error.ts';
import type { Sequence } from '../engine/model.ts';
import type { Drafter } from '../engine/speculate/draft-model.ts';
import { requireSameVocabulary } from '../engine/speculate/same-vocabulary.ts';
import type { OpenModel } from './open-model.ts';
import { openModel } from './open-model.ts';
import type { VerificationRecord } from './verification-record.ts';

interface OpenDrafter extends Drafter {
  readonly open: OpenModel;
}

/** The draft models of a target model: each is opened on first use and stays open. */
export class DraftModels {
  readonly #target: OpenModel;
  readonly #folders: ReadonlyMap<string, string>;
  readonly #record: VerificationRecord;
  readonly #drafters = new Map<string, OpenDrafter>();

  /** @param folders folders of installed models, by id */
  constructor(target: OpenModel, folders: ReadonlyMap<string, string>, record: VerificationRecord) {
    this.#target = target;
    this.#folders = folders;
    this.#record = record;
  }

  /**
   * The model `id`, ready to draft.
   * @throws ForedraftError `model-missing`, `settings-invalid` where its vocabulary differs, and as `openModel`
   */
  async get(id: string): Promise<Drafter> {
    const known = this.#drafters.get(id);
    if (known) return known;
    const directory = this.#folders.get(id);
    if (directory === undefined) {
      const installed = [...this.#folders.keys()].join(', ');
      throw new ForedraftError(
        'model-missing',
        `The draft model ${id} is not installed: choose one of ${installed}.`,
        { id },
      );
    }
    const open = await openModel(directory, this.#target.card.provider, this.#record);
    let sequence: Sequence | undefined;
    try {
      requireSameVocabulary(named(this.#target), named(open));
      sequence = open.model.open();
      const drafter = { open, model: open.model, sequence };
      this.#drafters.set(id, drafter);
      return drafter;
    } catch (error) {
      sequence?.close();
      open.release();
      throw error;
    }
  }

  /** Checks the files of every open model again, as `verifyAgain`. */
  async verify(pause: () => Promise<void>): Promise<void> {
    for (const { open } of [...this.#drafters.values()]) await open.verify(pause);
  }

  /** Frees every model. Must not overlap with a generation. */
  close(): void {
    for (const { open, sequence } of this.#drafters.values()) {
      sequence.close();
      open.release();
    }
    this.#drafters.clear();
  }
}

function named({ card: { name }, model, vocabulary }: OpenModel) {
  return { name, model, vocabulary };
}
