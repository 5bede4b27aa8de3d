import { Module } from '@nestjs/common';
import { MarketStates } from './market-states';
import { MarketUnits } from './market-units';
import { MarketsController } from './markets.controller';
import { MarketsRepository } from './markets.repository';
import { MarketsService } from './markets.service';

@Module({
  controllers: [MarketsController],
  providers: [MarketsService, MarketsRepository, MarketStates, MarketUnits],
  exports: [MarketStates, MarketUnits],
})
export class MarketsModule {}
