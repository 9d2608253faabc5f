import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { project } from './paths.mjs';
import { isStamped, stamp, unstamp } from './stamp.mjs';
import { step } from './step.mjs';

/** Installs the dependencies if package-lock.json has changed since the last installation. */
export async function ensureDependencies(env) {
  const lock = fs.readFileSync(path.join(project, 'package-lock.json'));
  const content = crypto.createHash('sha256').update(lock).digest('hex');
  if (isStamped('dependencies', content) && fs.existsSync(path.join(project, 'node_modules/electron')))
    return;
  const remedy =
    'check the connection to the npm registry and run the command again; it resumes where it stopped.';
  await step('Installing the dependencies of package-lock.json', remedy, async () => {
    // npm ci empties node_modules first: an interrupted installation must not count as complete.
    unstamp('dependencies');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project, env });
    stamp('dependencies', content);
  });
}
