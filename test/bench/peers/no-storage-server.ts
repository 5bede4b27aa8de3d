import { UserOrdersCache } from '@app/caching';
import { createHttpApp, drainOnSignal, loadConfig, Log } from '@app/platform';
import type { OrderDto } from '@app/contracts';
import { Module } from '@nestjs/common';
import { GroupCommit } from '../../../apps/api/src/orders/group-commit';
import type { OrderCommand } from '../../../apps/api/src/orders/order-commands';
import { OrdersController } from '../../../apps/api/src/orders/orders.controller';
import { OrdersRepository } from '../../../apps/api/src/orders/orders.repository';
import { OrdersService } from '../../../apps/api/src/orders/orders.service';
import { UserOrdersCacheInterceptor } from '../../../apps/api/src/orders/user-orders-cache.interceptor';

let nextId = 0;

/** Answers at once, as if storing an order cost nothing. */
const noStorage = {
  submit: (command: OrderCommand): Promise<OrderDto> => {
    if (command.type !== 'place') return Promise.reject(new Error('only new orders'));
    const { userId, item, amount } = command.order;
    nextId += 1;
    return Promise.resolve({ id: nextId, user_id: userId, item, amount, status: 'OPEN' });
  },
};

/** The api's own controller, service, pipe, filter and logging: the most that the framework leaves us. */
@Module({
  controllers: [OrdersController],
  providers: [
    OrdersService,
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
