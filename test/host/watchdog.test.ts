import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Watchdog } from '../../src-main/host/watchdog.ts';

const times = { pingMs: 100, silenceMs: 500 };

describe('the watchdog', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('reports a silent host as hung, once', () => {
    const ping = vi.fn();
    const onHang = vi.fn();
    const watchdog = new Watchdog(times, ping, onHang);
    vi.advanceTimersByTime(500);
    expect(onHang).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(onHang).toHaveBeenCalledTimes(1);
    expect(ping).toHaveBeenCalledTimes(5);
    vi.advanceTimersByTime(10_000);
    expect(onHang).toHaveBeenCalledTimes(1);
    watchdog.stop();
  });

  test('is reset by any reply', () => {
    const onHang = vi.fn();
    const watchdog = new Watchdog(times, () => undefined, onHang);
    for (let second = 0; second < 100; second++) {
      vi.advanceTimersByTime(400);
      watchdog.reset();
    }
    expect(onHang).not.toHaveBeenCalled();
    watchdog.stop();
  });

  test('reports nothing after it is stopped', () => {
    const onHang = vi.fn();
    new Watchdog(times, () => undefined, onHang).stop();
    vi.advanceTimersByTime(10_000);
    expect(onHang).not.toHaveBeenCalled();
  });

  test('does not mistake a clock jump for silence', () => {
    const onHang = vi.fn();
    const watchdog = new Watchdog(times, () => watchdog.reset(), onHang);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(1000);
    expect(onHang).not.toHaveBeenCalled();
    watchdog.stop();
  });
});
