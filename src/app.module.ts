import { Module } from '@nestjs/common';
import { ApiModule } from '../apps/api/src/api.module';
import { MatcherModule } from '../apps/matcher/src/matcher.module';

/** The hybrid: api and matcher in one process. */
@Module({
  imports: [ApiModule, MatcherModule],
})
export class AppModule {}
