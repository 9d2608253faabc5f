/**
 * Runs a program of this project with the Node and the environment prepared by set-up:
 * node scripts/run.mjs tools|model|app FILE [--without-editor] [ARGUMENT ...]
 */
import path from 'node:path';
import process from 'node:process';
import { ensureBuild } from './ensure-build.mjs';
import { follow } from './set-up/command.mjs';
import { hasDisplay, startVirtualDisplay } from './set-up/display.mjs';
import { quietNode } from './set-up/node.mjs';
import { withoutEditor } from './set-up/model.mjs';
import { prepareApp, prepareModel, prepareTools } from './set-up/prepare.mjs';
import { project } from './set-up/paths.mjs';
import { StepError, runMain } from './set-up/step.mjs';

// Set-up reads that one itself.
const [need, file, ...args] = process.argv.slice(2).filter((argument) => argument !== withoutEditor);
const prepare = { tools: prepareTools, model: prepareModel, app: prepareApp }[need];

await runMain(async () => {
  if (!prepare || !file) {
    const remedy = 'call it as: node scripts/run.mjs tools|model|app FILE [ARGUMENT ...]';
    throw new StepError('Running a program', 'an argument is missing or unknown', remedy);
  }
  const prepared = await prepare();
  const { node } = prepared;
  let { env } = prepared;
  let display;
  if (need === 'app') {
    await ensureBuild(prepared);
    if (!hasDisplay()) {
      display = await startVirtualDisplay();
      env = { ...env, DISPLAY: display.name };
    }
  }
  try {
    return await follow(node, [...quietNode, path.resolve(project, file), ...args], { env });
  } finally {
    display?.stop();
  }
});
