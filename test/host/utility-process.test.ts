import { EventEmitter } from 'node:events';
import process from 'node:process';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { spawnUtilityProcess } from '../../src-main/host/utility-process.ts';

class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined = 4242;
  readonly postMessage = vi.fn();
  readonly kill = vi.fn();
}

const electron = vi.hoisted(() => ({ app: undefined as unknown, fork: vi.fn() }));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  utilityProcess: { fork: electron.fork },
}));

let app: EventEmitter;
let child: FakeUtilityProcess;

beforeEach(() => {
  app = new EventEmitter();
  electron.app = app;
  child = new FakeUtilityProcess();
  electron.fork.mockReset().mockReturnValue(child);
});

const serviceName = () => (electron.fork.mock.calls[0]?.[2] as { serviceName: string }).serviceName;

describe("Electron's utility process", () => {
  test('starts without telemetry and with a unique name', () => {
    spawnUtilityProcess('/bundles/host.cjs');
    spawnUtilityProcess('/bundles/host.cjs');
    const calls = electron.fork.mock.calls as [
      string,
      string[],
      { serviceName: string; env: NodeJS.ProcessEnv },
    ][];
    expect(calls[0]?.[0]).toBe('/bundles/host.cjs');
    expect(calls[0]?.[2].env).toMatchObject({ ORT_DISABLE_TELEMETRY: '1' });
    expect(calls[0]?.[2].serviceName).not.toBe(calls[1]?.[2].serviceName);
  });

  test('passes messages both ways', () => {
    const host = spawnUtilityProcess('host.cjs');
    const onMessage = vi.fn();
    host.onMessage(onMessage);
    child.emit('message', { type: 'pong' });
    expect(onMessage).toHaveBeenCalledWith({ type: 'pong' });
    host.post({ type: 'ping' });
    expect(child.postMessage).toHaveBeenCalledWith({ type: 'ping' });
  });

  test("reports its own exit by either event, and not another process's", () => {
    const onExit = vi.fn();
    spawnUtilityProcess('host.cjs').onExit(onExit);
    app.emit('child-process-gone', {}, { name: 'Network Service', reason: 'crashed', exitCode: 1 });
    expect(onExit).not.toHaveBeenCalled();
    app.emit('child-process-gone', {}, { name: serviceName(), reason: 'oom', exitCode: 9 });
    expect(onExit).toHaveBeenLastCalledWith('oom, exit code 9');
    child.emit('exit', 9);
    expect(onExit).toHaveBeenLastCalledWith('exit code 9');
    expect(app.listenerCount('child-process-gone')).toBe(0);
  });

  test.each(['exit first', 'reason first'])('says that it was killed: %s', (order) => {
    vi.useFakeTimers();
    const causes: string[] = [];
    spawnUtilityProcess('host.cjs').onExit((cause) => causes.push(cause));
    const exit = () => child.emit('exit', 0);
    const gone = () =>
      app.emit('child-process-gone', {}, { name: serviceName(), reason: 'killed', exitCode: 9 });
    for (const step of order === 'exit first' ? [exit, gone] : [gone, exit]) step();
    vi.advanceTimersByTime(1000);
    // The first report counts.
    expect(causes[0]).toBe('killed by the system or another program');
    expect(app.listenerCount('child-process-gone')).toBe(0);
    vi.useRealTimers();
  });

  test('reports its exit code if no reason follows', () => {
    vi.useFakeTimers();
    const onExit = vi.fn();
    spawnUtilityProcess('host.cjs').onExit(onExit);
    child.emit('exit', 3);
    vi.advanceTimersByTime(1000);
    expect(onExit.mock.calls).toEqual([['exit code 3']]);
    expect(app.listenerCount('child-process-gone')).toBe(0);
    vi.useRealTimers();
  });

  test('is killed even if it hangs', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const host = spawnUtilityProcess('host.cjs');
    host.kill();
    expect(kill).toHaveBeenCalledWith(4242, 'SIGKILL');
    kill.mockImplementation(() => {
      throw new Error('ESRCH');
    });
    expect(() => host.kill()).not.toThrow();
    child.pid = undefined;
    host.kill();
    expect(child.kill).toHaveBeenCalledTimes(1);
    kill.mockRestore();
  });
});
