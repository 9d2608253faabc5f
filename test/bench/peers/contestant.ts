import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Private memory of a process in megabytes (10^6 bytes). */
export interface Memory {
  /** Anonymous memory in use. */
  readonly anonymous: number;
  /** Most anonymous memory seen so far: sampled while loading and reading, not while forwards are timed. */
  readonly peak: number;
  /** Written pages, anonymous or of private mappings. */
  readonly dirty: number;
}

export interface Timed {
  /** Of each forward. */
  readonly milliseconds: readonly number[];
  /** Processor time of all threads, in milliseconds per forward. */
  readonly processor: number;
}

/** Forwards before those that count: they wake threads and fill caches that the other engine used. */
const warmUps = 2;
/** Idle threads of an engine spin for a while; the other one starts after that. */
const settleMs = 50;
const sampledEveryMs = 20;

/**
 * A process that measures one engine. It prints its description first, then answers each line of its input with a
 * line of JSON: `read N` makes the context the first N tokens of `promptTokens`, `forward ROWS COUNT` runs forwards at
 * that context. Both give milliseconds.
 */
export class Contestant {
  readonly name: string;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  #description = '';
  #peak = 0;

  private constructor(name: string, command: readonly string[], env: Readonly<Record<string, string>>) {
    this.name = name;
    const [program = '', ...args] = command;
    this.#process = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = readline.createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the process and waits until its model is loaded. */
  static async start(
    name: string,
    command: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Contestant> {
    const contestant = new Contestant(name, command, env);
    contestant.#description = (await contestant.#sampled(contestant.#answer())) as string;
    return contestant;
  }

  /** Engine, version, kernels and flags, in the engine's own words. */
  get description(): string {
    return this.#description;
  }

  /** Makes the context `tokens` tokens long, with memory sampled. */
  async read(tokens: number): Promise<void> {
    await this.#sampled(this.#ask(`read ${tokens}`));
  }

  /** Milliseconds of reading a prompt of `tokens` tokens into an empty context. */
  async prefill(tokens: number): Promise<Timed> {
    await this.#ask('read 0');
    return this.#timed(`read ${tokens}`, 1, 0);
  }

  /** Times `count` forwards of `rows` rows after the present context. */
  forwards(rows: number, count: number): Promise<Timed> {
    return this.#timed(`forward ${rows} ${warmUps + count}`, warmUps + count, warmUps);
  }

  memory(): Memory {
    const rollup = fs.readFileSync(`/proc/${this.#process.pid}/smaps_rollup`, 'utf8');
    const anonymous = this.#anonymous();
    return { anonymous, peak: this.#peak, dirty: kilobytes(rollup, 'Private_Dirty') / 1000 };
  }

  close(): void {
    this.#process.stdin.end();
  }

  async #timed(request: string, forwards: number, ignored: number): Promise<Timed> {
    await sleep(settleMs);
    const before = this.#processorMs();
    const all = (await this.#ask(request)) as number[];
    return {
      milliseconds: all.slice(ignored),
      processor: (this.#processorMs() - before) / forwards,
    };
  }

  #ask(request: string): Promise<unknown> {
    this.#process.stdin.write(`${request}\n`);
    return this.#answer();
  }

  async #answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`${this.name} ended: its message is above.`);
    return JSON.parse(value);
  }

  async #sampled(answer: Promise<unknown>): Promise<unknown> {
    const timer = setInterval(() => this.#anonymous(), sampledEveryMs);
    try {
      return await answer;
    } finally {
      clearInterval(timer);
      this.#anonymous();
    }
  }

  #anonymous(): number {
    const status = fs.readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    const anonymous = kilobytes(status, 'RssAnon') / 1000;
    this.#peak = Math.max(this.#peak, anonymous);
    return anonymous;
  }

  /** Time on a processor of all threads, as the scheduler counts it. */
  #processorMs(): number {
    const tasks = `/proc/${this.#process.pid}/task`;
    return fs
      .readdirSync(tasks)
      .map((task) => Number(fs.readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6)
      .reduce((sum, milliseconds) => sum + milliseconds, 0);
  }
}

/** A field of a file in /proc, in units of 1024 bytes there and of 1000 here. */
function kilobytes(text: string, field: string): number {
  return 1.024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]);
}
