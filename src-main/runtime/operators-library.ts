import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { LibraryHandle } from 'koffi';
import koffi from 'koffi';
import type { Handle } from './onnx-api.ts';
import { nativePath, onnxApi } from './onnx-api.ts';
import { outsideArchive } from './onnx-library.ts';

const fileNames: Readonly<Record<string, string>> = {
  linux: 'libforedraft.so',
  darwin: 'libforedraft.dylib',
  win32: 'foredraft.dll',
};

/** Path of the library of the project's operators (native/README.md) for this platform; there may be no such file. */
export function operatorsLibraryFile(): string {
  // A bundle in dist/main is as deep as this file.
  const here = typeof __dirname === 'string' ? __dirname : path.dirname(fileURLToPath(import.meta.url));
  const folder = outsideArchive(path.join(here, '../../native/lib', `${process.platform}-${process.arch}`));
  return path.join(folder, fileNames[process.platform] ?? fileNames['linux']!);
}

/** The library of the project's operators, loaded. */
export class OperatorsLibrary {
  /** Referenced because koffi unloads a library whose handle is collected, even while its functions are in use. */
  static readonly #handles = new Map<string, LibraryHandle>();
  readonly #file: string;
  readonly #handle: LibraryHandle;

  /** @throws Error if `file` can't be loaded */
  constructor(file: string) {
    // ONNX Runtime first: it configures koffi, which is possible only before any library is loaded.
    onnxApi();
    this.#file = file;
    this.#handle = OperatorsLibrary.#handles.get(file) ?? koffi.load(file);
    OperatorsLibrary.#handles.set(file, this.#handle);
  }

  /** The instruction sets that this processor has and the operators have kernels for, fastest first; `plain` is last. */
  instructionSets(): readonly string[] {
    return this.#text('foredraft_kernels').split(' ');
  }

  /**
   * Makes the operators known to a session. Its kernels are for the fastest instruction set, or for the one that the
   * environment variable FOREDRAFT_KERNELS names.
   * @returns that instruction set
   * @throws ForedraftError `runtime-failed` if ONNX Runtime refuses the library, or the processor that instruction set
   */
  register(sessionOptions: Handle): string {
    onnxApi().call('RegisterCustomOpsLibrary_V2', sessionOptions, nativePath(this.#file));
    return this.#text('foredraft_selected_kernels');
  }

  #text(name: string): string {
    return this.#handle.func(name, 'str', [])() as string;
  }
}
