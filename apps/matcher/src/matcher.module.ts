import { CachingModule } from '@app/caching';
import { MessagingModule } from '@app/messaging';
import { PersistenceModule } from '@app/persistence';
import { Module } from '@nestjs/common';
import { FillsModule } from './fills/fills.module';

@Module({
  imports: [
    // What every feature stands on.
    PersistenceModule,
    MessagingModule,
    CachingModule,
    // Features.
    FillsModule,
  ],
})
export class MatcherModule {}
