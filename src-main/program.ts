import path from 'node:path';
import { clipboard } from 'electron';
import type { ComparisonFormats, FileDialogs } from './comparisons/comparison-files.ts';
import { ComparisonFiles } from './comparisons/comparison-files.ts';
import { Comparisons } from './comparisons/comparisons.ts';
import type { Push } from './contract/api.ts';
import type { Handlers } from './contract/requests.ts';
import type { Settings } from './contract/settings.ts';
import type { SavedAll, UnsavedText } from './contract/unsaved-text.ts';
import { Answers } from './conversations/answers.ts';
import { copyChart } from './copy-chart.ts';
import { Rewrites } from './documents/rewrites.ts';
import type { HostClientOptions } from './host/client.ts';
import { HostClient } from './host/client.ts';
import { CrashLoopGuard } from './host/crash-loop-guard.ts';
import { spawnUtilityProcess } from './host/utility-process.ts';
import { comparisonCsv } from './report/export/csv.ts';
import { comparisonHtml } from './report/export/html.ts';
import { comparisonJson, parseComparisonJson } from './report/export/json.ts';
import { comparisonMarkdown } from './report/export/markdown.ts';
import { Licences } from './licences.ts';
import { requestHandlers } from './request-handlers.ts';
import { EngineLock } from './runs/engine-lock.ts';
import { Runner } from './runs/runner.ts';
import type { Stores, StoresOptions } from './stores.ts';
import { openStores } from './stores.ts';

const comparisonFormats: ComparisonFormats = {
  writers: { markdown: comparisonMarkdown, html: comparisonHtml, csv: comparisonCsv, json: comparisonJson },
  parseJson: parseComparisonJson,
};

export interface ProgramOptions
  extends Pick<StoresOptions, 'nativeBinding'>, Pick<HostClientOptions, 'chooseModel'> {
  /** Directory of the database and of everything else that is stored. */
  readonly data: string;
  /** Directory of the bundled sources. */
  readonly bundles: string;
  /** Directory of the licences that the build wrote. */
  readonly licences: string;
  readonly push: Push;
  readonly dialogs: FileDialogs;
  readonly applySettings: (settings: Settings) => void;
  /** Receives what the page couldn't save before the program quits. */
  readonly pageSaved: (saved: SavedAll) => void;
}

/** Composes the main process: the database, the engine host, the features, and their request handlers. */
export class Program {
  readonly handlers: Handlers;
  readonly #engine: HostClient;
  readonly #runner: Runner;
  readonly #stores: Stores;
  readonly #closings: readonly (() => void)[];

  /** Opens the database; no model is loaded yet. @throws ForedraftError as `openStores` */
  constructor(options: ProgramOptions) {
    const { data, bundles, push, dialogs, applySettings, chooseModel, nativeBinding, pageSaved } = options;
    const stores = openStores(path.join(data, 'history.sqlite'), {
      nativeBinding,
      onConversationsChanged: (conversations) => push('conversations-changed', conversations),
      onComparisonsChanged: (comparisons) => push('comparisons-changed', comparisons),
      onDocumentsChanged: (documents) => push('documents-changed', documents),
    });
    const engine = new HostClient({
      spawn: () => spawnUtilityProcess(path.join(bundles, 'host.cjs')),
      chooseModel,
      crashLoopGuard: new CrashLoopGuard(path.join(data, 'engine-start')),
      onStatus: (status) => push('engine-status', status),
    });
    const { database, runs, documents } = stores;
    const lock = new EngineLock();
    const runner = new Runner({ database, runs, owners: stores.runHooks, engine, push });
    const answers = new Answers(stores.conversations, runner, engine, lock);
    const comparisons = new Comparisons(stores.comparisons, runner, engine, lock, push);
    const rewrites = new Rewrites({ database, runs, documents, runner, engine, lock, push });
    const comparisonFiles = new ComparisonFiles(comparisons, stores.comparisons, dialogs, comparisonFormats);
    const copyText = (text: string) => clipboard.writeText(text);
    this.handlers = requestHandlers({
      ...{ stores, answers, comparisons, rewrites, comparisonFiles },
      licences: new Licences(options.licences),
      ...{ engine, lock, applySettings, pageSaved, copyText, copyChart },
    });
    this.#engine = engine;
    this.#runner = runner;
    this.#stores = stores;
    this.#closings = [engine, runner, stores].map((part) => () => part.close());
    applySettings(stores.settings.read());
  }

  /** Starts the engine host, which loads the model. */
  start(): void {
    this.#engine.start();
  }

  /** Whether all text is saved as far as main knows, and the last text of the page could be. */
  get saves(): boolean {
    return this.#runner.unsavedRuns.length === 0 && !this.#stores.database.failing;
  }

  /** Saves all text of runs, without ending any. @throws ForedraftError `disk-full`, `database-failed` */
  save(): void {
    this.#runner.save();
  }

  /** Interrupts all runs and saves their text. @throws as `save` */
  interrupt(): void {
    this.#runner.interrupt();
  }

  /** The texts of runs that couldn't be saved. @param title what each is called */
  unsaved(title: string): readonly UnsavedText[] {
    return this.#runner.unsavedRuns.filter(({ text }) => text !== '').map(({ text }) => ({ title, text }));
  }

  /** Saves all text and ends everything that runs. @throws ForedraftError `disk-full`, `database-failed` */
  close(): void {
    const errors: unknown[] = [];
    // A part that fails to close must not keep the others from closing.
    for (const close of this.#closings) {
      try {
        close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
