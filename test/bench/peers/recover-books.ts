import { loadConfig } from '@app/platform';
import { DataSource } from 'typeorm';
import { TradingSession } from '../../../apps/matcher/src/trading/trading-session';
import { TradingRepository } from '../../../apps/matcher/src/trading/trading.repository';
import { dataSourceOptions } from '../../../libs/persistence/src/data-source';
import { MySqlTransactions } from '../../../libs/persistence/src/mysql-transactions';

export interface Recovery {
  tookMs: number;
  cpuMs: number;
  liveOrders: number;
  residentMiB: number;
}

const ITEMS_AT_ONCE = 1000;

/** Reads all books that the bench has put there, as a matcher does when events for their items come. */
async function main(): Promise<void> {
  const items = Number(process.argv[2]);
  const { store } = loadConfig(process.env, 'matcher', false);
  const dataSource = await new DataSource(dataSourceOptions(store)).initialize();
  const session = new TradingSession(new TradingRepository(new MySqlTransactions(dataSource)));
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  for (let start = 0; start < items; start += ITEMS_AT_ONCE) {
    const count = Math.min(ITEMS_AT_ONCE, items - start);
    const events = Array.from({ length: count }, (_, index) => ({
      type: 'MARKET_TIME_REACHED' as const,
      item: `ITEM-${start + index}`,
      timeMs: 1,
      requestId: null,
      occurredAtMs: 1,
      sequence: null,
      index,
    }));
    await session.run(events, 1);
  }
  const { user, system } = process.cpuUsage(cpu);
  const recovery: Recovery = {
    tookMs: performance.now() - startedMs,
    cpuMs: (user + system) / 1000,
    liveOrders: session.liveOrders,
    residentMiB: process.memoryUsage.rss() / 1024 / 1024,
  };
  await dataSource.destroy();
  process.stdout.write(JSON.stringify(recovery));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
