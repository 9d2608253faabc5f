import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TypeObject } from 'koffi';
import koffi from 'koffi';
import { ExternalData } from '../../src-main/convert/onnx/external-data.ts';
import { GraphBuilder } from '../../src-main/convert/onnx/graph.ts';
import type { Handle } from '../../src-main/runtime/onnx-api.ts';
import { onnxApi } from '../../src-main/runtime/onnx-api.ts';
import { onnxEnvironment } from '../../src-main/runtime/onnx-environment.ts';

/** Float16 values are kept as their bits. */
export type TensorData = Float32Array | Uint16Array | Uint8Array | Int32Array | BigInt64Array;
export interface Tensor {
  readonly data: TensorData;
  readonly shape: readonly number[];
}
export type Tensors = Readonly<Record<string, Tensor>>;

const files: Readonly<Record<string, string>> = {
  linux: 'libforedraft.so',
  darwin: 'libforedraft.dylib',
  win32: 'foredraft.dll',
};
export const nativeFolder = path.resolve(import.meta.dirname, '../../native');
export const library = path.join(
  nativeFolder,
  'lib',
  `${process.platform}-${process.arch}`,
  files[process.platform] ?? '',
);

function elementType(data: TensorData): number {
  if (data instanceof Float32Array) return 1;
  if (data instanceof Uint8Array) return 2;
  if (data instanceof Int32Array) return 6;
  return data instanceof BigInt64Array ? 7 : 10;
}

/** Functions of the C API that the program itself doesn't use. */
function apiFunction(index: number, result: string, parameters: readonly string[]) {
  const base = onnxApi().library.func('OrtGetApiBase', 'void *', [])() as unknown;
  const entry = (pointer: unknown, at: number, type: TypeObject) =>
    koffi.decode(koffi.decode(pointer, at * koffi.sizeof('void *'), 'void *'), type) as (
      ...values: unknown[]
    ) => unknown;
  const api = entry(base, 0, koffi.proto('void *', ['uint32_t']))(24);
  return entry(api, index, koffi.proto(result, [...parameters]));
}

const setLogLevel = apiFunction(22, 'void *', ['void *', 'int']);
const setThreads = apiFunction(24, 'void *', ['void *', 'int']);
const setConfig = apiFunction(130, 'void *', ['void *', 'str', 'str']);
const registerLibrary = apiFunction(228, 'void *', ['void *', 'void *']);
const errorMessage = apiFunction(2, 'str', ['void *']);

// ONNX Runtime's library was loaded above: koffi can't be configured after the first.
const loaded = koffi.load(library);
/** Names of the kernels that this processor can run, fastest first. */
export const kernelNames = (loaded.func('foredraft_kernels', 'str', [])() as string).split(' ');
export const selectedKernels = () => loaded.func('foredraft_selected_kernels', 'str', [])() as string;

function check(status: unknown): void {
  if (status) throw new Error(errorMessage(status) as string);
}

function systemPath(file: string): Buffer {
  return Buffer.from(`${file}\0`, process.platform === 'win32' ? 'utf16le' : 'utf8');
}

/** Errors are expected in some tests: ONNX Runtime needn't print them. */
const fatal = 4;

export interface SessionOptions {
  readonly threads?: number;
  /** Forced by the environment variable; the fastest ones otherwise. */
  readonly kernels?: string;
  /** Whether threads without work spin for a while before they sleep, as they do in the program. */
  readonly spinning?: boolean;
}

/** Writes a graph to `folder`; returns its file. */
function built(build: (graph: GraphBuilder) => void, folder: string): string {
  const data = new ExternalData(path.join(folder, 'weights'), 'weights');
  const graph = new GraphBuilder(data);
  build(graph);
  data.close();
  const file = path.join(folder, 'graph.onnx');
  fs.writeFileSync(file, graph.encode('test'));
  return file;
}

/** A graph loaded with the operators of native/, run with tensors over JavaScript's memory. */
export class OperatorSession {
  readonly #handle: Handle;
  readonly #run: Handle;

  /** Loads the graph in a file, or the one that a function builds. */
  constructor(
    source: string | ((graph: GraphBuilder) => void),
    { threads = 1, kernels, spinning = false }: SessionOptions = {},
  ) {
    const api = onnxApi();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-operators-'));
    const options = api.create('CreateSessionOptions');
    try {
      const file = typeof source === 'string' ? source : built(source, folder);
      if (kernels === undefined) delete process.env['FOREDRAFT_KERNELS'];
      else process.env['FOREDRAFT_KERNELS'] = kernels;
      check(registerLibrary(options, systemPath(library)));
      check(setLogLevel(options, fatal));
      check(setThreads(options, threads));
      check(setConfig(options, 'session.intra_op.allow_spinning', spinning ? '1' : '0'));
      this.#handle = api.create('CreateSession', onnxEnvironment().environment, systemPath(file), options);
      this.#run = api.create('CreateRunOptions');
    } finally {
      delete process.env['FOREDRAFT_KERNELS'];
      api.release('ReleaseSessionOptions', options);
      fs.rmSync(folder, { recursive: true });
    }
  }

  /** A tensor that is input and output under two names is read and written in place. */
  run(inputs: Tensors, outputs: Tensors): void {
    const bound = this.bind(inputs, outputs);
    try {
      bound.run();
    } finally {
      bound.release();
    }
  }

  /** Binds tensors for several runs. */
  bind(inputs: Tensors, outputs: Tensors): { run(): void; release(): void } {
    const api = onnxApi();
    const binding = api.create('CreateIoBinding', this.#handle);
    const values: Handle[] = [];
    const kept: ArrayBufferLike[] = [];
    const valueOf = ({ data, shape }: Tensor) => {
      // Asking for its buffer moves a small array out of the JavaScript heap, where it could be moved again.
      kept.push(data.buffer);
      const value = api.create(
        'CreateTensorWithDataAsOrtValue',
        onnxEnvironment().cpuMemory,
        koffi.address(data),
        data.byteLength,
        BigInt64Array.from(shape, BigInt),
        shape.length,
        elementType(data),
      );
      values.push(value);
      return value;
    };
    for (const [name, tensor] of Object.entries(inputs))
      api.call('BindInput', binding, name, valueOf(tensor));
    for (const [name, tensor] of Object.entries(outputs))
      api.call('BindOutput', binding, name, valueOf(tensor));
    return {
      run: () => api.call('RunWithBinding', this.#handle, this.#run, binding),
      release: () => {
        api.release('ReleaseIoBinding', binding);
        for (const value of values) api.release('ReleaseValue', value);
        kept.length = 0;
      },
    };
  }

  release(): void {
    onnxApi().release('ReleaseRunOptions', this.#run);
    onnxApi().release('ReleaseSession', this.#handle);
  }
}
