import { spawn } from 'node:child_process';
import { StepError } from './step.mjs';

/** Whether a window could be seen. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/**
 * Starts a screen that nobody sees.
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    // Xvfb looks for a free number by itself and writes it to the descriptor it is given.
    const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const fail = (cause) =>
      reject(
        new StepError('Starting a virtual display', cause, 'install Xvfb, or set DISPLAY to a display.'),
      );
    server.once('error', fail);
    server.once('exit', (code) => fail(`Xvfb ended with ${code}`));
    let number = '';
    server.stdio[3].on('data', (data) => {
      number += data;
      if (!number.endsWith('\n')) return;
      server.removeAllListeners('exit');
      server.unref();
      server.stdio[3].destroy();
      resolve({ display: `:${number.trim()}`, stop: () => server.kill() });
    });
  });
}
