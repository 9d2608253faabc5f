/**
 * `npm test [-- CHECK ...]`: runs all checks, or the named ones, in order; the last line is `N passed, N failed`.
 */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { checks } from './checks.mjs';
import { ensureBuild } from './ensure-build.mjs';
import { hasDisplay, startVirtualDisplay } from './set-up/display.mjs';
import { ensureModel } from './set-up/model.mjs';
import { cache } from './set-up/paths.mjs';
import { prepareApp, prepareTools } from './set-up/prepare.mjs';
import { StepError, log, runMain } from './set-up/step.mjs';
import { installSystemPackages, isProgram } from './set-up/system-packages.mjs';

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in checks));
  if (unknown)
    throw new StepError(
      'Choosing checks',
      `there is no check ${unknown}`,
      `choose from ${Object.keys(checks)}.`,
    );
  const names = wanted.length > 0 ? wanted : Object.keys(checks);
  const onlyTools = names.every((name) => name === 'types' || name === 'lint');
  const prepared = onlyTools ? await prepareTools() : await prepareApp();
  if (names.includes('unit')) await ensureModel(prepared.node, prepared.env, 'float32');
  if (names.includes('e2e')) await ensureStrace();
  const results = path.join(cache, 'results');
  fs.rmSync(results, { recursive: true, force: true });
  fs.mkdirSync(results, { recursive: true });
  const display = onlyTools || hasDisplay() ? undefined : await startVirtualDisplay();
  const env = display ? { ...prepared.env, DISPLAY: display.name } : prepared.env;
  const sum = { passed: 0, failed: 0 };
  try {
    for (const name of names) {
      log(`\n== ${name}`);
      const start = Date.now();
      const { passed, failed, skipped } = await checks[name]({
        ...prepared,
        env,
        results,
        build: () => ensureBuild(prepared),
      });
      const seconds = ((Date.now() - start) / 1000).toFixed(0);
      log(
        `== ${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''} (${seconds} s)`,
      );
      sum.passed += passed;
      sum.failed += failed;
    }
  } finally {
    display?.stop();
  }
  process.stdout.write(`${sum.passed} passed, ${sum.failed} failed\n`);
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1;
});

/** strace lets a test watch the files and addresses that the app accesses. */
async function ensureStrace() {
  if (process.platform === 'linux' && !(await isProgram('strace'))) {
    await installSystemPackages('strace', 'the tests', ['strace']);
  }
}
