import type { StreamSessions } from '../stream/stream-sessions';
import type { AcceptTimes } from './accept-times';
import type { MatchTimes } from './match-times';
import { OperationsSampler } from './operations-sampler';
import type { ProcessMonitor } from './process-monitor';
import { NOT_LOOKED, type SystemFigures, type SystemMonitor } from './system-monitor';

const PROCESS = {
  loopDelayP99Ms: 1,
  loopDelayMaxMs: 2,
  loopUtilization: 0.5,
  rssBytes: 3,
  heapUsedBytes: 4,
};
const SYSTEM: SystemFigures = {
  ordersPerSecond: 10,
  tradesPerSecond: 5,
  consumerLag: 0,
  outboxDepth: 0,
  readiness: { status: 'ready', dependencies: {} },
};

describe('OperationsSampler', () => {
  let nowMs = 0;
  let looks = 0;
  let rests = 0;
  let sampler: OperationsSampler;

  beforeEach(() => {
    nowMs = 1000;
    looks = 0;
    rests = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const system = {
      look: () => {
        looks += 1;
        return Promise.resolve(SYSTEM);
      },
      rest: () => {
        rests += 1;
      },
    };
    const latencies = { take: () => ({ p50Ms: 1, p99Ms: 9 }) };
    sampler = new OperationsSampler(
      system as unknown as SystemMonitor,
      { take: () => PROCESS } as unknown as ProcessMonitor,
      latencies as unknown as AcceptTimes,
      latencies as unknown as MatchTimes,
      { count: () => ({ connections: 2, subscriptions: 6 }) } as unknown as StreamSessions,
    );
  });

  afterEach(() => jest.restoreAllMocks());

  it('asks nobody while nobody looks, and tells of the process all the same', async () => {
    expect(await sampler.take()).toMatchObject({
      system: NOT_LOOKED,
      process: PROCESS,
      accept: { p50Ms: 1, p99Ms: 9 },
      streams: { connections: 2, subscriptions: 6 },
    });
    expect([looks, rests]).toEqual([0, 1]);
    expect(sampler.readiness).toBeNull();
  });

  it('looks at everything for half a minute after somebody asked', async () => {
    sampler.samples();
    nowMs += 30_000;
    expect((await sampler.take()).system).toEqual(SYSTEM);
    expect(sampler.readiness?.report).toEqual(SYSTEM.readiness);
    nowMs += 1;
    expect((await sampler.take()).system).toEqual(NOT_LOOKED);
    expect([looks, rests]).toEqual([1, 1]);
    sampler.samples();
    expect((await sampler.take()).system).toEqual(SYSTEM);
  });
});
