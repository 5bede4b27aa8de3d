import { BookChannel } from './book-channel';
import { CandlesChannel } from './candles-channel';
import type { Channel, ChannelLink } from './channel';
import { Connection, TRY_AGAIN_LATER } from './connection';
import { Listeners } from './listeners';
import { isSequence, readMessage } from './messages';
import { OrdersChannel } from './orders-channel';
import type {
  StreamError,
  StreamOptions,
  StreamStatus,
  Subscription,
  TradeFlowStream,
} from './stream';
import { TickerChannel } from './ticker-channel';
import { TradesChannel } from './trades-channel';

/** Why the server closes connections that are to come back (docs/streams.md §4). */
const CLOSE_ERRORS: Readonly<Record<number, StreamError>> = {
  1009: { code: 'MESSAGE_TOO_BIG', detail: 'the server does not take a message of that size' },
  [TRY_AGAIN_LATER]: { code: 'TRY_AGAIN_LATER', detail: 'the server has no place now' },
  4008: { code: 'SLOW_CONSUMER', detail: 'messages were not read fast enough' },
};

export function createStream(options: StreamOptions): TradeFlowStream {
  return new LiveStream(options);
}

/** Brings together the connection and the channels that are followed on it. */
class LiveStream implements TradeFlowStream {
  private readonly channels = new Map<string, Channel<object>>();
  private readonly statusListeners = new Listeners<[StreamStatus]>();
  private readonly errorListeners = new Listeners<[StreamError]>();
  private guardedUsers: readonly number[] = [];
  private readonly connection: Connection;
  private readonly link: ChannelLink = {
    send: (request) => this.connection.send(request),
    report: (error) => this.errorListeners.tell(error),
    done: (name) => {
      this.channels.delete(name);
    },
  };

  constructor({ url, WebSocket }: StreamOptions) {
    this.connection = new Connection(url, WebSocket, {
      opened: () => this.opened(),
      received: (data) => this.received(data),
      lost: (code) => this.lost(code),
      changed: (status) => this.statusListeners.tell(status),
    });
  }

  get status(): StreamStatus {
    return this.connection.status;
  }

  onStatus(listener: (status: StreamStatus) => void): () => void {
    return this.statusListeners.add(listener);
  }

  onError(listener: (error: StreamError) => void): () => void {
    return this.errorListeners.add(listener);
  }

  book(...[item, listener]: Parameters<TradeFlowStream['book']>): Subscription {
    const channel = this.channel(BookChannel, (link) => new BookChannel(item, link));
    return subscription(channel.listen(listener));
  }

  trades(...[item, listener, options]: Parameters<TradeFlowStream['trades']>): Subscription {
    const fromSeq = options?.fromSeq ?? null;
    if (fromSeq !== null && !isSequence(fromSeq)) {
      throw new RangeError('fromSeq must be an integer, from 0');
    }
    const channel = this.channel(TradesChannel, (link) => new TradesChannel(item, link));
    return subscription(channel.listen(listener, fromSeq));
  }

  ticker(...[item, listener]: Parameters<TradeFlowStream['ticker']>): Subscription {
    const channel = this.channel(TickerChannel, (link) => new TickerChannel(item, link));
    return subscription(channel.listen(listener));
  }

  candles(...[item, interval, listener]: Parameters<TradeFlowStream['candles']>): Subscription {
    const create = (link: ChannelLink) => new CandlesChannel(item, interval, link);
    return subscription(this.channel(CandlesChannel, create).listen(listener));
  }

  orders(...[userId, listener]: Parameters<TradeFlowStream['orders']>): Subscription {
    const channel = this.channel(OrdersChannel, (link) => new OrdersChannel(userId, link));
    return subscription(channel.listen(listener));
  }

  cancelOnDisconnect(userIds: readonly number[]): void {
    this.guardedUsers = [...userIds];
    if (this.status === 'idle' && userIds.length === 0) return;
    this.open();
    this.connection.send({ op: 'cancel_on_disconnect', user_ids: [...userIds] });
  }

  close(): void {
    this.connection.close();
    for (const channel of this.channels.values()) channel.close();
    this.channels.clear();
  }

  /** @returns the channel that is followed already; where there is none, a new one. */
  private channel<Kind extends Channel<object>>(
    kind: new (...values: never[]) => Kind,
    create: (link: ChannelLink) => Kind,
  ): Kind {
    this.open();
    const created = create(this.link);
    const known = this.channels.get(created.name);
    if (known instanceof kind) return known;
    this.channels.set(created.name, created);
    return created;
  }

  private open(): void {
    if (this.status === 'closed') throw new Error('the stream is closed');
    this.connection.open();
  }

  private opened(): void {
    if (this.guardedUsers.length > 0) {
      this.connection.send({ op: 'cancel_on_disconnect', user_ids: [...this.guardedUsers] });
    }
    for (const channel of this.channels.values()) channel.connected();
  }

  private received(data: unknown): void {
    const message = readMessage(data);
    if (message === null) {
      this.errorListeners.tell({
        code: 'INVALID_MESSAGE',
        detail: 'the server sent what is no message of a stream',
      });
      this.connection.drop();
      return;
    }
    const name = 'channel' in message ? message.channel : undefined;
    const channel = name === undefined ? undefined : this.channels.get(name);
    if (channel !== undefined) channel.receive(message);
    else if (message.type === 'error') {
      const { code, detail } = message;
      this.errorListeners.tell({ code, detail, ...(name === undefined ? {} : { channel: name }) });
    }
  }

  private lost(code: number): void {
    for (const channel of this.channels.values()) channel.disconnected();
    const error = CLOSE_ERRORS[code];
    if (error !== undefined) this.errorListeners.tell(error);
  }
}

function subscription(close: () => void): Subscription {
  return { close };
}
