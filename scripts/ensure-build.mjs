import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './set-up/command.mjs';
import { project } from './set-up/paths.mjs';
import { isStamped, stamp } from './set-up/stamp.mjs';
import { step } from './set-up/step.mjs';

const sources = [
  ...['src-main', 'src-renderer', 'scripts/build.mjs', 'scripts/licences', 'package-lock.json', 'LICENSE'],
  'models/smollm2-135m-instruct.json',
  // Its hash is in the licences.
  'models/editor/editor.gguf',
];

/** Hash of all inputs of the build. */
function sourceHash() {
  const hash = crypto.createHash('sha256');
  const add = (name) => {
    const file = path.join(project, name);
    if (fs.statSync(file).isDirectory()) {
      for (const entry of fs.readdirSync(file).sort()) add(path.join(name, entry));
    } else {
      hash.update(name).update(fs.readFileSync(file));
    }
  };
  sources.forEach(add);
  return hash.digest('hex');
}

/** Builds dist/ if its sources have changed since the last build. */
export async function ensureBuild({ node, env }) {
  const hash = sourceHash();
  if (isStamped('build', hash) && fs.existsSync(path.join(project, 'dist/renderer/index.html'))) return;
  await step('Building the app', 'fix the error above.', async () => {
    await run(node, [path.join(project, 'scripts/build.mjs')], { cwd: project, env });
    stamp('build', hash);
  });
}
