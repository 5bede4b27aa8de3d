import { Module } from '@nestjs/common';
import { StreamModule } from '../stream/stream.module';
import { AcceptTimes } from './accept-times';
import { MatchTimes } from './match-times';
import { OperationsController } from './operations.controller';
import { OperationsSampler } from './operations-sampler';
import { ProcessMonitor } from './process-monitor';
import { SystemMonitor } from './system-monitor';

/** What operators look at: how much, how fast, how far behind, and what is away. */
@Module({
  imports: [StreamModule],
  controllers: [OperationsController],
  providers: [OperationsSampler, SystemMonitor, ProcessMonitor, AcceptTimes, MatchTimes],
})
export class OperationsModule {}
