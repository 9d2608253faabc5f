import path from 'node:path';
import type { GenerationEvent } from '../../src-main/contract/generation.ts';
import { openRecording } from '../runs/recording-stores.ts';
import type { RunningApp } from './app.ts';

const run = {
  modelId: 'SmolLM2',
  provider: 'cpu',
  adapter: null,
  kernels: null,
  strategy: { kind: 'greedy' },
} as const;

const token = (text: string, position: number): GenerationEvent & { type: 'token' } => ({
  type: 'token',
  position,
  id: 1,
  text,
  logProbability: -0.1,
  policyLogProbability: 0,
});

/** Stores an answer of one token in the data folder `data`, before the app is started. */
export function storeAnswer(data: string, text: string): void {
  const stores = openRecording(path.join(data, 'history.sqlite'));
  const conversationId = stores.conversations.create('').id;
  const question = { conversationId, parentId: null, content: 'Show me.' };
  const { recorder } = stores.ask(question, run);
  if (text !== '') recorder.add(token(text, 0));
  recorder.finish('end-token', null);
  stores.close();
}

/** An answer in the window of `app` that the test streams through the same push events as the engine. */
export class StreamedAnswer {
  readonly #app: RunningApp;
  readonly #runId: string;
  #position = 0;

  private constructor(app: RunningApp, runId: string) {
    this.#app = app;
    this.#runId = runId;
  }

  /** Turns the newest stored answer into an empty streaming one. */
  static async begin(app: RunningApp): Promise<StreamedAnswer> {
    const { window, electron } = app;
    const opened = await window.evaluate(async () => {
      const { api } = globalThis as unknown as {
        api: { request(name: string, argument?: unknown): Promise<unknown> };
      };
      const { value } = (await api.request('conversations-list')) as { value: { id: string }[] };
      return api.request('conversation-open', { id: value[0]!.id });
    });
    const runId = await electron.evaluate(({ ipcMain }, reply) => {
      const { value } = reply as {
        value: { messages: { status: string; content: string; run: { id: string } }[] };
      };
      const message = value.messages.at(-1)!;
      Object.assign(message, { status: 'streaming', content: '' });
      // Electron has no public way to wrap a handler.
      type Listener = (event: unknown, name: string, argument: unknown) => unknown;
      const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Listener> };
      const answer = handlers.get('request')!;
      ipcMain.removeHandler('request');
      ipcMain.handle('request', (event, name: string, argument) =>
        name === 'conversation-open' ? reply : answer(event, name, argument),
      );
      return message.run.id;
    }, opened);
    await window.reload();
    await window.locator('[data-testid="answer"][data-status="streaming"]').waitFor();
    return new StreamedAnswer(app, runId);
  }

  /** Sends a batch of tokens to the window every `everyMs` milliseconds; resolves after the last one. */
  async write(batches: readonly (readonly string[])[], everyMs: number): Promise<void> {
    const events = batches.map((texts) => texts.map((text) => token(text, this.#position++)));
    await this.#app.electron.evaluate(
      ({ BrowserWindow }, [runId, all, pause]) =>
        new Promise<void>((resolve) => {
          const { webContents } = BrowserWindow.getAllWindows()[0]!;
          const left = [...all];
          const timer = setInterval(() => {
            const next = left.shift();
            if (next === undefined) {
              clearInterval(timer);
              resolve();
            } else webContents.send('push', 'run-events', { runId, events: next });
          }, pause);
        }),
      [this.#runId, events, everyMs] as const,
    );
  }
}
