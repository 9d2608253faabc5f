import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ForedraftError } from '../contract/error.ts';

/** Room for what a model computes with, beside its weights, in bytes. */
const workingBytes = 256 * 1024 * 1024;

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
  const needed = weightBytes(directory) + workingBytes;
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
  const sizeOf = (name: string) =>
    fs.statSync(path.join(directory, name), { throwIfNoEntry: false })?.size ?? 0;
  const standard = sizeOf('model.onnx') + sizeOf('model.onnx.data');
  const operators = sizeOf('operators.onnx') + sizeOf('operators.onnx.data');
  return Math.max(standard, operators);
}

const gibibytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
