import { type Config, CONFIG, Health } from '@app/platform';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { KafkaAdmin } from './kafka-admin';

/** Whether the process can not work without the event log: a matcher can not, an api keeps events in the outbox. */
@Injectable()
export class EventLogHealth implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly health: Health,
    private readonly kafka: KafkaAdmin,
  ) {}

  onModuleInit(): void {
    const { eventLog, role } = this.config;
    this.health.register({
      name: 'event_log',
      kind: eventLog.kind,
      required: role === 'matcher',
      check: () => this.check(),
    });
  }

  /** The outbox needs no check of its own: it is a table of the store. */
  private async check(): Promise<void> {
    if (this.config.eventLog.kind !== 'kafka') return;
    await this.kafka.ask((admin) => admin.describeCluster());
  }
}
