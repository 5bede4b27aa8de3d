import { DependencyDto, OperationsDto } from '@app/contracts';
import { EventBacklog } from '@app/messaging';
import { type Config, CONFIG } from '@app/platform';
import { Controller, Get, Header, Inject, Query as QueryParameters } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../api-problem.decorator';
import { INSTANT, type Query, readQuery } from '../query';
import { KEPT_SECONDS, OperationsSampler } from './operations-sampler';
import { toSampleDto } from './sample';

const MS = 1000;

@ApiTags('operations')
@ApiExtraModels(DependencyDto)
@Controller('operations')
export class OperationsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sampler: OperationsSampler,
    private readonly backlog: EventBacklog,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'How the system fares: the last five minutes, second by second',
    description:
      'Rates, lag and outbox are of the whole system, all else of the process that answers. They are measured while ' +
      'somebody asks, and for half a minute after that: until then they are null. See docs/runbook.md.',
    operationId: 'getOperations',
  })
  @ApiQuery({
    name: 'after',
    required: false,
    description: 'Only samples that are newer than this: the `time` of the last one that is known.',
    schema: { type: 'string', format: 'date-time' },
  })
  @ApiOkResponse({ type: OperationsDto })
  @ApiProblem('INVALID_QUERY')
  get(@QueryParameters() query: Query): OperationsDto {
    const { after } = readQuery(query, { after: INSTANT });
    const { instanceId, role } = this.config;
    const samples = this.sampler.samples(after).map(toSampleDto);
    const { readiness } = this.sampler;
    const nowMs = Date.now();
    return {
      instance: instanceId,
      role: role === 'hybrid' ? 'hybrid' : 'api',
      started_at: new Date(nowMs - Math.round(process.uptime() * MS)).toISOString(),
      time: new Date(nowMs).toISOString(),
      kept_seconds: KEPT_SECONDS,
      lag_unit: this.backlog.lagUnit,
      readiness:
        readiness === null
          ? null
          : { checked_at: new Date(readiness.atMs).toISOString(), ...readiness.report },
      samples,
    };
  }
}
