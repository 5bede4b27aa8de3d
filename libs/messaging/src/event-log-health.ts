import { type Config, CONFIG, Health, Log } from '@app/platform';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Admin, Kafka } from 'kafkajs';
import { createKafka } from './kafka-client';

/** Whether the process can not work without the event log: a matcher can not, an api keeps events in the outbox. */
@Injectable()
export class EventLogHealth implements OnModuleInit, OnApplicationShutdown {
  private kafka: Kafka | null = null;
  private admin: Admin | null = null;
  private connecting: Promise<Admin> | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly health: Health,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const { eventLog, role } = this.config;
    if (eventLog.kind === 'kafka') this.kafka = createKafka(eventLog, this.log);
    this.health.register({
      name: 'event_log',
      kind: eventLog.kind,
      required: role === 'matcher',
      check: () => this.check(),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.admin?.disconnect();
  }

  /** The outbox needs no check of its own: it is a table of the store. */
  private async check(): Promise<void> {
    if (this.kafka === null) return;
    this.connecting ??= connectAdmin(this.kafka);
    try {
      this.admin = await this.connecting;
      await this.admin.describeCluster();
    } catch (error) {
      const admin = this.admin;
      this.admin = null;
      this.connecting = null;
      await admin?.disconnect();
      throw error;
    }
  }
}

async function connectAdmin(kafka: Kafka): Promise<Admin> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    await admin.disconnect();
    throw error;
  }
}
