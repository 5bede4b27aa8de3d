import { Module } from '@nestjs/common';
import { MarketsModule } from '../markets/markets.module';
import { PositionsController } from './positions.controller';
import { PositionsService } from './positions.service';

@Module({
  imports: [MarketsModule],
  controllers: [PositionsController],
  providers: [PositionsService],
})
export class PositionsModule {}
