/** How the libraries are built: with the sources, all that their bytes depend on. */
export const zigVersion = '0.15.1';

const x64: Platform['paths'] = [
  ['avx512', '-mcpu=x86_64_v4+avx512vnni'],
  ['avx2-vnni', '-mcpu=x86_64_v3+avxvnni'],
  ['avx2', '-mcpu=x86_64_v3'],
  ['plain', '-DPLAIN'],
];
const arm64: Platform['paths'] = [
  ['neon-dot', '-mcpu=generic+dotprod'],
  ['neon', '-mcpu=generic'],
  ['plain', '-DPLAIN'],
];
/** The compiler's headers for macOS need what the first Apple processor had. */
const apple: Platform['paths'] = [
  ['neon-dot', '-mcpu=apple_m1'],
  ['neon', '-mcpu=apple_m1-dotprod'],
  ['plain', '-DPLAIN'],
];

interface Platform {
  readonly target: string;
  readonly file: string;
  /** Instruction sets, each with the flag it is compiled with. */
  readonly paths: readonly (readonly [name: string, flag: string])[];
  readonly link?: readonly string[];
}

/** The platforms of ONNX Runtime, named as Node names them. */
export const platforms: Readonly<Record<string, Platform>> = {
  'linux-x64': { target: 'x86_64-linux-gnu.2.17', file: 'libforedraft.so', paths: x64 },
  'linux-arm64': { target: 'aarch64-linux-gnu.2.17', file: 'libforedraft.so', paths: arm64 },
  'win32-x64': { target: 'x86_64-windows-gnu', file: 'foredraft.dll', paths: x64 },
  'win32-arm64': { target: 'aarch64-windows-gnu', file: 'foredraft.dll', paths: arm64 },
  'darwin-arm64': {
    target: 'aarch64-macos.12.0',
    file: 'libforedraft.dylib',
    paths: apple,
    link: ['-Wl,-install_name,@rpath/libforedraft.dylib'],
  },
};

// No debug information: it would hold the path of the checkout. No contraction: see src/vector.h.
export const flags = [
  '-std=c11',
  '-O3',
  '-g0',
  '-DNDEBUG',
  '-ffp-contract=off',
  '-fno-math-errno',
  '-fvisibility=hidden',
  '-fno-sanitize=undefined',
];
export const warnings = ['-Wall', '-Wextra', '-Werror', '-Wno-psabi', '-Wno-unused-parameter'];
/** Compiled once for each instruction set. */
export const kernels = ['attention', 'activations', 'linear'];
/** Compiled once. */
export const common = ['dispatch', 'node', 'attention_node', 'linear_node', 'register'];
