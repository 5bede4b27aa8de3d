import type { EventBacklog } from '@app/messaging';
import type { Transactions } from '@app/persistence';
import { Health, Log } from '@app/platform';
import { pino } from 'pino';
import { SystemMonitor } from './system-monitor';

const log = new Log(pino({ level: 'silent' }));

describe('SystemMonitor', () => {
  let rows: { orders: string | null; trades: string | null; step: number };
  let storeAway: boolean;
  let lag: () => Promise<number>;
  let monitor: SystemMonitor;
  let nowMs: number;

  beforeEach(() => {
    nowMs = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    rows = { orders: '100', trades: null, step: 1 };
    storeAway = false;
    lag = () => Promise.resolve(3);
    const read = () => (storeAway ? Promise.reject(new Error('away')) : Promise.resolve([rows]));
    const transactions = { read, dialect: { keyStep: '1' } };
    const backlog = { lag: () => lag(), unpublished: () => Promise.resolve(4) };
    const health = new Health();
    health.register({
      name: 'store',
      kind: 'sqlite',
      required: true,
      check: async () => void (await read()),
    });
    monitor = new SystemMonitor(
      transactions as unknown as Transactions,
      backlog as unknown as EventBacklog,
      health,
      log,
    );
  });

  afterEach(() => jest.restoreAllMocks());

  it('tells by how much the ids rose', async () => {
    expect(await monitor.look()).toMatchObject({
      ordersPerSecond: null,
      tradesPerSecond: null,
      consumerLag: 3,
      outboxDepth: 4,
      readiness: { status: 'ready' },
    });
    nowMs = 2000;
    rows = { orders: '180', trades: '30', step: 1 };
    expect(await monitor.look()).toMatchObject({ ordersPerSecond: 40, tradesPerSecond: 15 });
  });

  it('counts rows where ids rise by more than one', async () => {
    rows = { orders: '7', trades: '14', step: 7 };
    await monitor.look();
    nowMs = 1000;
    rows = { orders: '77', trades: '14', step: 7 };
    expect(await monitor.look()).toMatchObject({ ordersPerSecond: 10, tradesPerSecond: 0 });
  });

  it('has no figures while the store is away, and says that it is', async () => {
    await monitor.look();
    storeAway = true;
    nowMs = 1000;
    expect(await monitor.look()).toEqual({
      ordersPerSecond: null,
      tradesPerSecond: null,
      consumerLag: null,
      outboxDepth: null,
      readiness: {
        status: 'not_ready',
        dependencies: { store: expect.objectContaining({ status: 'down' }) as unknown },
      },
    });
    storeAway = false;
    nowMs = 2000;
    expect((await monitor.look()).ordersPerSecond).toBeNull();
    nowMs = 3000;
    expect((await monitor.look()).ordersPerSecond).toBe(0);
  });

  it('keeps what the store says while the event log is away', async () => {
    await monitor.look();
    lag = () => Promise.reject(new Error('away'));
    nowMs = 1000;
    expect(await monitor.look()).toMatchObject({
      ordersPerSecond: 0,
      consumerLag: null,
      outboxDepth: 4,
    });
  });

  it('does not compare with what was before a rest', async () => {
    await monitor.look();
    monitor.rest();
    nowMs = 60_000;
    rows = { ...rows, orders: '6100' };
    expect((await monitor.look()).ordersPerSecond).toBeNull();
  });
});
