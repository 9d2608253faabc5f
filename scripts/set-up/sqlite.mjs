import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cache, project } from './paths.mjs';
import { step } from './step.mjs';
import { installSystemPackages, isProgram } from './system-packages.mjs';

/** First Electron version with Node-API 10, which better-sqlite3's prebuilt binaries need. */
const firstWithPrebuilt = 35;

/**
 * Builds the native addon of better-sqlite3 for Node-API 8, for an Electron too old for the prebuilt one.
 * @param {import('./electron.mjs').ElectronInstall} electron
 * @returns {Promise<string | undefined>} path of the addon; undefined if the prebuilt one works
 */
export async function ensureSqlite(electron) {
  if (Number(electron.version.split('.')[0]) >= firstWithPrebuilt) return undefined;
  const { version } = JSON.parse(
    fs.readFileSync(path.join(project, 'node_modules/better-sqlite3/package.json'), 'utf8'),
  );
  const folder = path.join(cache, 'sqlite', `${version}-node-api-8`);
  const binary = path.join(folder, 'better_sqlite3.node');
  if (fs.existsSync(binary)) return binary;
  if (!(await isProgram('cc')) || !(await isProgram('c++'))) {
    await installSystemPackages('a C++ compiler', 'SQLite', ['g++']);
  }
  const remedy = 'check the first compiler error, delete .cache/sqlite and run the command again.';
  await step(`Building SQLite for Electron ${electron.version} (about a minute)`, remedy, () =>
    build(folder, binary),
  );
  return binary;
}

async function build(folder, binary) {
  const source = path.join(project, 'node_modules/better-sqlite3');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(path.join(source, 'src'), path.join(folder, 'src'), { recursive: true });
  patch(path.join(folder, 'src'));
  const defines = [
    ...fs.readFileSync(path.join(source, 'deps/defines.gypi'), 'utf8').matchAll(/'([A-Z]\w+(?:=[^']*)?)'/g),
  ];
  const sqlite = path.join(source, 'deps/sqlite3');
  const common = ['-O2', '-fPIC', '-fvisibility=hidden', '-DNDEBUG', '-w'];
  const cObject = path.join(folder, 'sqlite3.o');
  const cppObject = path.join(folder, 'better_sqlite3.o');
  const includes = ['node-api-headers/include', 'node-addon-api'].map(
    (name) => `-I${path.join(project, 'node_modules', name)}`,
  );
  const napi = ['NAPI_VERSION=8', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'];
  await Promise.all([
    run('cc', [
      ...['-c', '-std=gnu99', ...common, ...defines.map(([, define]) => `-D${define}`)],
      ...[path.join(sqlite, 'sqlite3.c'), '-o', cObject],
    ]),
    run('c++', [
      ...[
        '-c',
        '-std=c++20',
        ...common,
        '-fvisibility-inlines-hidden',
        ...napi.map((define) => `-D${define}`),
      ],
      ...[...includes, `-I${sqlite}`, path.join(folder, 'src/better_sqlite3.cpp'), '-o', cppObject],
    ]),
  ]);
  const link = ['-shared', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-static-libgcc', cppObject, cObject];
  await run('c++', [...link, '-ldl', '-lpthread', '-o', `${binary}.new`]);
  fs.renameSync(`${binary}.new`, binary);
  for (const file of [cObject, cppObject]) fs.rmSync(file);
}

/** Node-API 8 supports references to objects only, so other values are boxed in an object. */
const boxedReference = `
template <typename T>
class BoxedReference {
public:
	BoxedReference() {}
	explicit BoxedReference(T value) { Reset(value, 1); }
	T Value() const { return box.Value().Get("value").template As<T>(); }
	bool IsEmpty() const { return box.IsEmpty(); }
	void Reset() { box.Reset(); }
	void Reset(T value, uint32_t) {
		Napi::Object object = Napi::Object::New(value.Env());
		object.Set("value", value);
		box = Napi::Persistent(object);
	}
private:
	Napi::ObjectReference box;
};
template <typename T>
BoxedReference<T> Boxed(T value) { return BoxedReference<T>(value); }
`;

function patch(source) {
  const edit = (file, change) => {
    const target = path.join(source, file);
    fs.writeFileSync(target, change(fs.readFileSync(target, 'utf8')));
  };
  const boxTypes = (text) =>
    text.replace(/Napi::Reference<Napi::(String|Value)>/g, 'BoxedReference<Napi::$1>');
  for (const file of ['util/helpers.cpp', 'objects/database.hpp']) edit(file, boxTypes);
  for (const file of ['util/bind-map.cpp', 'util/constants.cpp']) {
    edit(file, (text) => boxTypes(text).replaceAll('Napi::Persistent(', 'Boxed('));
  }
  edit('util/custom-aggregate.cpp', (text) =>
    boxTypes(text).replace('start(Napi::Persistent(start))', 'start(start)'),
  );
  edit('better_sqlite3.cpp', (text) =>
    text.replace('#include <napi.h>\n', `#include <napi.h>\n${boxedReference}`),
  );
}
