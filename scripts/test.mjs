/**
 * `npm test`: every check, one after another; ends with a line `N passed, N failed`. Names of checks as
 * arguments run just those.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { checks } from './test/checks.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { hasDisplay, startVirtualDisplay } from './set-up/display.mjs';
import { ensureTrace } from './test/trace.mjs';
import { ensureModel } from './set-up/model.mjs';
import { cache } from './set-up/places.mjs';
import { prepareApp, prepareTools } from './set-up/prepare.mjs';
import { StepError, runMain, say } from './set-up/step.mjs';

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in checks));
  if (unknown)
    throw new StepError(
      'Choosing checks',
      `there is no check ${unknown}`,
      `choose of ${Object.keys(checks)}.`,
    );
  const names = wanted.length > 0 ? wanted : Object.keys(checks);
  const onlyTools = names.every((name) => name === 'types' || name === 'lint');
  const prepared = onlyTools ? await prepareTools() : await prepareApp();
  if (names.includes('unit')) await ensureModel(prepared.node, prepared.env, 'float32');
  if (names.includes('e2e')) await ensureTrace();
  const results = path.join(cache, 'results');
  fs.rmSync(results, { recursive: true, force: true });
  fs.mkdirSync(results, { recursive: true });
  const screen = onlyTools || hasDisplay() ? undefined : await startVirtualDisplay();
  const env = screen ? { ...prepared.env, DISPLAY: screen.display } : prepared.env;
  const sum = { passed: 0, failed: 0 };
  try {
    for (const name of names) {
      say(`\n== ${name}`);
      const start = Date.now();
      const { passed, failed, skipped } = await checks[name]({
        ...prepared,
        env,
        results,
        build: () => ensureBuild(prepared),
      });
      const seconds = ((Date.now() - start) / 1000).toFixed(0);
      say(
        `== ${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds} s)`,
      );
      sum.passed += passed;
      sum.failed += failed;
    }
  } finally {
    screen?.stop();
  }
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1;
});
