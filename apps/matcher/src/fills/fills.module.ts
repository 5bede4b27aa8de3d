import { Module } from '@nestjs/common';
import { FencedTransactions } from './fenced-transactions';
import { FillScheduler } from './fill-scheduler';
import { FillsRepository } from './fills.repository';
import { FillsService } from './fills.service';

/** Plain orders: each is filled in full when its time has come, or cancelled before. */
@Module({
  providers: [FillsService, FillsRepository, FillScheduler, FencedTransactions],
  exports: [FillsService, FillScheduler, FencedTransactions],
})
export class FillsModule {}
