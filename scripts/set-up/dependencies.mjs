import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { project } from './places.mjs';
import { isStamped, stamp, unstamp } from './stamp.mjs';
import { step } from './step.mjs';

/** Installs what package-lock.json names, whenever that has changed. */
export async function ensureDependencies(env) {
  const lock = fs.readFileSync(path.join(project, 'package-lock.json'));
  const content = crypto.createHash('sha256').update(lock).digest('hex');
  if (isStamped('dependencies', content) && fs.existsSync(path.join(project, 'node_modules/electron')))
    return;
  const remedy =
    'check the connection to the npm registry and run the command again; it goes on where it stopped.';
  await step('Installing the dependencies of package-lock.json', remedy, async () => {
    // npm empties node_modules first: an installation that is cut off must not count as the last one.
    unstamp('dependencies');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project, env });
    stamp('dependencies', content);
  });
}
