import { execFileSync } from 'node:child_process';

/** Ids of a process and all its descendants. */
export function processTree(pid: number): number[] {
  const children =
    execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' }).match(/\d+/g) ?? [];
  return [pid, ...children.map(Number).flatMap(treeOrSelf)];
}

function treeOrSelf(pid: number): number[] {
  try {
    return processTree(pid);
  } catch {
    return [pid];
  }
}

/** Kills a process and all its descendants, as a power failure would. */
export function killTree(pid: number): void {
  for (const member of processTree(pid)) {
    try {
      process.kill(member, 'SIGKILL');
    } catch {
      // Already exited with its parent.
    }
  }
}
