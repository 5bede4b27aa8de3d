import { API_ID, PositionsDto } from '@app/contracts';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../api-problem.decorator';
import { IdPipe } from '../id.pipe';
import { PositionsService } from './positions.service';

@ApiTags('users')
@Controller('users/:user_id/positions')
export class PositionsController {
  constructor(private readonly positions: PositionsService) {}

  @Get()
  @ApiOperation({ summary: 'What a user holds by its trades', operationId: 'getPositions' })
  @ApiParam({ name: 'user_id', schema: API_ID })
  @ApiOkResponse({ type: PositionsDto })
  @ApiProblem('INVALID_ID')
  @ApiProblem('STORE_UNAVAILABLE')
  get(@Param('user_id', IdPipe) userId: number): Promise<PositionsDto> {
    return this.positions.ofUser(userId);
  }
}
