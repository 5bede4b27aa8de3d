import { Module } from '@nestjs/common';
import { MarketsModule } from '../markets/markets.module';
import { CandlesController } from './candles.controller';
import { CandlesRepository } from './candles.repository';
import { CandlesService } from './candles.service';

@Module({
  imports: [MarketsModule],
  controllers: [CandlesController],
  providers: [CandlesService, CandlesRepository],
  exports: [CandlesRepository],
})
export class CandlesModule {}
