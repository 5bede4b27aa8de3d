import { ApiProperty, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { API_INSTANT } from './api-members';

export const LAG_UNITS = ['events', 'commits'] as const;
export const READINESS_STATUSES = ['ready', 'degraded', 'not_ready', 'shutting_down'] as const;

/** A figure that is null when it can not be measured now, or when there was nothing to measure. */
function figure(description: string, example: number): ApiPropertyOptions {
  return { type: 'number', minimum: 0, nullable: true, description, example };
}

/** How things stood at one moment. A figure that could not be measured is null, never a guess. */
export class OperationsSampleDto {
  @ApiProperty({ ...API_INSTANT, description: 'When it was taken.' })
  time: string;

  @ApiProperty(
    figure(
      'Orders that the whole system has stored since the sample before: ids given out.',
      812.5,
    ),
  )
  orders_per_second: number | null;

  @ApiProperty(
    figure('Trades that the whole system has made since the sample before: ids given out.', 301),
  )
  trades_per_second: number | null;

  @ApiProperty(
    figure('What is in `order.events` and in no checkpoint of a matcher yet, in `lag_unit`.', 14),
  )
  consumer_lag: number | null;

  @ApiProperty(
    figure('Commits of all topics whose events wait for Kafka; 0 where the outbox is the log.', 0),
  )
  outbox_depth: number | null;

  @ApiProperty(
    figure('`POST /orders` of this process, from its head to its answer, where accepted.', 3.1),
  )
  accept_p50_ms: number | null;

  @ApiProperty(figure('99 of 100 were not slower.', 11.9))
  accept_p99_ms: number | null;

  @ApiProperty(
    figure('From the acceptance of an order to its trade being seen by this process.', 12.4),
  )
  match_p50_ms: number | null;

  @ApiProperty(figure('99 of 100 were not slower.', 31))
  match_p99_ms: number | null;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of this process.', example: 3 })
  stream_connections: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of all these.', example: 12 })
  stream_subscriptions: number;

  @ApiProperty(figure('How late the event loop of this process came to its timers.', 1.2))
  event_loop_delay_p99_ms: number | null;

  @ApiProperty(figure('The latest of all.', 4.8))
  event_loop_delay_max_ms: number | null;

  @ApiProperty({
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: 'Share of the time in which the event loop had something to do.',
    example: 0.31,
  })
  event_loop_utilization: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Memory of this process.' })
  rss_bytes: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of it: live and dead JavaScript.' })
  heap_used_bytes: number;

  @ApiProperty({
    enum: READINESS_STATUSES,
    enumName: 'ReadinessStatus',
    nullable: true,
    description: 'As `/health/ready` says it; null: nobody looked.',
  })
  readiness: (typeof READINESS_STATUSES)[number] | null;
}

/** One thing that the process needs. */
export class DependencyDto {
  @ApiProperty({ example: 'mysql' })
  kind: string;

  @ApiProperty({ enum: ['up', 'down'] })
  status: 'up' | 'down';

  @ApiProperty({ description: 'Whether the process can not do its work without it.' })
  required: boolean;

  @ApiProperty({ required: false, example: 'ECONNREFUSED' })
  error?: string;
}

/** The dependencies as they were found last. */
export class DependenciesDto {
  @ApiProperty(API_INSTANT)
  checked_at: string;

  @ApiProperty({ enum: READINESS_STATUSES, enumName: 'ReadinessStatus' })
  status: (typeof READINESS_STATUSES)[number];

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(DependencyDto) },
    description: 'By name: `store`, `event_log`, `cache`.',
  })
  dependencies: Record<string, DependencyDto>;
}

/** How the system fares, as one process of the api sees it. */
export class OperationsDto {
  @ApiProperty({ description: 'Which process answers: host and process id.', example: 'api-1:17' })
  instance: string;

  @ApiProperty({ enum: ['api', 'hybrid'] })
  role: 'api' | 'hybrid';

  @ApiProperty({ ...API_INSTANT, description: 'When the process was started.' })
  started_at: string;

  @ApiProperty({ ...API_INSTANT, description: 'When this was answered.' })
  time: string;

  @ApiProperty({
    type: 'integer',
    description: 'How far samples go back, in seconds.',
    example: 300,
  })
  kept_seconds: number;

  @ApiProperty({
    enum: LAG_UNITS,
    description:
      'What `consumer_lag` counts: events in Kafka, commits (with all their events) in the outbox.',
  })
  lag_unit: (typeof LAG_UNITS)[number];

  @ApiProperty({
    type: DependenciesDto,
    nullable: true,
    description: 'Null: they were not looked at yet.',
  })
  readiness: DependenciesDto | null;

  @ApiProperty({ type: [OperationsSampleDto], description: 'Oldest first, about one a second.' })
  samples: OperationsSampleDto[];
}
