import type { Moment, Operations, Sample } from './history';

/** For specs: a sample of the given second in which nothing happened. */
export function sampleAt(second: number, members: Partial<Sample> = {}): Sample {
  return {
    time: new Date(second * 1000).toISOString(),
    orders_per_second: 0,
    trades_per_second: 0,
    consumer_lag: 0,
    outbox_depth: 0,
    accept_p50_ms: null,
    accept_p99_ms: null,
    match_p50_ms: null,
    match_p99_ms: null,
    stream_connections: 0,
    stream_subscriptions: 0,
    event_loop_delay_p99_ms: 1,
    event_loop_delay_max_ms: 2,
    event_loop_utilization: 0.1,
    rss_bytes: 1,
    heap_used_bytes: 1,
    readiness: 'ready',
    ...members,
  };
}

export function momentAt(second: number, members: Partial<Sample> = {}): Moment {
  return { ...sampleAt(second, members), timeMs: second * 1000, instance: 'a:1' };
}

export function answerOf(samples: Sample[], instance = 'a:1'): Operations {
  return {
    instance,
    role: 'api',
    started_at: new Date(0).toISOString(),
    time: new Date(0).toISOString(),
    kept_seconds: 300,
    lag_unit: 'events',
    readiness: null,
    samples,
  };
}
