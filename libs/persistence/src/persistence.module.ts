import { type Config, CONFIG, Health, Log } from '@app/platform';
import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { migrate } from './migrate';
import { MySqlTransactions } from './mysql-transactions';
import { SqliteTransactions } from './sqlite-transactions';
import { Transactions } from './transaction';

const RETRY_DELAY_MS = 1000;
const WAIT_FOR_EVER = Number.MAX_SAFE_INTEGER;

/** The store: data source, transactions, and tables that exist before any module starts to work. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        ...dataSourceOptions(config.store),
        retryAttempts: WAIT_FOR_EVER,
        retryDelay: RETRY_DELAY_MS,
      }),
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
        return new SqliteTransactions(
          await new DataSource(dataSourceOptions(config.store)).initialize(),
        );
      },
    },
  ],
  exports: [Transactions],
})
export class PersistenceModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
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
        await this.dataSource.query('SELECT 1');
      },
    });
  }
}
