import { OrderEntity } from '@app/persistence';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MarketsModule } from '../markets/markets.module';
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
  controllers: [OrdersController],
  providers: [
    OrdersService,
    OrdersRepository,
    OrderReader,
    OrderWriter,
    RequestKeys,
    GroupCommit,
    UserOrdersCacheInterceptor,
  ],
})
export class OrdersModule {}
