import { Module } from '@nestjs/common';
import { BookModule } from '../book/book.module';
import { CandlesModule } from '../candles/candles.module';
import { MarketsModule } from '../markets/markets.module';
import { OrdersModule } from '../orders/orders.module';
import { TradesModule } from '../trades/trades.module';
import { CancelOnDisconnect } from './cancel-on-disconnect';
import { FanOut } from './fan-out';
import { MarketData } from './market-data';
import { OrdersWatch } from './orders-watch';
import { StreamHub } from './stream-hub';
import { StreamSessions } from './stream-sessions';
import { StreamController } from './stream.controller';
import { StreamGateway } from './stream.gateway';

@Module({
  imports: [MarketsModule, OrdersModule, BookModule, TradesModule, CandlesModule],
  controllers: [StreamController],
  providers: [
    StreamGateway,
    StreamSessions,
    StreamHub,
    MarketData,
    OrdersWatch,
    FanOut,
    CancelOnDisconnect,
  ],
  exports: [StreamSessions],
})
export class StreamModule {}
