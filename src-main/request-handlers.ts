import type { ComparisonFiles } from './comparisons/comparison-files.ts';
import type { Comparisons } from './comparisons/comparisons.ts';
import { comparisonHandlers } from './comparisons/requests.ts';
import type { Handlers } from './contract/requests.ts';
import type { applicationRequests } from './contract/requests/application.ts';
import type { Settings } from './contract/settings.ts';
import type { SavedAll } from './contract/unsaved-text.ts';
import type { Answers } from './conversations/answers.ts';
import { conversationHandlers } from './conversations/requests.ts';
import { documentHandlers } from './documents/requests.ts';
import type { Rewrites } from './documents/rewrites.ts';
import type { HostClient } from './host/client.ts';
import type { Licences } from './licences.ts';
import type { EngineLock } from './runs/engine-lock.ts';
import { measureCosts } from './runs/measure-costs.ts';
import type { Stores } from './stores.ts';

export interface Services {
  readonly stores: Stores;
  readonly answers: Answers;
  readonly comparisons: Comparisons;
  readonly rewrites: Rewrites;
  readonly comparisonFiles: ComparisonFiles;
  readonly engine: Pick<HostClient, 'status' | 'restart' | 'call'>;
  readonly lock: EngineLock;
  readonly licences: Licences;
  readonly applySettings: (settings: Settings) => void;
  /** Receives what the page couldn't save before the program quits. */
  readonly pageSaved: (saved: SavedAll) => void;
  readonly copyText: (text: string) => void | Promise<void>;
  /** Takes a PNG as a data URL. */
  readonly copyChart: (png: string) => void | Promise<void>;
}

/** A handler for every request of the window. */
export function requestHandlers(services: Services): Handlers {
  const { stores, answers, comparisons, comparisonFiles, rewrites, engine, lock } = services;
  return {
    ...applicationHandlers(services),
    ...conversationHandlers({ ...stores, answers }, engine, lock),
    ...comparisonHandlers(stores.comparisons, comparisons, comparisonFiles),
    ...documentHandlers(stores.documents, stores.actions, rewrites, engine, lock),
  };
}

function applicationHandlers({
  stores,
  engine,
  lock,
  licences,
  applySettings,
  pageSaved,
  copyText,
  copyChart,
}: Services): Handlers<keyof typeof applicationRequests> {
  return {
    'engine-status': () => engine.status,
    'engine-restart': () => engine.restart(),
    'engine-measure': ({ draftModel }) => measureCosts(engine, lock, draftModel),
    'settings-read': () => stores.settings.read(),
    'settings-write': (settings) => {
      stores.settings.write(settings);
      applySettings(settings);
    },
    licences: () => licences.list(),
    'licence-text': ({ name, version }) => licences.textOf(name, version),
    'saved-all': (saved) => pageSaved(saved),
    'clipboard-write': ({ text }) => copyText(text),
    'clipboard-write-chart': ({ png }) => copyChart(png),
  };
}
