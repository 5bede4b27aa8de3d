import { Module } from '@nestjs/common';
import { FillsModule } from '../fills/fills.module';
import { TradingModule } from '../trading/trading.module';
import { BatchCommits } from './batch-commits';
import { DeadLetters } from './dead-letters';
import { OrderEventsController } from './order-events.controller';
import { OrderEventsService } from './order-events.service';

/** Takes in `order.events`: plain orders go to their fills, book orders to their books. */
@Module({
  imports: [FillsModule, TradingModule],
  controllers: [OrderEventsController],
  providers: [OrderEventsService, BatchCommits, DeadLetters],
})
export class OrderEventsModule {}
