/** `npm start`: prepares what is missing, then runs the app. */
import path from 'node:path';
import process from 'node:process';
import { ensureBuild } from './ensure-build.mjs';
import { follow } from './set-up/command.mjs';
import { hasDisplay, startVirtualDisplay } from './set-up/display.mjs';
import { project } from './set-up/paths.mjs';
import { prepareApp } from './set-up/prepare.mjs';
import { log, runMain } from './set-up/step.mjs';

await runMain(async () => {
  const prepared = await prepareApp();
  await ensureBuild(prepared);
  const { node, env, electron } = prepared;
  if (hasDisplay()) {
    // Chromium's sandbox doesn't work as root.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return follow(electron.executable, [...sandbox, project], { cwd: project, env });
  }
  log(
    'No display found: running the app on a virtual display (Xvfb) and sending one prompt through its window.',
  );
  const display = await startVirtualDisplay();
  try {
    const program = path.join(project, 'scripts/try-window.mjs');
    return await follow(node, [program, electron.executable], {
      cwd: project,
      env: { ...env, DISPLAY: display.name },
    });
  } finally {
    display.stop();
  }
});
