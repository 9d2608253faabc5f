import path from 'node:path';
import { convert } from '../../../src-main/convert/convert.ts';
import { modelFormatVersion } from '../../../src-main/runtime/manifest.ts';
import { readManifest } from '../../../src-main/runtime/read-manifest.ts';
import { benchFolder, defaultModel, defaultSource } from '../places.ts';
import { ensureRandomModel } from './random-model.ts';

/** A model that both engines have. */
export interface PeerModel {
  readonly name: string;
  /** Lengths of context at which a token is timed. */
  readonly contexts: readonly number[];
  /** Path of the GGUF file, which llama.cpp reads. */
  gguf(): string;
  /** Folder of the model converted from it. */
  converted(): Promise<string>;
}

export const peerModels: readonly PeerModel[] = [
  {
    name: '135m',
    contexts: [128, 1024, 4000],
    gguf: () => defaultSource,
    converted: () => Promise.resolve(defaultModel),
  },
  {
    name: '1.5b',
    contexts: [128, 1024],
    gguf: ensureRandomModel,
    converted: () => convertedOnce(ensureRandomModel()),
  },
];

async function convertedOnce(source: string): Promise<string> {
  const target = path.join(benchFolder, `${path.basename(source, '.gguf')}-format-${modelFormatVersion}`);
  try {
    readManifest(target);
  } catch {
    console.log(`Converting ${path.basename(source)}…`);
    await convert({ source, target, precision: '8-bit' });
  }
  return target;
}
