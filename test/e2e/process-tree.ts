import { execFileSync } from 'node:child_process';

/** All descendants of a process, itself included. */
export function family(pid: number): number[] {
  const children =
    execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).match(/\d+/g) ?? [];
  return [pid, ...children.map(Number).flatMap(familyOrNone)];
}

function familyOrNone(pid: number): number[] {
  try {
    return family(pid);
  } catch {
    return [pid];
  }
}

/** Ends a process and all of its descendants at once, as a power cut would. */
export function killFamily(pid: number): void {
  for (const member of family(pid)) {
    try {
      process.kill(member, 'SIGKILL');
    } catch {
      // A child that ended with its parent.
    }
  }
}
