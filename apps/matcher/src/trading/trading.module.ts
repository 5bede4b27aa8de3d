import { Module } from '@nestjs/common';
import { MarketClock } from './market-clock';
import { TradingRepository } from './trading.repository';
import { TradingService } from './trading.service';

/** Orders with a side: matched in the books of their items. */
@Module({
  providers: [TradingService, TradingRepository, MarketClock],
  exports: [TradingService, TradingRepository],
})
export class TradingModule {}
