import fs from 'node:fs';
import process from 'node:process';
import type { Kernels, Provider, StandardKernelsReason } from '../contract/model-card.ts';
import { ForedraftError } from '../contract/error.ts';
import type { ModelManifest } from './manifest.ts';
import { onnxApi } from './onnx-api.ts';
import { OperatorsLibrary, operatorsLibraryFile } from './operators-library.ts';

const standard = (reason: StandardKernelsReason): Kernels => ({ kind: 'standard', reason });

/**
 * Chooses the kernels that compute a model's forwards: the project's operators, wherever they can run and are fast. The
 * environment variable FOREDRAFT_KERNELS forces `standard` ones, or the operators for one instruction set.
 * @throws ForedraftError `settings-invalid` if FOREDRAFT_KERNELS names nothing that this processor can run
 */
export function chooseKernels(
  { operators }: Pick<ModelManifest, 'operators'>,
  provider: Provider,
  libraryFile: string = operatorsLibraryFile(),
): Kernels {
  const forced = process.env['FOREDRAFT_KERNELS'] ?? '';
  if (provider !== 'cpu') return standard('provider');
  if (operators === null) return standard('no-graph');
  if (forced === 'standard') return standard('forced');
  if (!fs.existsSync(libraryFile)) return standard('library-missing');
  let library: OperatorsLibrary;
  let instructionSets: readonly string[];
  try {
    library = new OperatorsLibrary(libraryFile);
    instructionSets = library.instructionSets();
  } catch {
    return standard('library-refused');
  }
  if (forced !== '' && !instructionSets.includes(forced)) {
    const choice = ['standard', ...instructionSets].join(', ');
    throw new ForedraftError(
      'settings-invalid',
      `FOREDRAFT_KERNELS is ${forced}, which this processor can't run: choose one of ${choice}.`,
      { kernels: forced },
    );
  }
  if (forced === '' && instructionSets[0] === 'plain') return standard('processor');
  return registered(library);
}

/** A trial registration: ONNX Runtime may refuse the library. */
function registered(library: OperatorsLibrary): Kernels {
  const options = onnxApi().create('CreateSessionOptions');
  try {
    return { kind: 'operators', instructionSet: library.register(options) };
  } catch {
    return standard('library-refused');
  } finally {
    onnxApi().release('ReleaseSessionOptions', options);
  }
}
