import { spawn } from 'node:child_process';
import { StepError } from './step.mjs';

/** Whether a display is available. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/**
void }>} =>  * Starts a virtual display (Xvfb).
 * @returns {Promise<{ name: string, stop: () => void }>} `name` is the value for DISPLAY => void }>}
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    // With -displayfd, Xvfb picks a free display number and writes it to that descriptor.
    const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const fail = (cause) =>
      reject(
        new StepError('Starting a virtual display', cause, 'install Xvfb, or set DISPLAY to a display.'),
      );
    server.once('error', fail);
    server.once('exit', (code) => fail(`Xvfb exited with ${code}`));
    let number = '';
    server.stdio[3].on('data', (data) => {
      number += data;
      if (!number.endsWith('\n')) return;
      server.removeAllListeners('exit');
      server.unref();
      server.stdio[3].destroy();
      resolve({ name: `:${number.trim()}`, stop: () => server.kill() });
    });
  });
}
