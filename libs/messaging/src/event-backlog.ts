import { MARKET_EVENTS_TOPIC, ORDER_EVENTS_DLQ_TOPIC, ORDER_EVENTS_TOPIC } from '@app/contracts';
import { Transactions } from '@app/persistence';
import { type Config, CONFIG, type KafkaConfig } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type CheckpointOffset, entriesOf, eventsBehind, type OutboxSpan } from './backlog';
import { KafkaAdmin } from './kafka-admin';
import { FIRST_SEQ, OUTBOX_GROUP, OUTBOX_PARTITION } from './outbox-partition';

const TOPICS = [ORDER_EVENTS_TOPIC, ORDER_EVENTS_DLQ_TOPIC, MARKET_EVENTS_TOPIC];

/** Asked for so, both stores look up the ends of an index; a join with `outbox_heads` would read all entries. */
const SPANS = TOPICS.map(
  () => `SELECT (SELECT MIN(seq) FROM outbox_entries WHERE topic = ?) AS first_seq,
    (SELECT MAX(seq) FROM outbox_entries WHERE topic = ?) AS last_seq`,
).join(' UNION ALL ');

/** What the lag counts: Kafka numbers events, the outbox table commits with all their events. */
export type LagUnit = 'events' | 'commits';

/**
 * How far those who read the log are behind those who write it. It asks for a few rows, whatever the backlog, and
 * reads the checkpoints first: what is consumed meanwhile makes a lag too large rather than too small.
 */
@Injectable()
export class EventBacklog {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly kafka: KafkaAdmin,
  ) {}

  get lagUnit(): LagUnit {
    return this.config.eventLog.kind === 'kafka' ? 'events' : 'commits';
  }

  /**
   * @returns what is in the log of `order.events` and in no checkpoint of a matcher yet.
   * @throws the store's and Kafka's errors. The store is given up after `timeoutMs`; Kafka's client takes its own time.
   */
  async lag(timeoutMs: number): Promise<number> {
    const { eventLog } = this.config;
    return eventLog.kind === 'kafka'
      ? this.lagOfKafka(eventLog, timeoutMs)
      : this.lagOfOutbox(timeoutMs);
  }

  /**
   * @returns entries of all topics that are committed and not yet published. Where the outbox itself is the log there
   * are none: an entry is published by its commit.
   * @throws StoreUnavailableError
   */
  async unpublished(timeoutMs: number): Promise<number> {
    if (this.config.eventLog.kind !== 'kafka') return 0;
    const spans = await this.transactions.read(
      (manager) =>
        manager.query<OutboxSpan[]>(
          SPANS,
          TOPICS.flatMap((topic) => [topic, topic]),
        ),
      timeoutMs,
    );
    return spans.reduce((sum, span) => sum + entriesOf(span), 0);
  }

  private async lagOfKafka({ groupId, topicPrefix }: KafkaConfig, timeoutMs: number) {
    const topic = topicPrefix + ORDER_EVENTS_TOPIC;
    const checkpoints = await this.checkpoints(groupId, topic, timeoutMs);
    const offsets = await this.kafka.ask((admin) => admin.fetchTopicOffsets(topic));
    const partitions = offsets.map(({ partition, low, high }) => ({
      partition,
      low: Number(low),
      high: Number(high),
    }));
    return eventsBehind(partitions, checkpoints);
  }

  private async lagOfOutbox(timeoutMs: number): Promise<number> {
    const checkpoints = await this.checkpoints(OUTBOX_GROUP, ORDER_EVENTS_TOPIC, timeoutMs);
    const [head] = await this.transactions.read(
      (manager) =>
        manager.query<{ last_seq: string | number }[]>(
          'SELECT last_seq FROM outbox_heads WHERE topic = ?',
          [ORDER_EVENTS_TOPIC],
        ),
      timeoutMs,
    );
    const high = Number(head?.last_seq ?? 0) + FIRST_SEQ;
    return eventsBehind([{ partition: OUTBOX_PARTITION, low: FIRST_SEQ, high }], checkpoints);
  }

  private checkpoints(
    group: string,
    topic: string,
    timeoutMs: number,
  ): Promise<CheckpointOffset[]> {
    return this.transactions.read(
      (manager) =>
        manager.query<CheckpointOffset[]>(
          'SELECT partition_id, next_offset FROM checkpoints WHERE consumer_group = ? AND topic = ?',
          [group, topic],
        ),
      timeoutMs,
    );
  }
}
