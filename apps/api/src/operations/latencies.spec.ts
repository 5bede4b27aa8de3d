import { Latencies } from './latencies';

describe('Latencies', () => {
  it('has nothing to say of no latency', () => {
    expect(new Latencies().take()).toBeNull();
  });

  it('tells percentiles within one percent', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 1000; ms += 1) latencies.record(ms);
    const { p50Ms = 0, p99Ms = 0 } = latencies.take() ?? {};
    expect(Math.abs(p50Ms - 500)).toBeLessThan(5);
    expect(Math.abs(p99Ms - 990)).toBeLessThan(10);
  });

  it('starts anew after each taking', () => {
    const latencies = new Latencies();
    latencies.record(900);
    latencies.take();
    expect(latencies.take()).toBeNull();
    latencies.record(1);
    expect(latencies.take()?.p99Ms).toBeCloseTo(1, 1);
  });

  it('takes fractions of a ms, clocks that differ and the longest waits', () => {
    const latencies = new Latencies();
    latencies.record(0.25);
    expect(latencies.take()?.p50Ms).toBeCloseTo(0.25, 2);
    latencies.record(-5);
    expect(latencies.take()?.p50Ms).toBeLessThan(0.01);
    latencies.record(1e12);
    const p99Ms = latencies.take()?.p99Ms ?? 0;
    expect(p99Ms / 3_600_000).toBeGreaterThan(0.99);
    expect(p99Ms / 3_600_000).toBeLessThan(1.01);
  });
});
