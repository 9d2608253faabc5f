import os from 'node:os';
import type { Handle } from './onnx-api.ts';
import { onnxApi } from './onnx-api.ts';

const warningsAndErrors = 2;
const arenaAllocator = 1;
const defaultMemory = 0;

export interface OnnxEnvironment {
  readonly environment: Handle;
  readonly cpuMemory: Handle;
}

/** Threads of a forward: all cores of a small machine, half the logical cores of a larger one (SMT), at most 16. */
export function intraOpThreads(logicalCores: number): number {
  return logicalCores <= 4 ? logicalCores : Math.min(16, logicalCores >> 1);
}

let created: OnnxEnvironment | undefined;

/** The environment, one per process and as long-lived. */
export function onnxEnvironment(): OnnxEnvironment {
  if (created) return created;
  const api = onnxApi();
  created = {
    environment: api.create('CreateEnv', warningsAndErrors, 'foredraft'),
    cpuMemory: api.create('CreateCpuMemoryInfo', arenaAllocator, defaultMemory),
  };
  return created;
}

/**
 * Microseconds that a thread without work spins before it sleeps: longer than the gaps between the parallel parts of a
 * forward, since waking takes about as long as a part. Threads that spin on would take the cores from those they wait
 * for when other programs are busy, and use power between forwards.
 */
const spinMicroseconds = 20;

/** Gives a session its own threads. */
export function setThreads(sessionOptions: Handle): void {
  const api = onnxApi();
  api.call('SetIntraOpNumThreads', sessionOptions, intraOpThreads(os.cpus().length));
  api.call('SetInterOpNumThreads', sessionOptions, 1);
  const spinning = 'session.intra_op.spin_duration_us';
  api.call('AddSessionConfigEntry', sessionOptions, spinning, String(spinMicroseconds));
}
