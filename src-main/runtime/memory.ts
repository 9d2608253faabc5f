import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ForedraftError } from '../contract/error.ts';
import type { Kernels } from '../contract/model-card.ts';
import { adapterPrefix } from './manifest.ts';

/** Room for what a model computes with, beside its weights, in bytes; and for what its adapter adds. */
const workingBytes = 256 * 1024 * 1024;
const adapterWorkingBytes = 64 * 1024 * 1024;

/** Memory of the machine, in bytes. */
export interface Memory {
  readonly total: number;
  readonly free: number;
}

/** macOS counts as free only what nothing has ever used, and takes the rest back when it is needed. */
const machineMemory = (): Memory => {
  const total = os.totalmem();
  return { total, free: process.platform === 'darwin' ? total : os.freemem() };
};

/**
 * Refuses to load a model that doesn't fit into memory, where the system would end the engine or start swapping.
 * @param name of the model, for the message
 * @throws ForedraftError `model-load-failed`
 */
export function requireMemory(directory: string, name: string, memory: Memory = machineMemory()): void {
  requireBytes(weightBytes(directory) + workingBytes, name, memory);
}

/**
 * Refuses likewise to open a loaded model's graph with the adapter. Native operators share the weights that are in memory;
 * ONNX Runtime's kernels pack them once more.
 * @throws ForedraftError `model-load-failed`
 */
export function requireAdapterMemory(
  directory: string,
  name: string,
  kernels: Kernels,
  memory: Memory = machineMemory(),
): void {
  const standard = kernels.kind === 'standard';
  const packed = standard ? graphBytes(directory, 'model.onnx') : 0;
  const own = graphBytes(directory, `${adapterPrefix}${standard ? 'model.onnx' : 'operators.onnx'}`);
  requireBytes(packed + own + adapterWorkingBytes, name, memory);
}

function requireBytes(needed: number, name: string, memory: Memory): void {
  if (needed <= memory.free) return;
  const [need, free, total] = [needed, memory.free, memory.total].map(gibibytes);
  const remedy =
    needed > memory.total ? 'choose a smaller model' : 'close other programs, or choose a smaller model';
  throw new ForedraftError(
    'model-load-failed',
    `${name} needs about ${need} GiB of memory, and ${free} of ${total} GiB are free: ${remedy}.`,
    { needed, free: memory.free, total: memory.total },
  );
}

/** The larger of a model's graphs with its weights. */
function weightBytes(directory: string): number {
  return Math.max(graphBytes(directory, 'model.onnx'), graphBytes(directory, 'operators.onnx'));
}

/** A graph with the data of its own. */
function graphBytes(directory: string, graph: string): number {
  const sizeOf = (name: string) =>
    fs.statSync(path.join(directory, name), { throwIfNoEntry: false })?.size ?? 0;
  return sizeOf(graph) + sizeOf(`${graph}.data`);
}

const gibibytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
