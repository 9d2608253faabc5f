import { createRequire } from 'node:module';
import path from 'node:path';
import { ForedraftError } from '../contract/error.ts';

const fileNames: Readonly<Record<string, string>> = {
  linux: 'libonnxruntime.so.1',
  darwin: 'libonnxruntime.1.dylib',
  win32: 'onnxruntime.dll',
};

/**
 * Path of the ONNX Runtime library for this platform inside the onnxruntime-node package.
 * @throws ForedraftError `provider-unavailable` if the package has none for this platform
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
  return path.join(outsideArchive(folder), 'bin', 'napi-v6', process.platform, process.arch, fileName);
}

/** Where a packaged application has the libraries of `folder`: outside its archive, which the loader can't read. */
export function outsideArchive(folder: string): string {
  return folder.replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`);
}

/** The file that packages are resolved from: this one, bundled as CommonJS or run as an ES module. */
function packageAnchor(): string {
  return typeof __filename === 'string' ? __filename : import.meta.url;
}
