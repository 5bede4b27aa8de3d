import { Module } from '@nestjs/common';
import { MarketStates } from './market-states';
import { MarketUnits } from './market-units';

@Module({
  providers: [MarketStates, MarketUnits],
  exports: [MarketStates, MarketUnits],
})
export class MarketsModule {}
