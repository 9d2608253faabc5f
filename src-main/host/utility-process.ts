import process from 'node:process';
import type { Details, Event } from 'electron';
import { app, utilityProcess } from 'electron';
import type { HostProcess } from './port.ts';
import type { HostReply } from './protocol.ts';

let started = 0;

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
      const onChildGone = (_event: Event, details: Details) => {
        if (details.name !== serviceName) return;
        listener(`${details.reason}, exit code ${details.exitCode}`);
      };
      app.on('child-process-gone', onChildGone);
      child.once('exit', (code) => {
        app.off('child-process-gone', onChildGone);
        listener(`exit code ${code}`);
      });
    },
    kill: () => {
      // A hung process ignores the SIGTERM that child.kill() sends.
      if (child.pid === undefined) child.kill();
      else forceKill(child.pid);
    },
  };
}

function forceKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already exited.
  }
}
