import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { HostProcess } from '../../src-main/host/port.ts';
import type { HostReply } from '../../src-main/host/protocol.ts';

const file = path.join(import.meta.dirname, 'fake-host.ts');

/** Real processes with a fake model, in place of Electron's utility processes. */
export class HostProcesses {
  readonly children: ChildProcess[] = [];

  readonly spawn = (): HostProcess => {
    const child = fork(file, { execArgv: [], serialization: 'advanced' });
    this.children.push(child);
    // Posting to a process that has just died is normal here.
    child.on('error', () => undefined);
    return {
      post: (message) => void child.send(message, () => undefined),
      onMessage: (listener) => void child.on('message', (reply) => listener(reply as HostReply)),
      onExit: (listener) =>
        void child.once('exit', (code, signal) => listener(signal ?? `exit code ${String(code)}`)),
      kill: () => void child.kill('SIGKILL'),
    };
  };

  get last(): ChildProcess {
    const child = this.children.at(-1);
    if (!child) throw new Error('no process was started');
    return child;
  }

  /** Waits until every process has ended. */
  async allEnded(): Promise<void> {
    for (const child of this.children) if (isAlive(child)) await once(child, 'exit');
  }

  /** Kills whatever a test left running. */
  async end(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    await this.allEnded();
  }
}

const isAlive = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
