import { spawn } from 'node:child_process';

/**
 * Runs a program and waits for it to exit.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, timeoutMs?: number }} options
 *   show: inherit stdout and stderr; otherwise stdout is returned and stderr is part of a failure's message
 * @returns {Promise<string>} the program's stdout
 */
export function run(program, args, { cwd, env, show = false, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    // npm is a shell script on Windows.
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
            `${[program, ...args.slice(0, 2)].join(' ')} exited with ${signal ?? code}. ${firstLines(errors)}`,
          ),
        );
    });
  });
}

const maxLines = 8;

/** The first lines of stderr, which usually contain the cause; without stack frames and npm's prefixes. */
function firstLines(errors) {
  const lines = errors
    .split('\n')
    .filter((line) => !/^npm warn /.test(line))
    .map((line) => line.replace(/^npm error ?/, ''))
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.slice(0, maxLines).join('\n');
}

/** Runs a program in the foreground; resolves to its exit code. */
export function follow(program, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}
