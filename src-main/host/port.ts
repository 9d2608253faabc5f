import type { HostReply, HostRequest } from './protocol.ts';

/** The host's end of its channel to main: a parentPort in the app, a worker's port in tests. */
export interface Port {
  post(reply: HostReply): void;
  onMessage(listener: (request: HostRequest) => void): void;
}

/** Main's end of the channel, and the process behind it. */
export interface HostProcess {
  post(request: HostRequest): void;
  onMessage(listener: (reply: HostReply) => void): void;
  /** Called at least once when the process has ended, however it ended; `cause` is for a person to read. */
  onGone(listener: (cause: string) => void): void;
  /** Ends the process at once, also one that hangs. */
  kill(): void;
}
