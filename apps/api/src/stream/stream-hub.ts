import { MARKET_EVENTS_TOPIC, type MarketUpdate } from '@app/contracts';
import { TopicFeed } from '@app/messaging';
import { describeError, Log } from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { OrdersRepository } from '../orders/orders.repository';
import { BookChannel } from './book-channel';
import { CandlesChannel } from './candles-channel';
import type { Channel } from './channel';
import { type ChannelSubject, parseChannel } from './channel-name';
import { FanOut } from './fan-out';
import { ItemChannel } from './item-channel';
import { MarketData } from './market-data';
import { OrdersChannel } from './orders-channel';
import { OrdersWatch } from './orders-watch';
import { TickerChannel } from './ticker-channel';
import { TradesChannel } from './trades-channel';

const LOOK_EVERY_MS = 250;
/** Every so many looks all is looked at, otherwise only what no event tells of. */
const WHOLE_LOOK_EVERY = 8;
/** Plain orders of a quick look, those that wait longest first. */
const WATCHED_A_LOOK = 5000;

/** Knows the channels that anybody listens to, and keeps them going. */
@Injectable()
export class StreamHub implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly channels = new Map<string, Channel>();
  private readonly ofItem = new Map<string, Set<ItemChannel>>();
  private readonly ofUser = new Map<number, OrdersChannel>();
  private readonly stopping = new AbortController();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly feed: TopicFeed,
    private readonly data: MarketData,
    private readonly orders: OrdersRepository,
    private readonly watch: OrdersWatch,
    private readonly fanOut: FanOut,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.feed.follow(MARKET_EVENTS_TOPIC, (values) => this.take(values));
    this.looking = this.lookUntilStopped();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    for (const channel of this.channels.values()) channel.close();
    await this.looking;
  }

  /** @returns null where the name is not that of a channel. */
  open(name: string): Channel | null {
    const known = this.channels.get(name);
    if (known !== undefined) return known;
    const subject = parseChannel(name);
    if (subject === null) return null;
    const channel = this.create(name, subject);
    this.channels.set(name, channel);
    if (channel instanceof OrdersChannel) this.ofUser.set(channel.userId, channel);
    if (channel instanceof ItemChannel) {
      const channels = this.ofItem.get(channel.item);
      if (channels === undefined) this.ofItem.set(channel.item, new Set([channel]));
      else channels.add(channel);
    }
    return channel;
  }

  /** Lets go of a channel that nobody listens to. */
  release(channel: Channel): void {
    if (!channel.isEmpty || this.channels.get(channel.name) !== channel) return;
    channel.close();
    this.channels.delete(channel.name);
    if (channel instanceof OrdersChannel) this.ofUser.delete(channel.userId);
    if (channel instanceof ItemChannel) {
      const channels = this.ofItem.get(channel.item);
      channels?.delete(channel);
      if (channels?.size === 0) this.ofItem.delete(channel.item);
    }
  }

  private create(name: string, subject: ChannelSubject): Channel {
    const { data, fanOut, log } = this;
    switch (subject.kind) {
      case 'book':
        return new BookChannel(name, subject.item, (item) => data.book(item), fanOut, log);
      case 'trades':
        return new TradesChannel(name, subject.item, data, fanOut, log);
      case 'ticker':
        return new TickerChannel(
          name,
          subject.item,
          (item) => data.minutesOfDay(item),
          fanOut,
          log,
        );
      case 'candles': {
        const { item, interval } = subject;
        const read = () => data.latestCandles(item, interval);
        return new CandlesChannel(name, item, interval, read, fanOut, log);
      }
      case 'orders':
        return new OrdersChannel(name, subject.userId, this.orders, this.watch, log);
    }
  }

  private take(values: readonly string[]): void {
    if (this.channels.size === 0) return;
    for (const value of values) {
      const update = JSON.parse(value) as MarketUpdate;
      if (update.type !== 'MARKET_UPDATED') continue;
      for (const channel of this.ofItem.get(update.item) ?? []) channel.take(update);
      if (this.ofUser.size === 0) continue;
      for (const { id, user_id } of update.orders) this.ofUser.get(user_id)?.hint(id);
    }
  }

  private async lookUntilStopped(): Promise<void> {
    const { signal } = this.stopping;
    for (let look = 1; !signal.aborted; look += 1) {
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      const isWhole = look % WHOLE_LOOK_EVERY === 0;
      try {
        if (isWhole && this.ofItem.size > 0) await this.lookAtItems();
        if (this.ofUser.size > 0) await this.lookAtOrders(isWhole);
      } catch (error) {
        this.log.warn('streams could not be compared with the store', {
          ...describeError(error),
          stack: undefined,
        });
      }
    }
  }

  private async lookAtItems(): Promise<void> {
    const positions = await this.data.positions([...this.ofItem.keys()]);
    for (const [item, position] of positions) {
      for (const channel of this.ofItem.get(item) ?? []) channel.look(position);
    }
  }

  private async lookAtOrders(isWhole: boolean): Promise<void> {
    const beganMs = Date.now();
    const channels = [...this.ofUser.values()];
    const behind = new Map<number, number>();
    const owners = new Map<number, OrdersChannel>();
    for (const channel of channels) {
      const id = channel.behind(isWhole);
      if (id === null) continue;
      behind.set(channel.userId, id);
      for (const order of channel.watched(isWhole)) owners.set(order, channel);
    }
    const ids = [...owners.keys()];
    const watched = isWhole ? ids : ids.slice(0, WATCHED_A_LOOK);
    for (const state of await this.watch.states(watched)) owners.get(state.id)?.looked(state);
    for (const { userId, id } of await this.watch.idsBehind(behind)) {
      this.ofUser.get(userId)?.found(id);
    }
    if (isWhole) for (const userId of behind.keys()) this.ofUser.get(userId)?.covered(beganMs);
  }
}
