import { OrderEntity } from '@app/persistence';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MarketsModule } from '../markets/markets.module';
import { BulkOrdersController } from './bulk/bulk-orders.controller';
import { CancelAllService } from './bulk/cancel-all.service';
import { OrderBatchesService } from './bulk/order-batches.service';
import { GroupCommit } from './group-commit';
import { OrderReader } from './new-order/order-reader';
import { OrderWriter } from './order-writer';
import { OrdersController } from './orders.controller';
import { OrdersRepository } from './orders.repository';
import { OrdersService } from './orders.service';
import { RequestKeys } from './request-keys';
import { UserOrdersCacheInterceptor } from './user-orders-cache.interceptor';

@Module({
  imports: [MarketsModule, TypeOrmModule.forFeature([OrderEntity])],
  controllers: [BulkOrdersController, OrdersController],
  providers: [
    OrdersService,
    OrderBatchesService,
    CancelAllService,
    OrdersRepository,
    OrderReader,
    OrderWriter,
    RequestKeys,
    GroupCommit,
    UserOrdersCacheInterceptor,
  ],
  exports: [OrdersRepository, CancelAllService],
})
export class OrdersModule {}
