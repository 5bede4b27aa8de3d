import { Module } from '@nestjs/common';
import { DeadLetters } from './dead-letters';
import { FillScheduler } from './fill-scheduler';
import { FillsRepository } from './fills.repository';
import { FillsService } from './fills.service';
import { OrderEventsController } from './order-events.controller';

/** Plain orders: each is filled in full when its time has come, or cancelled before. */
@Module({
  controllers: [OrderEventsController],
  providers: [FillsService, FillsRepository, FillScheduler, DeadLetters],
})
export class FillsModule {}
