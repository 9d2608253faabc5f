import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, timeoutMs?: number }} options
 *   show: its output goes to this process's; otherwise it is returned, and told when it fails
 * @returns {Promise<string>} what it wrote to its standard output
 */
export function run(program, args, { cwd, env, show = false, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    // npm is a script for the shell on Windows.
    const shell = process.platform === 'win32' && program === 'npm';
    const stdio = show ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(program, args, { cwd, env, stdio, shell, timeout: timeoutMs });
    let output = '';
    let errors = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (errors += data));
    child.once('error', (error) => reject(new Error(`${program} can't be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${[program, ...args.slice(0, 2)].join(' ')} ended with ${signal ?? code}. ${gist(errors)}`,
          ),
        );
    });
  });
}

const mostLines = 8;

/** The first lines of what a program complained about, which mostly have the cause; stacks and npm's prefix don't. */
function gist(errors) {
  const lines = errors
    .split('\n')
    .filter((line) => !/^npm warn /.test(line))
    .map((line) => line.replace(/^npm error ?/, ''))
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.slice(0, mostLines).join('\n');
}

/** Runs a program in the foreground; resolves to its exit code. */
export function follow(program, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}
