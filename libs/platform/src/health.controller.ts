import { Controller, Get, Header, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { Health, type ReadinessReport } from './health';

const HEALTHY_SCHEMA = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string', example: 'healthy' } },
};

const READINESS_SCHEMA = {
  type: 'object',
  required: ['status', 'dependencies'],
  properties: {
    status: {
      type: 'string',
      enum: ['ready', 'degraded', 'not_ready', 'shutting_down'],
    },
    dependencies: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['kind', 'status', 'required'],
        properties: {
          kind: { type: 'string', example: 'mysql' },
          status: { type: 'string', enum: ['up', 'down'] },
          required: { type: 'boolean' },
          error: { type: 'string', example: 'ECONNREFUSED' },
        },
      },
    },
  },
};

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Says that the process runs',
    operationId: 'getHealth',
  })
  @ApiOkResponse({ schema: HEALTHY_SCHEMA })
  healthy(): { status: 'healthy' } {
    return { status: 'healthy' };
  }

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Liveness: restart the process when this fails',
    operationId: 'getLiveness',
  })
  @ApiOkResponse({ schema: HEALTHY_SCHEMA })
  live(): { status: 'healthy' } {
    return { status: 'healthy' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Readiness: whether requests should be sent here, with each dependency',
    operationId: 'getReadiness',
  })
  @ApiOkResponse({ schema: READINESS_SCHEMA })
  @ApiServiceUnavailableResponse({
    description: 'A required dependency is down, or the process is stopping.',
    content: { 'application/json': { schema: READINESS_SCHEMA } },
  })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessReport> {
    const report = await this.health.readiness();
    const ready = report.status === 'ready' || report.status === 'degraded';
    response.status(ready ? 200 : 503);
    return report;
  }
}
