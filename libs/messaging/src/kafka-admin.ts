import { type Config, CONFIG, Log } from '@app/platform';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Admin, Kafka } from 'kafkajs';
import { createKafka } from './kafka-client';

/** One connection for those who only ask Kafka something. It is made when it is needed, and anew after an error. */
@Injectable()
export class KafkaAdmin implements OnApplicationShutdown {
  private readonly kafka: Kafka | null;
  private connecting: Promise<Admin> | null = null;

  constructor(@Inject(CONFIG) { eventLog }: Config, log: Log) {
    this.kafka = eventLog.kind === 'kafka' ? createKafka(eventLog, log) : null;
  }

  /** @throws what the work throws, or why there is no connection; it takes as long as Kafka's client takes. */
  async ask<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    if (this.kafka === null) throw new Error('the event log is not Kafka');
    const connecting = (this.connecting ??= connect(this.kafka));
    try {
      return await work(await connecting);
    } catch (error) {
      if (this.connecting === connecting) this.connecting = null;
      await disconnect(connecting);
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.connecting !== null) await disconnect(this.connecting);
  }
}

async function connect(kafka: Kafka): Promise<Admin> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    await admin.disconnect();
    throw error;
  }
}

/** Nothing where it never connected. */
async function disconnect(connecting: Promise<Admin>): Promise<void> {
  const admin = await connecting.catch(() => null);
  await admin?.disconnect();
}
