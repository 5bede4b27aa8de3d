import { OrderEntity } from '@app/persistence';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupCommit } from './group-commit';
import { OrdersController } from './orders.controller';
import { OrdersRepository } from './orders.repository';
import { OrdersService } from './orders.service';
import { UserOrdersCacheInterceptor } from './user-orders-cache.interceptor';

@Module({
  imports: [TypeOrmModule.forFeature([OrderEntity])],
  controllers: [OrdersController],
  providers: [OrdersService, OrdersRepository, GroupCommit, UserOrdersCacheInterceptor],
})
export class OrdersModule {}
