import { MARKET_EVENTS_TOPIC } from '@app/contracts';
import { TopicFeed } from '@app/messaging';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Latencies, type Percentiles } from './latencies';
import { eachTradeTime } from './trade-times';

/**
 * How long it takes until a trade is seen here after the order that caused it was accepted, by whichever api: from the
 * time that the api gave the order's event to the arrival of the market's event. The clocks of both count.
 */
@Injectable()
export class MatchTimes implements OnApplicationBootstrap {
  private readonly latencies = new Latencies();

  constructor(private readonly feed: TopicFeed) {}

  onApplicationBootstrap(): void {
    this.feed.follow(MARKET_EVENTS_TOPIC, (values) => this.see(values, Date.now()));
  }

  /** @returns null when no trade was seen since they were taken last. */
  take(): Percentiles | null {
    return this.latencies.take();
  }

  private see(values: readonly string[], nowMs: number): void {
    const record = (timeMs: number): void => this.latencies.record(nowMs - timeMs);
    for (const value of values) eachTradeTime(value, record);
  }
}
