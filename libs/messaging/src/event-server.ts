import { createProcessLock } from '@app/persistence';
import { type Config, CONFIG, Log } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import type { CustomStrategy } from '@nestjs/microservices';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Checkpoints } from './checkpoints';
import { KafkaBatchServer } from './kafka-batch-server';
import { Outbox } from './outbox';
import { OUTBOX_GROUP } from './outbox-partition';
import { OutboxTailServer } from './outbox-tail-server';

/** Options for `connectMicroservice`: the transport of the configured event log. */
export function eventServer(app: INestApplicationContext): CustomStrategy {
  const config = app.get<Config>(CONFIG);
  const log = app.get(Log);
  const checkpoints = app.get(Checkpoints);
  const { batchSize } = config.matcher;
  if (config.eventLog.kind === 'kafka') {
    return {
      strategy: new KafkaBatchServer(config.eventLog, batchSize, checkpoints, log),
    };
  }
  const outbox = app.get(Outbox);
  const lock = createProcessLock(config.store, app.get(getDataSourceToken()), 'outbox-tail');
  return {
    strategy: new OutboxTailServer(OUTBOX_GROUP, batchSize, outbox, checkpoints, lock, log),
  };
}
