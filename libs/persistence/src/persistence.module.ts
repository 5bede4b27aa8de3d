import { type Config, CONFIG, describeError, Health, Log } from '@app/platform';
import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { migrate } from './migrate';
import { MySqlTransactions } from './mysql-transactions';
import { SqliteTransactions } from './sqlite-transactions';
import { Transactions } from './transaction';

const RETRY_DELAY_MS = 1000;

/** The store: data source, transactions, and tables that exist before any module starts to work. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG, Log],
      useFactory: async (config: Config, log: Log) => {
        await untilStoreAnswers(config.store, log);
        return { ...dataSourceOptions(config.store), retryAttempts: 0 };
      },
      dataSourceFactory: async (options) => {
        if (options === undefined) throw new Error('no data source options');
        const dataSource = await new DataSource(options).initialize();
        return dataSource;
      },
    }),
  ],
  providers: [
    {
      provide: Transactions,
      inject: [CONFIG, getDataSourceToken()],
      useFactory: async (config: Config, dataSource: DataSource): Promise<Transactions> => {
        await migrate(config.store);
        if (config.store.kind === 'mysql') return new MySqlTransactions(dataSource);
        const writer = await new DataSource(dataSourceOptions(config.store)).initialize();
        return new SqliteTransactions(writer, dataSource);
      },
    },
  ],
  exports: [Transactions],
})
export class PersistenceModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly health: Health,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const { kind } = this.config.store;
    this.log.info('store connected', { store: kind });
    this.health.register({
      name: 'store',
      kind,
      required: true,
      check: async () => {
        await this.transactions.read((manager) => manager.query('SELECT 1'));
      },
    });
  }
}

/** A file that can not be opened now can not be opened later either; a server may only be away. */
async function untilStoreAnswers(store: Config['store'], log: Log): Promise<void> {
  if (store.kind === 'sqlite') return;
  for (;;) {
    try {
      const dataSource = await new DataSource(dataSourceOptions(store)).initialize();
      await dataSource.destroy();
      return;
    } catch (error) {
      const { host, port, database } = store;
      log.warn('the store does not answer yet, trying again', {
        host,
        port,
        database,
        ...describeError(error),
        stack: undefined,
      });
      await delay(RETRY_DELAY_MS);
    }
  }
}
