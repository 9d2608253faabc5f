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

/**
 * The environment, one per process and as long-lived, with a thread pool that all sessions share: two pools would
 * compete for the cores when a draft model and its target alternate.
 */
export function onnxEnvironment(): OnnxEnvironment {
  if (created) return created;
  const api = onnxApi();
  const threading = api.create('CreateThreadingOptions');
  api.call('SetGlobalIntraOpNumThreads', threading, intraOpThreads(os.cpus().length));
  api.call('SetGlobalInterOpNumThreads', threading, 1);
  // Spinning had no measurable benefit and uses power between forwards.
  api.call('SetGlobalSpinControl', threading, 0);
  const environment = api.create('CreateEnvWithGlobalThreadPools', warningsAndErrors, 'foredraft', threading);
  api.release('ReleaseThreadingOptions', threading);
  created = { environment, cpuMemory: api.create('CreateCpuMemoryInfo', arenaAllocator, defaultMemory) };
  return created;
}
