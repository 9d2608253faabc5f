/**
 * Runs a program of this project under the Node and the environment that set-up prepared:
 * node scripts/run.mjs tools|model|app FILE [ARGUMENT ...]
 */
import path from 'node:path';
import process from 'node:process';
import { ensureBuild } from './ensure-build.mjs';
import { follow } from './set-up/command.mjs';
import { hasDisplay, startVirtualDisplay } from './set-up/display.mjs';
import { quietNode } from './set-up/node.mjs';
import { prepareApp, prepareModel, prepareTools } from './set-up/prepare.mjs';
import { project } from './set-up/places.mjs';
import { runMain } from './set-up/step.mjs';

const [need, file, ...args] = process.argv.slice(2);
const prepare = { tools: prepareTools, model: prepareModel, app: prepareApp }[need];

await runMain(async () => {
  const prepared = await prepare();
  const { node } = prepared;
  let { env } = prepared;
  let screen;
  if (need === 'app') {
    await ensureBuild(prepared);
    if (!hasDisplay()) {
      screen = await startVirtualDisplay();
      env = { ...env, DISPLAY: screen.display };
    }
  }
  try {
    return await follow(node, [...quietNode, path.resolve(project, file), ...args], { env });
  } finally {
    screen?.stop();
  }
});
