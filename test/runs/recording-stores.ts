import type { Message } from '../../src-main/contract/conversation.ts';
import { answerWith } from '../../src-main/contract/conversation.ts';
import type { RecordedRun } from '../../src-main/contract/run.ts';
import type { NewAnswer, NewQuestion, NewRun } from '../../src-main/conversations/message-tree.ts';
import type { AppDatabase } from '../../src-main/database/database.ts';
import { openDatabase } from '../../src-main/database/database.ts';
import type { RecorderOptions, RunRecorder } from '../../src-main/runs/run-recorder.ts';
import { Runner } from '../../src-main/runs/runner.ts';
import type { StoresOptions } from '../../src-main/stores.ts';
import { Stores } from '../../src-main/stores.ts';

export interface RecordingOptions extends StoresOptions {
  readonly recorder?: Partial<RecorderOptions>;
}

/** An answer that a test records. */
export interface WrittenAnswer {
  readonly recorder: RunRecorder;
  /** The answer so far. */
  readonly message: Message;
}

/** Stores whose runs are recorded by a test instead of an engine. */
export class RecordingStores extends Stores {
  readonly #runner: Runner;

  constructor(database: AppDatabase, options: RecordingOptions = {}) {
    super(database, options);
    const generate = () => {
      throw new Error('these stores have no engine');
    };
    const engine = { status: { state: 'starting' }, generate } as const;
    const { runs, runHooks: owners } = this;
    const push = () => undefined;
    this.#runner = new Runner({ ...{ database, runs, owners, engine, push }, ...options });
  }

  ask(question: NewQuestion, run: NewRun): WrittenAnswer & { readonly question: Message } {
    const { question: asked, ...added } = this.conversations.ask(question, run);
    return Object.assign(this.#written(added), { question: asked });
  }

  answerAgain(conversationId: string, questionId: string, run: NewRun): WrittenAnswer {
    return this.#written(this.conversations.answerAgain(conversationId, questionId, run));
  }

  /** Starts a run, assumed to be waiting, and returns its recorder. */
  record(runId: string): RunRecorder {
    return this.#runner.recorderOf({ ...this.run(runId), status: 'waiting' });
  }

  run(id: string): RecordedRun {
    const run = this.database.read('read the run', () => this.runs.get(id));
    if (run) return run;
    throw new Error(`there is no run ${id}`);
  }

  requeue(runId: string): RecordedRun {
    this.database.write('requeue the run', () => this.runs.requeue(runId));
    return this.run(runId);
  }

  #written({ answer, run }: NewAnswer): WrittenAnswer {
    const recorder = this.#runner.recorderOf(run);
    return {
      recorder,
      get message() {
        return answerWith(answer, recorder.run);
      },
    };
  }
}

export function openRecording(file: string, options: RecordingOptions = {}): RecordingStores {
  return new RecordingStores(openDatabase(file, options), options);
}
