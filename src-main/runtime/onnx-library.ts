import { createRequire } from 'node:module';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';

const fileNames: Readonly<Record<string, string>> = {
  linux: 'libonnxruntime.so.1',
  darwin: 'libonnxruntime.1.dylib',
  win32: 'onnxruntime.dll',
};

/**
 * Where the ONNX Runtime library for this platform lies inside the onnxruntime-node package.
 * @throws ForedraftError `provider-unavailable` where the package ships none for this platform
 */
export function onnxRuntimeLibrary(): string {
  const fileName = fileNames[process.platform];
  const platform = `${process.platform}-${process.arch}`;
  if (!fileName || platform === 'darwin-x64') {
    throw new ForedraftError(
      'provider-unavailable',
      `ONNX Runtime has no library for ${platform}: Foredraft runs on Linux, Windows and macOS on Apple silicon.`,
      { platform },
    );
  }
  const resolve = createRequire(packageAnchor()).resolve;
  const folder = path.dirname(path.dirname(resolve('onnxruntime-node')));
  // Inside a packed application the library lies beside the archive: the loader can't read into it.
  const unpacked = folder.replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`);
  return path.join(unpacked, 'bin', 'napi-v6', process.platform, process.arch, fileName);
}

/** A file from which Node finds the packages: this one, bundled to CommonJS or run as a module. */
function packageAnchor(): string {
  return typeof __filename === 'string' ? __filename : import.meta.url;
}
