import { CachingModule } from '@app/caching';
import { MessagingModule } from '@app/messaging';
import { PersistenceModule } from '@app/persistence';
import { Module } from '@nestjs/common';
import { OrderEventsModule } from './order-events/order-events.module';

@Module({
  imports: [
    // What every feature stands on.
    PersistenceModule,
    MessagingModule,
    CachingModule,
    // Features.
    OrderEventsModule,
  ],
})
export class MatcherModule {}
