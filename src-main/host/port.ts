import type { HostMessage, HostReply } from './protocol.ts';

/** The host's end of its channel to main: a parentPort in the app, a worker's port in tests. */
export interface Port {
  post(reply: HostReply): void;
  onMessage(listener: (message: HostMessage) => void): void;
}

/** Main's end of the channel, and the process at the other end. */
export interface HostProcess {
  post(message: HostMessage): void;
  onMessage(listener: (reply: HostReply) => void): void;
  /** Calls `listener` at least once after the process has exited, for whatever reason; `cause` is user-readable. */
  onExit(listener: (cause: string) => void): void;
  /** Ends the process immediately, even if it hangs. */
  kill(): void;
}
