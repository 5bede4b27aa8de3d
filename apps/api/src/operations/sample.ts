import type { OperationsSampleDto } from '@app/contracts';
import type { Percentiles } from './latencies';
import type { ProcessFigures } from './process-monitor';
import type { SystemFigures } from './system-monitor';

/** How things stood at one moment. */
export interface Sample {
  timeMs: number;
  system: SystemFigures;
  process: ProcessFigures;
  accept: Percentiles | null;
  match: Percentiles | null;
  streams: { connections: number; subscriptions: number };
}

export function toSampleDto(sample: Sample): OperationsSampleDto {
  const { system, accept, match, streams } = sample;
  return {
    time: new Date(sample.timeMs).toISOString(),
    orders_per_second: rounded(system.ordersPerSecond, 1),
    trades_per_second: rounded(system.tradesPerSecond, 1),
    consumer_lag: system.consumerLag,
    outbox_depth: system.outboxDepth,
    accept_p50_ms: rounded(accept?.p50Ms ?? null, 2),
    accept_p99_ms: rounded(accept?.p99Ms ?? null, 2),
    match_p50_ms: rounded(match?.p50Ms ?? null, 2),
    match_p99_ms: rounded(match?.p99Ms ?? null, 2),
    stream_connections: streams.connections,
    stream_subscriptions: streams.subscriptions,
    event_loop_delay_p99_ms: rounded(sample.process.loopDelayP99Ms, 2),
    event_loop_delay_max_ms: rounded(sample.process.loopDelayMaxMs, 2),
    event_loop_utilization: Math.round(sample.process.loopUtilization * 1000) / 1000,
    rss_bytes: sample.process.rssBytes,
    heap_used_bytes: sample.process.heapUsedBytes,
    readiness: system.readiness?.status ?? null,
  };
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits;
}
