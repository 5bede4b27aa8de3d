import { type KafkaConfig, describeError, type Log } from '@app/platform';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Consumer, Kafka } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { Backoff } from './backoff';
import { createKafka, ensureTopics } from './kafka-client';
import type { Outbox } from './outbox';

/** Gets the values of events, JSON text each, in the order of their partition. */
export type FeedListener = (values: readonly string[]) => void;

/**
 * Every process that follows a topic gets all of its events from some moment on. Nothing is remembered of what it
 * got: after a broken connection events may come again or be missing, so listeners go by the events' own sequences.
 */
export abstract class TopicFeed implements BeforeApplicationShutdown {
  protected readonly stopping = new AbortController();
  private readonly listeners = new Map<string, FeedListener[]>();
  private readonly readers: Promise<void>[] = [];

  constructor(protected readonly log: Log) {}

  /** What a listener throws is logged, and its events are lost to it. */
  follow(topic: string, listener: FeedListener): void {
    const known = this.listeners.get(topic);
    if (known !== undefined) {
      known.push(listener);
      return;
    }
    this.listeners.set(topic, [listener]);
    this.readers.push(this.readUntilStopped(topic));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.readers);
  }

  /** Reads the topic from now on. @throws when it can not go on; it is called again then. */
  protected abstract read(topic: string): Promise<void>;

  protected deliver(topic: string, values: readonly string[]): void {
    for (const listener of this.listeners.get(topic) ?? []) {
      try {
        listener(values);
      } catch (error) {
        this.log.error('events could not be taken in', { topic, ...describeError(error) });
      }
    }
  }

  private async readUntilStopped(topic: string): Promise<void> {
    const { signal } = this.stopping;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        await this.read(topic);
      } catch (error) {
        this.log.warn('a feed is read again', { topic, ...describeError(error), stack: undefined });
        await backoff.wait(signal);
      }
    }
  }
}

const SESSION_TIMEOUT_MS = 10_000;
const MAX_WAIT_MS = 100;

/** A consumer group of its own for each process and topic, which commits nothing. */
export class KafkaTopicFeed extends TopicFeed {
  private readonly kafka: Kafka;

  constructor(
    private readonly config: KafkaConfig,
    log: Log,
  ) {
    super(log);
    this.kafka = createKafka(config, log);
  }

  protected async read(topic: string): Promise<void> {
    const target = this.config.topicPrefix + topic;
    await ensureTopics(this.kafka, this.config, [target]);
    const consumer = this.kafka.consumer({
      groupId: `${this.config.groupId}.feed.${randomUUID()}`,
      sessionTimeout: SESSION_TIMEOUT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 3, restartOnFailure: never },
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [target], fromBeginning: false });
      const ended = this.untilItEnds(consumer);
      // Looked at below; without this a crash while starting would count as not handled.
      ended.catch(() => undefined);
      await consumer.run({
        autoCommit: false,
        eachBatch: ({ batch }) => {
          const values = batch.messages.flatMap(({ value }) =>
            value === null ? [] : [value.toString('utf8')],
          );
          this.deliver(topic, values);
          return Promise.resolve();
        },
      });
      await ended;
    } finally {
      await consumer.disconnect();
    }
  }

  private untilItEnds(consumer: Consumer): Promise<void> {
    const { signal } = this.stopping;
    return new Promise((resolve, reject) => {
      const stop = () => resolve();
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        signal.removeEventListener('abort', stop);
        reject(payload.error);
      });
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }
}

const never = (): Promise<boolean> => Promise.resolve(false);

const ENTRIES_PER_READ = 100;
/** How soon entries of other processes, which send no signal here, are seen. */
const POLL_MS = 100;
const KEPT_ENTRIES = 1000;
const TRIM_EVERY_ENTRIES = 100;

/** Where the outbox is the log: its newest entries, older ones are removed. */
export class OutboxTopicFeed extends TopicFeed {
  constructor(
    private readonly outbox: Outbox,
    log: Log,
  ) {
    super(log);
  }

  protected async read(topic: string): Promise<void> {
    const { signal } = this.stopping;
    let nextSeq = (await this.outbox.lastSeq(topic)) + 1;
    let trimAtSeq = nextSeq;
    while (!signal.aborted) {
      const entries = await this.outbox.read(topic, nextSeq, ENTRIES_PER_READ);
      for (const { seq, events } of entries) {
        this.deliver(
          topic,
          events.map(({ value }) => value),
        );
        nextSeq = seq + 1;
      }
      if (nextSeq > trimAtSeq) {
        trimAtSeq = nextSeq + TRIM_EVERY_ENTRIES;
        await this.outbox.delete(topic, nextSeq - KEPT_ENTRIES);
      }
      if (entries.length === 0) await this.outbox.waitForEntries(topic, POLL_MS, signal);
    }
  }
}
