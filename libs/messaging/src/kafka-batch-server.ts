import { describeError, type KafkaConfig, type Log } from '@app/platform';
import { type CustomTransportStrategy, KafkaContext, ServerKafka } from '@nestjs/microservices';
import type { Admin, Batch, Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff';
import type { Checkpoints, Claim } from './checkpoints';
import type { EventBatch, IncomingEvent } from './event-batch';
import { createKafka, ensureTopics, kafkaClientOptions } from './kafka-client';

/** A matcher that was killed holds its partitions for so long. Kafka's default lower bound is 6 s. */
const SESSION_TIMEOUT_MS = 6000;
const HEARTBEAT_MS = 1500;
const COMMIT_OFFSETS_EVERY_MS = 1000;
/** They share commits, so none has to wait for another. */
const PARTITIONS_AT_ONCE = 64;
const MAX_SEEKS = 3;
/** How long a stop waits for an attempt to connect that is under way. */
const CONNECT_GRACE_MS = 2000;
const BYTES_PER_PARTITION = 1024 * 1024;

/**
 * Nest's Kafka transport, handing whole batches to the handlers of `@EventPattern(topic)` instead of single
 * messages. The checkpoint in the store, not the group's offset in Kafka, says where a partition goes on.
 * A handler that fails is tried again, from the checkpoint, until it succeeds or the partition is lost.
 */
export class KafkaBatchServer extends ServerKafka implements CustomTransportStrategy {
  private readonly stopping = new AbortController();
  private readonly owned = new Map<number, Owned>();
  private admin: Admin | null = null;
  private started: Promise<void> = Promise.resolve();
  private offsetTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly config: KafkaConfig,
    private readonly batchSize: number,
    private readonly checkpoints: Checkpoints,
    private readonly log: Log,
  ) {
    super({
      client: kafkaClientOptions(config, log),
      consumer: { groupId: config.groupId },
      postfixId: '',
    });
  }

  /** Returns at once; connecting goes on in the background until it succeeds. */
  override listen(callback: (error?: unknown) => void): Promise<void> {
    this.started = this.connectUntilStopped();
    this.offsetTimer = setInterval(() => void this.commitOffsets(), COMMIT_OFFSETS_EVERY_MS);
    callback();
    return Promise.resolve();
  }

  override async close(): Promise<void> {
    this.stopping.abort();
    if (this.offsetTimer !== null) clearInterval(this.offsetTimer);
    await Promise.race([this.started, delay(CONNECT_GRACE_MS, undefined, { ref: false })]);
    await this.commitOffsets();
    await this.consumer?.disconnect();
    await this.admin?.disconnect();
    this.consumer = null;
    this.admin = null;
  }

  /** Tells Kafka how far the partitions are handled, for those who watch the group's lag. Nothing depends on it. */
  private async commitOffsets(): Promise<void> {
    const offsets: { topic: string; partition: number; offset: string }[] = [];
    for (const [partition, owned] of this.owned) {
      const { claim } = owned;
      if (owned.committedOffset === claim.nextOffset) continue;
      owned.committedOffset = claim.nextOffset;
      offsets.push({ topic: claim.topic, partition, offset: String(claim.nextOffset) });
    }
    if (offsets.length === 0) return;
    try {
      await this.consumer?.commitOffsets(offsets);
    } catch (error) {
      this.log.debug('offsets were not committed', describeError(error));
    }
  }

  /** The client gives up after some errors for good; the matcher does not. */
  private async reconnect(): Promise<void> {
    const backoff = new Backoff();
    await backoff.wait(this.stopping.signal);
    await this.consumer?.disconnect();
    await this.admin?.disconnect();
    await this.connectUntilStopped();
  }

  private async connectUntilStopped(): Promise<void> {
    const backoff = new Backoff();
    while (!this.stopping.signal.aborted) {
      try {
        await this.connect();
        return;
      } catch (error) {
        this.log.warn('matcher waits for kafka', {
          ...describeError(error),
          stack: undefined,
        });
        await this.consumer?.disconnect();
        await this.admin?.disconnect();
        await backoff.wait(this.stopping.signal);
      }
    }
  }

  private async connect(): Promise<void> {
    const kafka = createKafka(this.config, this.log);
    const topics = this.patterns().map((pattern) => this.config.topicPrefix + pattern);
    await ensureTopics(kafka, this.config, topics);
    this.admin = kafka.admin();
    await this.admin.connect();
    const consumer = kafka.consumer({
      groupId: this.config.groupId,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: 2 * SESSION_TIMEOUT_MS,
      maxBytesPerPartition: BYTES_PER_PARTITION,
      maxWaitTimeInMs: 500,
      metadataMaxAge: 30_000,
      retry: {
        initialRetryTime: 100,
        maxRetryTime: 1000,
        retries: 5,
        restartOnFailure: () => Promise.resolve(true),
      },
    });
    this.consumer = consumer;
    this.watch(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      // With it every batch would wait for Kafka to write the offset, which nobody waits for.
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (payload) => this.handleBatch(payload),
    });
  }

  private watch(consumer: Consumer): void {
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.owned.clear();
      this.log.info('partitions assigned', {
        assignment: payload.memberAssignment,
      });
    });
    consumer.on(consumer.events.REBALANCING, () => this.owned.clear());
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.log.warn('kafka consumer failed', {
        restart: payload.restart,
        error: payload.error.message,
      });
      if (!payload.restart) this.started = this.reconnect();
    });
  }

  private patterns(): string[] {
    return [...this.messageHandlers.keys()];
  }

  private async handleBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const backoff = new Backoff();
    for (;;) {
      if (!payload.isRunning() || payload.isStale() || this.stopping.signal.aborted) return;
      try {
        await this.deliver(payload);
        return;
      } catch (error) {
        this.owned.delete(batch.partition);
        this.log.warn('batch is tried again', {
          topic: batch.topic,
          partition: batch.partition,
          ...describeError(error),
        });
        await backoff.wait(this.stopping.signal);
        await payload.heartbeat();
      }
    }
  }

  /** Hands the events from the checkpoint on to the handler, in slices, each with its own commit. */
  private async deliver(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const owned =
      this.owned.get(batch.partition) ?? (await this.claim(batch.topic, batch.partition));
    if (this.seekBack(batch, owned)) return;
    const { claim } = owned;
    const messages = batch.messages.filter((message) => Number(message.offset) >= claim.nextOffset);
    for (let index = 0; index < messages.length; index += this.batchSize) {
      if (!payload.isRunning() || payload.isStale()) return;
      const slice = messages.slice(index, index + this.batchSize);
      await this.whileBeating(payload, () => this.handleSlice(claim, slice));
      owned.expectedOffset = claim.nextOffset;
      payload.resolveOffset(String(claim.nextOffset - 1));
      await payload.heartbeat();
    }
    payload.resolveOffset(batch.lastOffset());
    owned.expectedOffset = Math.max(owned.expectedOffset, Number(batch.lastOffset()) + 1);
    owned.seeks = 0;
  }

  /** Stays a member of the group however long the work takes. What a heartbeat has to say, the next one says again. */
  private async whileBeating(payload: EachBatchPayload, work: () => Promise<void>): Promise<void> {
    const beat = (): void => {
      payload.heartbeat().catch((error: unknown) => {
        this.log.debug('a heartbeat failed', describeError(error));
      });
    };
    const timer = setInterval(beat, HEARTBEAT_MS);
    try {
      await work();
    } finally {
      clearInterval(timer);
    }
  }

  /** Takes the partition over, and brings its checkpoint into the bounds of the log. */
  private async claim(topic: string, partition: number): Promise<Owned> {
    const { groupId } = this.config;
    const claim = await this.checkpoints.claim(groupId, topic, partition, 0);
    const available = await this.availableOffsets(topic, partition);
    if (await this.checkpoints.bringWithin(claim, available)) {
      const fields = { topic, partition, next_offset: claim.nextOffset, ...available };
      this.log.error('the checkpoint lay outside of the log and was moved', fields);
    }
    const owned = { claim, expectedOffset: claim.nextOffset, committedOffset: 0, seeks: 0 };
    this.owned.set(partition, owned);
    return owned;
  }

  /**
   * Fetches again from where the partition goes on, when what was fetched begins behind it or ends before it. A seek
   * may get lost in the client, so each batch is looked at; offsets that still do not come are not in the log.
   * @returns whether the batch is to be left alone.
   */
  private seekBack(batch: Batch, owned: Owned): boolean {
    const { topic, partition } = batch;
    const fetched = Number((batch as FetchedBatch).fetchedOffset);
    const expected = owned.expectedOffset;
    const elsewhere = fetched > expected || Number(batch.lastOffset()) < expected - 1;
    if (!elsewhere) return false;
    if (owned.seeks >= MAX_SEEKS) {
      this.log.warn('offsets are missing in the log', { topic, partition, expected, fetched });
      return false;
    }
    owned.seeks += 1;
    this.consumer?.seek({ topic, partition, offset: String(expected) });
    return true;
  }

  private async availableOffsets(
    topic: string,
    partition: number,
  ): Promise<{ low: number; high: number }> {
    const offsets = (await this.admin?.fetchTopicOffsets(topic)) ?? [];
    const found = offsets.find((each) => each.partition === partition);
    if (found === undefined) throw new Error(`kafka does not know ${topic}/${partition}`);
    return { low: Number(found.low), high: Number(found.high) };
  }

  private async handleSlice(claim: Claim, messages: KafkaMessage[]): Promise<void> {
    const events: IncomingEvent[] = messages.map((message) => ({
      offset: Number(message.offset),
      key: message.key === null ? null : message.key.toString('utf8'),
      value: message.value === null ? null : message.value.toString('utf8'),
    }));
    const nextOffset = events.at(-1)!.offset + 1;
    const batch: EventBatch = {
      topic: claim.topic,
      partition: claim.partition,
      events,
      nextOffset,
      claim,
    };
    const pattern = claim.topic.slice(this.config.topicPrefix.length);
    const context = new KafkaContext([
      messages[0]!,
      claim.partition,
      claim.topic,
      this.consumer!,
      noHeartbeat,
      null!,
    ]);
    await this.handleEvent(pattern, { pattern, data: batch }, context);
    claim.nextOffset = nextOffset;
  }
}

/** A partition that this process has claimed. */
interface Owned {
  claim: Claim;
  /** Where the next batch should begin. */
  expectedOffset: number;
  /** What Kafka was told last. */
  committedOffset: number;
  /** How often in a row it was sought there. */
  seeks: number;
}

/** Members that kafkajs has but does not declare. */
type FetchedBatch = Batch & { fetchedOffset: string };

const noHeartbeat = (): Promise<void> => Promise.resolve();
