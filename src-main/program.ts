import path from 'node:path';
import { clipboard } from 'electron';
import { Answers } from './conversations/answers.ts';
import type { ComparisonFormats, FileDialogs } from './comparisons/comparison-files.ts';
import { ComparisonFiles } from './comparisons/comparison-files.ts';
import { Comparisons } from './comparisons/comparisons.ts';
import type { Push } from './contract/api.ts';
import type { Handlers } from './contract/requests.ts';
import { copyChart } from './copy-chart.ts';
import type { Settings } from './contract/settings.ts';
import { Rewrites } from './documents/rewrites.ts';
import type { HistoryOptions } from './conversations/history.ts';
import { openHistory } from './conversations/history.ts';
import type { HostClientOptions } from './host/client.ts';
import { HostClient } from './host/client.ts';
import { EngineLock } from './runs/engine-lock.ts';
import { CrashLoopGuard } from './host/crash-loop-guard.ts';
import { spawnUtilityProcess } from './host/utility-process.ts';
import { comparisonCsv } from './report/export/csv.ts';
import { comparisonHtml } from './report/export/html.ts';
import { comparisonJson, parseComparisonJson } from './report/export/json.ts';
import { comparisonMarkdown } from './report/export/markdown.ts';
import { requestHandlers } from './request-handlers.ts';

const comparisonFormats: ComparisonFormats = {
  writers: { markdown: comparisonMarkdown, html: comparisonHtml, csv: comparisonCsv, json: comparisonJson },
  parseJson: parseComparisonJson,
};

/** What the program has from outside. */
export interface Place extends Pick<HistoryOptions, 'nativeBinding'>, Pick<HostClientOptions, 'chooseModel'> {
  /** Folder of the database and of whatever else is kept. */
  readonly data: string;
  /** Folder of the bundled sources. */
  readonly bundles: string;
  readonly push: Push;
  readonly dialogs: FileDialogs;
  readonly applySettings: (settings: Settings) => void;
}

/** Everything behind the window: the database, the engine host, and what answers the window's requests. */
export class Program {
  readonly handlers: Handlers;
  readonly #closings: readonly (() => void)[];
  readonly #engine: HostClient;

  /** Opens the database; no model is loaded yet. @throws ForedraftError as `openHistory` */
  constructor({ data, bundles, push, dialogs, applySettings, chooseModel, nativeBinding }: Place) {
    const history = openHistory(path.join(data, 'history.sqlite'), {
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
    const turn = new EngineLock();
    const answers = new Answers(history, engine, turn, push);
    const comparisons = new Comparisons(history.comparisons, engine, turn, push);
    const rewrites = new Rewrites(history, engine, turn, push);
    const kept = history.comparisons;
    const comparisonFiles = new ComparisonFiles(comparisons, kept, dialogs, comparisonFormats);
    const copyText = (text: string) => clipboard.writeText(text);
    this.handlers = requestHandlers({
      history,
      answers,
      comparisons,
      rewrites,
      comparisonFiles,
      engine,
      lock: turn,
      applySettings,
      copyText,
      copyChart,
    });
    this.#engine = engine;
    this.#closings = [engine, answers, comparisons, rewrites, history].map((part) => () => part.close());
    applySettings(history.readSettings());
  }

  /** Starts the engine host, which loads the model. */
  start(): void {
    this.#engine.start();
  }

  /** Keeps all text there is, and ends whatever runs. @throws ForedraftError `disk-full`, `database-failed` */
  close(): void {
    const errors: unknown[] = [];
    // What one part can't keep must not cost what another one can.
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
