import inspector from 'node:inspector/promises';

/** What a task allocated, whether it was freed again or not. */
export interface AllocatedBytes {
  /** Of the JavaScript heap: an estimate from samples. */
  readonly heap: number;
  /** Of array buffers, which lie outside it: exact, for typed arrays that are made while the task runs. */
  readonly buffers: number;
}

/** On average one sample every so many bytes; fewer are more exact and slower. */
const samplingInterval = 2048;
const typedArrays = ['Float32Array', 'Float64Array', 'Int32Array', 'BigInt64Array', 'Uint8Array'] as const;

/**
 * Runs `task` twice and counts what it allocates: on the heap the first time, in buffers the second. Code that isn't
 * optimised yet allocates every number that it reads: let it run before.
 */
export async function allocatedBytes(task: () => Promise<void>): Promise<AllocatedBytes> {
  const heap = await heapBytes(task);
  // Afterwards, since it makes the optimised code invalid.
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

/** Stands in for the constructors of buffers and typed arrays, which also make the copies of `slice` and `map`. */
function countBuffers(): { bytes(): number; stop(): void } {
  let bytes = 0;
  const world = globalThis as unknown as Record<
    string,
    { new (...values: unknown[]): ArrayBuffer | ArrayBufferView }
  >;
  const undo = ['ArrayBuffer', ...typedArrays].map((name) => {
    const original = world[name]!;
    const prototype = original.prototype as { constructor: unknown };
    const counted = new Proxy(original, {
      construct(target, values, newTarget) {
        const made = Reflect.construct(target, values, newTarget) as ArrayBuffer | ArrayBufferView;
        if (!(values[0] instanceof ArrayBuffer)) bytes += made.byteLength;
        return made;
      },
    });
    world[name] = counted;
    prototype.constructor = counted;
    return () => {
      world[name] = original;
      prototype.constructor = original;
    };
  });
  return { bytes: () => bytes, stop: () => undo.forEach((restore) => restore()) };
}
