import type { LibraryHandle, TypeObject } from 'koffi';
import koffi from 'koffi';
import { ForedraftError } from '../contract/error.ts';
import { onnxRuntimeLibrary } from './onnx-library.ts';

/** An opaque pointer of ONNX Runtime's C API. */
export type Handle = bigint & { readonly __handle: never };

/**
 * The functions used, each with its index in the `OrtApi` table of onnxruntime_c_api.h and its
 * parameters. The table only ever grows at its end, so an index holds for every later version.
 */
const table = {
  GetErrorCode: [1, 'int', ['void *']],
  GetErrorMessage: [2, 'str', ['void *']],
  CreateEnv: [3, 'void *', ['int', 'str', '_Out_ void **']],
  CreateSession: [7, 'void *', ['void *', 'void *', 'void *', '_Out_ void **']],
  CreateSessionOptions: [10, 'void *', ['_Out_ void **']],
  DisableMemPattern: [17, 'void *', ['void *']],
  SetSessionGraphOptimizationLevel: [23, 'void *', ['void *', 'int']],
  SetIntraOpNumThreads: [24, 'void *', ['void *', 'int']],
  SetInterOpNumThreads: [25, 'void *', ['void *', 'int']],
  CreateRunOptions: [39, 'void *', ['_Out_ void **']],
  RunOptionsSetTerminate: [46, 'void *', ['void *']],
  RunOptionsUnsetTerminate: [47, 'void *', ['void *']],
  CreateTensorWithDataAsOrtValue: [
    49,
    'void *',
    ['void *', 'void *', 'size_t', 'int64_t *', 'size_t', 'int', '_Out_ void **'],
  ],
  CreateCpuMemoryInfo: [69, 'void *', ['int', 'int', '_Out_ void **']],
  ReleaseStatus: [93, 'void', ['void *']],
  ReleaseSession: [95, 'void', ['void *']],
  ReleaseValue: [96, 'void', ['void *']],
  ReleaseRunOptions: [97, 'void', ['void *']],
  ReleaseSessionOptions: [100, 'void', ['void *']],
  AddSessionConfigEntry: [130, 'void *', ['void *', 'str', 'str']],
  RunWithBinding: [133, 'void *', ['void *', 'void *', 'void *']],
  CreateIoBinding: [134, 'void *', ['void *', '_Out_ void **']],
  ReleaseIoBinding: [135, 'void', ['void *']],
  BindInput: [136, 'void *', ['void *', 'str', 'void *']],
  BindOutput: [137, 'void *', ['void *', 'str', 'void *']],
  RegisterCustomOpsLibrary_V2: [228, 'void *', ['void *', 'void *']],
} as const;

/** The version of the C API that the table is written for; ONNX Runtime 1.24 and later provide it. */
const apiVersion = 24;

/**
 * Stack of a call on a worker thread, in bytes, as large as a system thread's: kernels run on it, and some need more
 * than koffi's default of 128 KiB.
 */
const asyncStackSize = 8 * 1024 * 1024;

type FunctionName = keyof typeof table;
type NativeFunction = ReturnType<LibraryHandle['func']>;

export interface OnnxApi {
  /** For example 1.30.0. */
  readonly version: string;
  /** Referenced because koffi unloads a library whose handle is collected, even while its functions are in use. */
  readonly library: LibraryHandle;
  /** Calls `name` and throws if the status it returns is an error. */
  call(name: FunctionName, ...parameters: readonly unknown[]): void;
  /** Like `call`, on a worker thread. */
  callAsync(name: FunctionName, ...parameters: readonly unknown[]): Promise<void>;
  /** Calls `name`, checks its status and returns the handle that it wrote to its last parameter. */
  create(name: FunctionName, ...parameters: readonly unknown[]): Handle;
  /** Calls `name` to free a handle, which can't fail. */
  release(name: FunctionName, handle: Handle): void;
}

/**
 * Loads ONNX Runtime's library and binds its C API. InferenceSession.run of onnxruntime-node blocks
 * the thread and copies every output, including the key/value cache; this binding does neither.
 * @throws ForedraftError `provider-unavailable` if the library is missing or too old
 */
function bindOnnxApi(): OnnxApi {
  // Read when the library is loaded: version 1.29 and later send telemetry otherwise.
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  koffi.config({ async_stack_size: asyncStackSize });
  const file = onnxRuntimeLibrary();
  let library: LibraryHandle;
  try {
    library = koffi.load(file);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ForedraftError(
      'provider-unavailable',
      `${file} can't be loaded (${cause}): install Foredraft again.`,
    );
  }
  const base = library.func('OrtGetApiBase', 'void *', [])() as unknown;
  const entry = (pointer: unknown, index: number, type: TypeObject) =>
    koffi.decode(koffi.decode(pointer, index * koffi.sizeof('void *'), 'void *'), type) as NativeFunction;
  const version = entry(base, 1, koffi.proto('str', []))() as string;
  const api = entry(base, 0, koffi.proto('void *', ['uint32_t']))(apiVersion) as unknown;
  if (!api) {
    throw new ForedraftError(
      'provider-unavailable',
      `${file} is ONNX Runtime ${version}, which lacks C API ${apiVersion}: version 1.24 or later is needed.`,
      { version },
    );
  }

  const functions = new Map<FunctionName, NativeFunction>();
  for (const [name, [index, result, parameters]] of Object.entries(table)) {
    functions.set(name as FunctionName, entry(api, index, koffi.proto(result, [...parameters])));
  }
  const native = (name: FunctionName): NativeFunction => functions.get(name) as NativeFunction;
  const check = (name: FunctionName, status: unknown) => {
    if (!status) return;
    const message = native('GetErrorMessage')(status) as string;
    native('ReleaseStatus')(status);
    throw new ForedraftError('runtime-failed', `ONNX Runtime refused ${name}: ${message}`, {
      function: name,
    });
  };
  return {
    version,
    library,
    call: (name, ...parameters) => check(name, native(name)(...parameters)),
    callAsync: (name, ...parameters) =>
      new Promise((resolve, reject) => {
        native(name).async(...parameters, (error: unknown, status: unknown) => {
          try {
            if (error) throw error as Error;
            check(name, status);
            resolve();
          } catch (failure) {
            reject(failure as Error);
          }
        });
      }),
    create: (name, ...parameters) => {
      const out: [Handle | null] = [null];
      check(name, native(name)(...parameters, out));
      return out[0] as Handle;
    },
    release: (name, handle) => {
      native(name)(handle);
    },
  };
}

/** A path as ONNX Runtime takes it (`ORTCHAR_T`): UTF-16 on Windows, UTF-8 elsewhere; null-terminated. */
export function nativePath(file: string): Buffer {
  return Buffer.from(`${file}\0`, process.platform === 'win32' ? 'utf16le' : 'utf8');
}

let bound: OnnxApi | undefined;

/** The binding, one per process: ONNX Runtime's library can be loaded only once. */
export function onnxApi(): OnnxApi {
  bound ??= bindOnnxApi();
  return bound;
}
