/** `npm start`: prepares what is missing, then runs the app. */
import path from 'node:path';
import process from 'node:process';
import { ensureBuild } from './ensure-build.mjs';
import { follow } from './set-up/command.mjs';
import { hasDisplay, startVirtualDisplay } from './set-up/display.mjs';
import { project } from './set-up/places.mjs';
import { prepareApp } from './set-up/prepare.mjs';
import { runMain, say } from './set-up/step.mjs';

await runMain(async () => {
  const prepared = await prepareApp();
  await ensureBuild(prepared);
  const { node, env, electron } = prepared;
  if (hasDisplay()) {
    // Chromium refuses to sandbox for root.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return follow(electron.executable, [...sandbox, project], { cwd: project, env });
  }
  say(
    'There is no display here, so the app runs on a virtual one (Xvfb): one prompt goes through its window.',
  );
  const { display, stop } = await startVirtualDisplay();
  try {
    const program = path.join(project, 'scripts/try-window.mjs');
    return await follow(node, [program, electron.executable], {
      cwd: project,
      env: { ...env, DISPLAY: display },
    });
  } finally {
    stop();
  }
});
