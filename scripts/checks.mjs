import fs from 'node:fs';
import path from 'node:path';
import { follow } from './set-up/command.mjs';
import { project } from './set-up/paths.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped?: number }} Outcome
 * @typedef {object} Context
 * @property {string} node
 * @property {NodeJS.ProcessEnv} env
 * @property {{ executable: string }} electron
 * @property {string} results folder for reports
 * @property {() => Promise<void>} build
 */

const bin = (file) => path.join(project, 'node_modules', file);

/** Runs programs, each of which counts as one check. @returns {Promise<Outcome>} */
async function each({ node, env }, programs) {
  let failed = 0;
  for (const [file, ...args] of programs) {
    if ((await follow(node, [bin(file), ...args], { cwd: project, env })) !== 0) failed += 1;
  }
  return { passed: programs.length - failed, failed };
}

/** A test run can also fail outside any test, through an uncaught error. */
const atLeastOne = (code, failed) => (code === 0 ? failed : Math.max(failed, 1));

const typescriptProjects = [
  'src-main/contract/tsconfig.json',
  'src-main/engine/tsconfig.json',
  'src-main/tsconfig.json',
  'test/tsconfig.json',
];

/** @returns {Promise<Outcome>} */
async function unit({ node, env, results }) {
  const file = path.join(results, 'unit.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await follow(node, [bin('vitest/vitest.mjs'), 'run', ...reporters], { cwd: project, env });
  if (!fs.existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  // A file that fails to load has no failed test.
  const broken = report.testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
  }).length;
  const { numPassedTests: passed, numFailedTests, numPendingTests: skipped } = report;
  return { passed, failed: atLeastOne(code, numFailedTests + broken), skipped };
}

/** @returns {Promise<Outcome>} */
async function playwright({ node, env, results }, name) {
  const file = path.join(results, `${name}.json`);
  const environment = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const args = ['test', `--project=${name}`, '--reporter=list,json'];
  const program = bin('@playwright/test/cli.js');
  const code = await follow(node, [program, ...args], { cwd: project, env: environment });
  if (!fs.existsSync(file)) return { passed: 0, failed: 1 };
  const { stats, errors } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: stats.expected,
    failed: atLeastOne(code, stats.unexpected + stats.flaky + errors.length),
    skipped: stats.skipped,
  };
}

/** All checks in running order, fastest first. @type {Record<string, (context: Context) => Promise<Outcome>>} */
export const checks = {
  types: (context) =>
    each(context, [
      ...typescriptProjects.map((config) => ['typescript/bin/tsc', '-p', config]),
      ['svelte-check/bin/svelte-check', '--tsconfig', 'src-renderer/tsconfig.json', '--fail-on-warnings'],
    ]),
  lint: (context) =>
    each(context, [
      ['eslint/bin/eslint.js', '.'],
      ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
    ]),
  unit,
  e2e: async (context) => {
    await context.build();
    return playwright(context, 'e2e');
  },
  package: async (context) => {
    await context.build();
    return playwright(context, 'package');
  },
};
