import process from 'node:process';
import type { Details, Event } from 'electron';
import { app, utilityProcess } from 'electron';
import type { HostProcess } from './port.ts';
import type { HostReply } from './protocol.ts';

let started = 0;

/** How long after the exit of a process its reason may arrive, in milliseconds. */
const reasonMs = 500;

/**
 * Starts the engine host from the bundled `file` in its own process. The service name is unique per start, since
 * `child-process-gone` identifies a process by nothing else.
 */
export function spawnUtilityProcess(file: string): HostProcess {
  const serviceName = `Foredraft engine ${++started}`;
  const child = utilityProcess.fork(file, [], {
    serviceName,
    stdio: 'inherit',
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
  });
  return {
    post: (request) => child.postMessage(request),
    onMessage: (listener) => {
      child.on('message', (reply: HostReply) => listener(reply));
    },
    onExit: (listener) => {
      let gone = false;
      const onChildGone = (_event: Event, details: Details) => {
        if (details.name !== serviceName) return;
        gone = true;
        listener(causeOf(details));
      };
      app.on('child-process-gone', onChildGone);
      child.once('exit', (code) => {
        const report = () => {
          app.off('child-process-gone', onChildGone);
          listener(`exit code ${code}`);
        };
        // A process killed by a signal exits with code 0 here: the other event, which may follow, knows better.
        if (gone) report();
        else setTimeout(() => (gone ? app.off('child-process-gone', onChildGone) : report()), reasonMs);
      });
    },
    kill: () => {
      // A hung process ignores the SIGTERM that child.kill() sends.
      if (child.pid === undefined) child.kill();
      else forceKill(child.pid);
    },
  };
}

function causeOf({ reason, exitCode }: Pick<Details, 'reason' | 'exitCode'>): string {
  if (reason === 'killed') return 'killed by the system or another program';
  return `${reason}, exit code ${exitCode}`;
}

function forceKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already exited.
  }
}
