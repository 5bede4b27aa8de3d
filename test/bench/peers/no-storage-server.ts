import { UserOrdersCache } from '@app/caching';
import { createHttpApp, drainOnSignal, loadConfig, Log } from '@app/platform';
import { Module } from '@nestjs/common';
import { GroupCommit } from '../../../apps/api/src/orders/group-commit';
import { MarketStates } from '../../../apps/api/src/markets/market-states';
import { MarketUnits } from '../../../apps/api/src/markets/market-units';
import { OrderReader } from '../../../apps/api/src/orders/new-order/order-reader';
import type { CommandUnit, Outcome } from '../../../apps/api/src/orders/order-commands';
import { OrdersController } from '../../../apps/api/src/orders/orders.controller';
import { OrdersRepository } from '../../../apps/api/src/orders/orders.repository';
import { OrdersService } from '../../../apps/api/src/orders/orders.service';
import { RequestKeys } from '../../../apps/api/src/orders/request-keys';
import { toOpenOrder } from '../../../apps/api/src/orders/stored-order';
import { UserOrdersCacheInterceptor } from '../../../apps/api/src/orders/user-orders-cache.interceptor';

let nextId = 0;

/** Answers at once, as if storing an order cost nothing. */
const noStorage = {
  submit: ({ commands }: CommandUnit): Promise<Outcome[]> => {
    const [command] = commands;
    if (command?.type !== 'place') return Promise.reject(new Error('only new orders'));
    nextId += 1;
    const order = toOpenOrder(command.order, nextId, Date.now());
    return Promise.resolve([{ result: 'WRITTEN', order }]);
  },
};

/** The api's own controller, service, pipe, filter and logging: the most that the framework leaves us. */
@Module({
  controllers: [OrdersController],
  providers: [
    OrdersService,
    OrderReader,
    { provide: MarketUnits, useValue: {} },
    { provide: MarketStates, useValue: {} },
    { provide: RequestKeys, useValue: {} },
    { provide: GroupCommit, useValue: noStorage },
    { provide: OrdersRepository, useValue: {} },
    UserOrdersCacheInterceptor,
    { provide: UserOrdersCache, useValue: {} },
  ],
})
class NoStorageModule {}

async function main(): Promise<void> {
  const config = loadConfig(process.env, 'api', false);
  const log = Log.create(config);
  const app = await createHttpApp(config, log, NoStorageModule);
  drainOnSignal(app, log, config.shutdownTimeoutMs);
  await app.listen(config.http.port);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
