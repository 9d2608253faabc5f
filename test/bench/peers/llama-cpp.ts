import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { benchFolder } from '../places.ts';

/** The Python package's source distribution contains llama.cpp's. */
const wrapper = 'llama-cpp-python';
const version = '0.3.36';
const sha256 = '832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e';

/** Release, for this processor (`-march=native`), with OpenMP: the defaults, without the programs that aren't measured. */
const flags = [
  '-DCMAKE_BUILD_TYPE=Release',
  '-DGGML_NATIVE=ON',
  '-DBUILD_SHARED_LIBS=OFF',
  '-DLLAMA_OPENSSL=OFF',
  '-DLLAMA_BUILD_TESTS=OFF',
  '-DLLAMA_BUILD_EXAMPLES=OFF',
  '-DLLAMA_BUILD_SERVER=OFF',
  '-DLLAMA_BUILD_APP=OFF',
];

const folder = path.join(benchFolder, `llama.cpp-${version}`);
const source = path.join(folder, 'source');
const build = path.join(folder, 'build');

export interface LlamaCpp {
  /** The program made of llama-cpp.c. */
  readonly program: string;
  readonly benchmark: string;
  readonly flags: readonly string[];
}

/**
 * Builds llama.cpp (some ten minutes) and the program that measures it, unless that was done before. Needs pip, cmake,
 * a C++ compiler, and on first use the Python package index.
 */
export function ensureLlamaCpp(): LlamaCpp {
  const benchmark = path.join(build, 'bin/llama-bench');
  if (!fs.existsSync(benchmark)) {
    console.log(`Building llama.cpp of ${wrapper} ${version} into .cache/bench…`);
    if (!fs.existsSync(path.join(source, 'CMakeLists.txt'))) unpack();
    run('cmake', ['-S', source, '-B', build, ...flags]);
    run('cmake', ['--build', build, '--target', 'llama-bench', 'llama', '--parallel', '2']);
  }
  return { program: driver(), benchmark, flags };
}

function unpack(): void {
  const archive = path.join(folder, `${wrapper.replaceAll('-', '_')}-${version}.tar.gz`);
  fs.mkdirSync(source, { recursive: true });
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  run('python3', [...pip, '--no-binary', wrapper, '--dest', folder, `${wrapper}==${version}`]);
  const found = crypto.createHash('sha256').update(fs.readFileSync(archive)).digest('hex');
  if (found !== sha256)
    throw new Error(`${archive} has the SHA-256 ${found}, not ${sha256}: delete it and try again.`);
  const vendored = `${path.basename(archive, '.tar.gz')}/vendor/llama.cpp`;
  run('tar', ['-xzf', archive, '-C', source, '--strip-components=3', vendored]);
  fs.rmSync(archive);
}

/** The program is made again when its source changes. */
function driver(): string {
  const file = path.join(import.meta.dirname, 'llama-cpp.c');
  const hash = crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex').slice(0, 12);
  const program = path.join(folder, `measure-${hash}`);
  if (fs.existsSync(program)) return program;
  const include = ['include', 'ggml/include'].map((name) => `-I${path.join(source, name)}`);
  const object = `${program}.o`;
  run('cc', ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-c', file, '-o', object, ...include]);
  const libraries = [
    'src/libllama.a',
    'ggml/src/libggml.a',
    'ggml/src/libggml-cpu.a',
    'ggml/src/libggml-base.a',
  ];
  run('c++', ['-fopenmp', object, ...libraries.map((name) => path.join(build, name)), '-o', program]);
  fs.rmSync(object);
  return program;
}

/** At low priority, since a build shouldn't disturb whoever works meanwhile. */
function run(program: string, args: readonly string[]): void {
  execFileSync('nice', ['-n', '10', program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}
