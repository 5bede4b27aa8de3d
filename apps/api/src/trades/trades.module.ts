import { Module } from '@nestjs/common';
import { MarketsModule } from '../markets/markets.module';
import { OrdersModule } from '../orders/orders.module';
import { TradesController } from './trades.controller';
import { TradesRepository } from './trades.repository';
import { TradesService } from './trades.service';

@Module({
  imports: [MarketsModule, OrdersModule],
  controllers: [TradesController],
  providers: [TradesService, TradesRepository],
  exports: [TradesService],
})
export class TradesModule {}
