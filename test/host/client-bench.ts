import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EngineStatus } from '../../src-main/contract/engine-status.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type { GenerationEvent, GenerationRequest } from '../../src-main/contract/generation.ts';
import type { HostClientOptions } from '../../src-main/host/client.ts';
import { HostClient } from '../../src-main/host/client.ts';
import { CrashLoopGuard } from '../../src-main/host/crash-loop-guard.ts';
import { HostProcesses } from './host-processes.ts';

/** Allows for a slow process start on a busy machine. */
const lenientWatchdog = { pingMs: 100, silenceMs: 5000 };

/** Clients of real processes that share one data folder, with a log of their statuses. */
export class ClientBench {
  readonly processes = new HostProcesses();
  readonly statuses: EngineStatus[] = [];
  readonly #directory = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-host-'));
  readonly #clients: HostClient[] = [];
  #changed: () => void = () => undefined;

  crashLoopGuard(): CrashLoopGuard {
    return new CrashLoopGuard(path.join(this.#directory, 'marker'));
  }

  /** A client whose host loads a model with the fault `model`. */
  newClient(model = 'good', options: Partial<HostClientOptions> = {}): HostClient {
    const client = new HostClient({
      spawn: this.processes.spawn,
      chooseModel: () =>
        Promise.resolve({
          id: model,
          directory: `/models/${model}`,
          provider: 'cpu',
          installed: [],
          record: '',
        }),
      crashLoopGuard: this.crashLoopGuard(),
      onStatus: (status) => {
        this.statuses.push(status);
        this.#changed();
      },
      watchdog: lenientWatchdog,
      restartDelays: [10, 20],
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  /** A started client with a loaded model. */
  async readyClient(options: Partial<HostClientOptions> = {}): Promise<HostClient> {
    const client = this.newClient('good', options);
    client.start();
    await this.reached('ready');
    return client;
  }

  states(): string[] {
    return this.statuses.map(({ state }) => state);
  }

  /** Waits until the latest status is `state` and has occurred `count` times in all. */
  async reached(state: EngineStatus['state'], count = 1): Promise<EngineStatus> {
    for (;;) {
      const last = this.statuses.at(-1);
      if (last?.state === state && this.states().filter((other) => other === state).length >= count)
        return last;
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.processes.end();
    fs.rmSync(this.#directory, { recursive: true });
  }
}

/** Every event of an answer. */
export async function answer(
  client: HostClient,
  request: GenerationRequest,
  onBatch: (batch: readonly GenerationEvent[]) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<GenerationEvent[]> {
  const events: GenerationEvent[] = [];
  for await (const batch of client.generate(request, signal)) {
    events.push(...batch);
    onBatch(batch);
  }
  return events;
}

/** The error of an answer that fails, and the events before it. */
export async function failure(
  client: HostClient,
  request: GenerationRequest,
  onBatch?: () => void,
): Promise<{ readonly error: ForedraftError; readonly events: readonly GenerationEvent[] }> {
  const events: GenerationEvent[] = [];
  try {
    await answer(client, request, (batch) => {
      events.push(...batch);
      onBatch?.();
    });
  } catch (error) {
    if (error instanceof ForedraftError) return { error, events };
    throw error;
  }
  throw new Error('the answer did not fail');
}
