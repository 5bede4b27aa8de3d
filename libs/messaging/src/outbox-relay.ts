import { type Config, CONFIG, describeError, type KafkaConfig, Log } from '@app/platform';
import { createProcessLock, type ProcessLock } from '@app/persistence';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Kafka, Message, Producer } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { Backoff } from './backoff';
import { createKafka, ensureTopics } from './kafka-client';
import { Outbox } from './outbox';
import type { OutboxEntry } from './outbox-entry';

const ENTRIES_PER_READ = 200;
const BYTES_PER_REQUEST = 512 * 1024;
/** How soon entries of other processes, which send no signal here, are seen. */
const POLL_MS = 200;
const LOCK_CHECK_MS = 1000;
const DELETE_EVERY_MS = 100;

/**
 * Publishes one topic's outbox to Kafka, in order, `acks=all`. One process does so at a time (it holds a lock that
 * dies with it); the others wait to take over. Entries are deleted after they were acknowledged, so a crash
 * publishes some of them again and loses none.
 */
class TopicRelay {
  private readonly stopping = new AbortController();
  private readonly backoff = new Backoff();
  private producer: Producer | null = null;
  private lockCheckedMs = 0;
  private nextSeq = 0;
  private published = { upToSeq: 0, deletedSeq: 0, deletedAtMs: 0 };
  private done: Promise<void> = Promise.resolve();
  private forgetting = false;
  private forgotten: Promise<void> = Promise.resolve();

  constructor(
    private readonly topic: string,
    private readonly config: KafkaConfig,
    private readonly kafka: Kafka,
    private readonly lock: ProcessLock,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  start(): void {
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.cycle();
        this.backoff.reset();
      } catch (error) {
        this.log.warn('outbox relay waits', {
          topic: this.topic,
          ...describeError(error),
          stack: undefined,
        });
        await this.disconnect();
        await this.backoff.wait(this.stopping.signal);
      }
    }
    await this.finish();
  }

  private async cycle(): Promise<void> {
    if (!(await this.holdsLock())) return;
    const producer = await this.connect();
    const entries = await this.outbox.read(this.topic, this.nextSeq, ENTRIES_PER_READ);
    if (entries.length === 0) {
      this.forgetSometimes();
      await this.outbox.waitForEntries(this.topic, POLL_MS, this.stopping.signal);
      return;
    }
    await this.publish(producer, entries);
    const { seq } = entries.at(-1)!;
    this.nextSeq = seq + 1;
    this.published.upToSeq = seq;
    this.forgetSometimes();
  }

  /** In the background: events do not wait for the removal of earlier ones. */
  private forgetSometimes(): void {
    const { upToSeq, deletedSeq, deletedAtMs } = this.published;
    const isDue = upToSeq > deletedSeq && Date.now() - deletedAtMs >= DELETE_EVERY_MS;
    if (!isDue || this.forgetting) return;
    this.forgetting = true;
    this.forgotten = this.forgetPublished()
      .catch((error: unknown) => {
        this.log.warn('published entries are removed later', describeError(error));
      })
      .finally(() => {
        this.forgetting = false;
      });
  }

  private async holdsLock(): Promise<boolean> {
    const nowMs = Date.now();
    if (nowMs - this.lockCheckedMs < LOCK_CHECK_MS) return true;
    if (await this.lock.isHeld()) {
      this.lockCheckedMs = nowMs;
      return true;
    }
    if (!(await this.lock.acquire(LOCK_CHECK_MS))) return false;
    this.log.info('outbox relay publishes', { topic: this.topic });
    this.lockCheckedMs = nowMs;
    this.nextSeq = 0;
    return true;
  }

  private async connect(): Promise<Producer> {
    if (this.producer !== null) return this.producer;
    const target = this.config.topicPrefix + this.topic;
    await ensureTopics(this.kafka, this.config, [target]);
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  private async publish(producer: Producer, entries: OutboxEntry[]): Promise<void> {
    const topic = this.config.topicPrefix + this.topic;
    for (const messages of inRequests(entries)) {
      await producer.send({ topic, acks: -1, messages });
    }
  }

  private async forgetPublished(): Promise<void> {
    const { upToSeq, deletedSeq } = this.published;
    this.published.deletedAtMs = Date.now();
    if (upToSeq > deletedSeq) await this.outbox.delete(this.topic, upToSeq);
    this.published.deletedSeq = upToSeq;
  }

  /** A producer that failed once starts anew: its sequence numbers may no longer match the broker's. */
  private async disconnect(): Promise<void> {
    const producer = this.producer;
    this.producer = null;
    this.lockCheckedMs = 0;
    try {
      await producer?.disconnect();
    } catch (error) {
      this.log.debug('producer did not disconnect', describeError(error));
    }
  }

  private async finish(): Promise<void> {
    await this.forgotten;
    try {
      await this.forgetPublished();
    } catch (error) {
      this.log.warn('published entries will be published again', describeError(error));
    }
    await this.disconnect();
    await this.lock.release();
  }
}

/** Splits events into requests that stay below the broker's limit. Order is kept. */
function* inRequests(entries: OutboxEntry[]): Generator<Message[]> {
  let messages: Message[] = [];
  let bytes = 0;
  for (const entry of entries) {
    for (const event of entry.events) {
      messages.push({ key: event.key, value: event.value });
      bytes += Buffer.byteLength(event.value) + Buffer.byteLength(event.key);
      if (bytes >= BYTES_PER_REQUEST) {
        yield messages;
        messages = [];
        bytes = 0;
      }
    }
  }
  if (messages.length > 0) yield messages;
}

/** Topics whose outbox this process relays. */
export const RELAYED_TOPICS = Symbol('RelayedTopics');

/** Runs a relay for each topic that this process is in charge of; nothing where the outbox itself is the log. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relays: TopicRelay[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RELAYED_TOPICS) private readonly topics: readonly string[],
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { eventLog, store } = this.config;
    if (eventLog.kind !== 'kafka') return;
    const kafka = createKafka(eventLog, this.log);
    for (const topic of this.topics) {
      const lock = createProcessLock(
        store,
        this.dataSource,
        `relay:${eventLog.topicPrefix}${topic}`,
      );
      const relay = new TopicRelay(topic, eventLog, kafka, lock, this.outbox, this.log);
      this.relays.push(relay);
      relay.start();
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.stop()));
  }
}
