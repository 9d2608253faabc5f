import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A file system of its own in `folder`, small enough to be filled. */
export interface SmallDisk {
  /** Takes all free space. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  unmount(): void;
}

/** Mounts a disk of `megabytes` at `folder`; undefined without the permission, which takes root and Linux. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | undefined {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (status !== 0) return undefined;
  const filler = path.join(folder, 'filler');
  return {
    fill: () => {
      const descriptor = fs.openSync(filler, 'a');
      try {
        for (let size = 1 << 20; size >= 1024; size /= 2) writeUntilFull(descriptor, size);
      } finally {
        fs.closeSync(descriptor);
      }
    },
    free: () => fs.rmSync(filler, { force: true }),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}

function writeUntilFull(descriptor: number, size: number): void {
  const block = Buffer.alloc(size);
  try {
    for (;;) if (fs.writeSync(descriptor, block) < size) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
