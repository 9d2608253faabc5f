import inspector from 'node:inspector/promises';

/** Bytes allocated by a task, including those freed again. */
export interface AllocatedBytes {
  /** On the JavaScript heap: a sampled estimate. */
  readonly heap: number;
  /** In array buffers, off the heap: exact for typed arrays created during the task. */
  readonly buffers: number;
}

/** Average bytes between samples. */
const samplingInterval = 2048;
const typedArrays = ['Float32Array', 'Float64Array', 'Int32Array', 'BigInt64Array', 'Uint8Array'] as const;

/**
 * Runs `task` twice and counts heap allocations the first time, buffers the second. Warm the task up before: code that
 * isn't optimised yet allocates a heap number for every read.
 */
export async function allocatedBytes(task: () => Promise<void>): Promise<AllocatedBytes> {
  const heap = await heapBytes(task);
  // Second, since replacing the constructors deoptimises the code.
  return { heap, buffers: await bufferBytes(task) };
}

async function heapBytes(task: () => Promise<void>): Promise<number> {
  const session = new inspector.Session();
  session.connect();
  try {
    await session.post('HeapProfiler.startSampling', {
      samplingInterval,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    await task();
    const { profile } = await session.post('HeapProfiler.stopSampling');
    return sizeOf(profile.head);
  } finally {
    session.disconnect();
  }
}

async function bufferBytes(task: () => Promise<void>): Promise<number> {
  const buffers = countBuffers();
  try {
    await task();
    return buffers.bytes();
  } finally {
    buffers.stop();
  }
}

function sizeOf(node: inspector.HeapProfiler.SamplingHeapProfileNode): number {
  return node.children.reduce((sum, child) => sum + sizeOf(child), node.selfSize);
}

/** Proxies the constructors of buffers and typed arrays, which `slice` and `map` also call. */
function countBuffers(): { bytes(): number; stop(): void } {
  let bytes = 0;
  const globals = globalThis as unknown as Record<
    string,
    { new (...values: unknown[]): ArrayBuffer | ArrayBufferView }
  >;
  const undo = ['ArrayBuffer', ...typedArrays].map((name) => {
    const original = globals[name]!;
    const prototype = original.prototype as { constructor: unknown };
    const counted = new Proxy(original, {
      construct(target, values, newTarget) {
        const created = Reflect.construct(target, values, newTarget) as ArrayBuffer | ArrayBufferView;
        if (!(values[0] instanceof ArrayBuffer)) bytes += created.byteLength;
        return created;
      },
    });
    globals[name] = counted;
    prototype.constructor = counted;
    return () => {
      globals[name] = original;
      prototype.constructor = original;
    };
  });
  return { bytes: () => bytes, stop: () => undo.forEach((restore) => restore()) };
}
