import { CachingModule } from '@app/caching';
import { MessagingModule } from '@app/messaging';
import { PersistenceModule } from '@app/persistence';
import { Module } from '@nestjs/common';
import { BookModule } from './book/book.module';
import { CandlesModule } from './candles/candles.module';
import { MarketsModule } from './markets/markets.module';
import { OrdersModule } from './orders/orders.module';
import { PositionsModule } from './positions/positions.module';
import { SettingsModule } from './settings/settings.module';
import { StreamModule } from './stream/stream.module';
import { TradesModule } from './trades/trades.module';

@Module({
  imports: [
    // What every feature stands on.
    PersistenceModule,
    MessagingModule,
    CachingModule,
    // Features.
    OrdersModule,
    MarketsModule,
    BookModule,
    TradesModule,
    CandlesModule,
    PositionsModule,
    SettingsModule,
    StreamModule,
  ],
})
export class ApiModule {}
