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

/** Long enough for a process to start on a busy machine. */
const patientWatchdog = { pingMs: 100, silenceMs: 5000 };

/** Clients of real processes that share one data folder, and every status they told. */
export class ClientBench {
  readonly processes = new HostProcesses();
  readonly statuses: EngineStatus[] = [];
  readonly #directory = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-host-'));
  readonly #clients: HostClient[] = [];
  #changed: () => void = () => undefined;

  marker(): CrashLoopGuard {
    return new CrashLoopGuard(path.join(this.#directory, 'marker'));
  }

  /** A client whose host loads a model that has the mishap `model` when it is loaded. */
  newClient(model = 'good', options: Partial<HostClientOptions> = {}): HostClient {
    const client = new HostClient({
      spawn: this.processes.spawn,
      chooseModel: () =>
        Promise.resolve({ id: model, directory: `/models/${model}`, provider: 'cpu', installed: [] }),
      marker: this.marker(),
      onStatus: (status) => {
        this.statuses.push(status);
        this.#changed();
      },
      watchdog: patientWatchdog,
      restartDelays: [10, 20],
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  /** A client that is ready. */
  async readyClient(options: Partial<HostClientOptions> = {}): Promise<HostClient> {
    const client = this.newClient('good', options);
    client.start();
    await this.reached('ready');
    return client;
  }

  states(): string[] {
    return this.statuses.map(({ state }) => state);
  }

  /** Waits until the latest status is `state` and was told `count` times in all. */
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

/** All events of an answer. */
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

/** The error of an answer that ends badly, and the events before it. */
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
