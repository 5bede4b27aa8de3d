import { MARKET_EVENTS_TOPIC, ORDER_EVENTS_DLQ_TOPIC, ORDER_EVENTS_TOPIC } from '@app/contracts';
import { type Config, CONFIG, Log, type Role } from '@app/platform';
import { Global, Module } from '@nestjs/common';
import { Checkpoints } from './checkpoints';
import { EventBacklog } from './event-backlog';
import { EventLogHealth } from './event-log-health';
import { KafkaAdmin } from './kafka-admin';
import { Outbox } from './outbox';
import { OutboxRelay, RELAYED_TOPICS } from './outbox-relay';
import { KafkaTopicFeed, OutboxTopicFeed, TopicFeed } from './topic-feed';

/** A process relays the topics that it writes, so that a commit can wake its relay. */
const TOPICS_OF_ROLE: Record<Role, readonly string[]> = {
  api: [ORDER_EVENTS_TOPIC],
  matcher: [ORDER_EVENTS_DLQ_TOPIC, MARKET_EVENTS_TOPIC],
  hybrid: [ORDER_EVENTS_TOPIC, ORDER_EVENTS_DLQ_TOPIC, MARKET_EVENTS_TOPIC],
};

/** Outbox, relay, checkpoints: how events get from one transaction into another, once. */
@Global()
@Module({
  providers: [
    Outbox,
    Checkpoints,
    OutboxRelay,
    KafkaAdmin,
    EventLogHealth,
    EventBacklog,
    {
      provide: RELAYED_TOPICS,
      inject: [CONFIG],
      useFactory: (config: Config) => TOPICS_OF_ROLE[config.role],
    },
    {
      provide: TopicFeed,
      inject: [CONFIG, Outbox, Log],
      useFactory: ({ eventLog }: Config, outbox: Outbox, log: Log): TopicFeed =>
        eventLog.kind === 'kafka'
          ? new KafkaTopicFeed(eventLog, log)
          : new OutboxTopicFeed(outbox, log),
    },
  ],
  exports: [Outbox, Checkpoints, EventBacklog, TopicFeed],
})
export class MessagingModule {}
