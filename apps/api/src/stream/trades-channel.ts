import type { EventTrade, MarketUpdate, TradeDto } from '@app/contracts';
import { describeError, type Log } from '@app/platform';
import { setTimeout as delay } from 'node:timers/promises';
import type { Subscriber } from './channel';
import type { FanOut } from './fan-out';
import type { Frame } from './frame';
import { ItemChannel, type StoredPosition } from './item-channel';

/** Trades of a snapshot. */
export const LATEST_TRADES = 50;
const KEPT_TRADES = 2000;
const TRADES_A_MESSAGE = 500;
const READ_AGAIN_MS = 500;
const WELCOMED_A_ROUND = 500;

/** Reads trades of an item. */
export interface TradeSource {
  /** The first `limit` trades behind `tradeId`. */
  after(item: string, tradeId: number, limit: number): Promise<TradeDto[]>;
  /** The last `limit` trades, oldest first. */
  latest(item: string, limit: number): Promise<TradeDto[]>;
}

/** `trades:{item}`: the sequence is the trade's number, 1, 2, 3, …; none is ever left out, whoever reads how slowly. */
export class TradesChannel extends ItemChannel {
  /** The latest trades, those that were not sent yet included. */
  private kept: TradeDto[] = [];
  private last = 0;
  private sent = 0;
  private begun = false;
  /** Those that are told of the past. Leaving takes them out. */
  private readonly replaying = new Set<Subscriber>();

  constructor(
    name: string,
    item: string,
    private readonly source: TradeSource,
    fanOut: FanOut,
    private readonly logger: Log,
  ) {
    super(name, item, fanOut, logger);
  }

  override get isEmpty(): boolean {
    return super.isEmpty && this.replaying.size === 0;
  }

  override leave(subscriber: Subscriber): void {
    super.leave(subscriber);
    this.replaying.delete(subscriber);
  }

  *round(): Iterable<number> {
    if (!this.isLoaded) return;
    const audience = this.sent === this.last ? [] : [...this.live];
    const frames = this.framesBehind(this.sent);
    this.sent = this.last;
    this.welcomeSome();
    for (const subscriber of audience) {
      if (!this.live.has(subscriber)) continue;
      for (const frame of frames) subscriber.client.send(frame);
      subscriber.seq = this.sent;
      yield frames.length;
    }
  }

  /** Nothing was left out. */
  resume(): void {}

  protected get at(): number {
    return this.last;
  }

  protected positionOf({ tradeId }: StoredPosition): number {
    return tradeId;
  }

  /** At first the latest trades, later those that did not come. */
  protected async load(): Promise<void> {
    if (!this.begun) {
      for (const trade of await this.source.latest(this.item, LATEST_TRADES)) this.keep(trade);
      this.sent = this.last;
      this.begun = true;
      return;
    }
    for (;;) {
      const missed = await this.source.after(this.item, this.last, TRADES_A_MESSAGE);
      for (const trade of missed) this.keep(trade);
      if (missed.length < TRADES_A_MESSAGE) return;
    }
  }

  protected apply(update: MarketUpdate): boolean {
    for (const trade of update.trades) {
      if (trade.trade_id <= this.last) continue;
      if (trade.trade_id !== this.last + 1) return false;
      this.keep(toTrade(update.item, trade));
    }
    return true;
  }

  private keep(trade: TradeDto): void {
    this.last = trade.trade_id;
    this.kept.push(trade);
    const unsent = this.last - this.sent;
    if (this.kept.length > 2 * KEPT_TRADES + unsent) {
      this.kept = this.kept.slice(-(KEPT_TRADES + unsent));
    }
  }

  private welcomeSome(): void {
    let welcomed = 0;
    for (const subscriber of this.joining) {
      this.joining.delete(subscriber);
      this.welcome(subscriber);
      welcomed += 1;
      if (welcomed === WELCOMED_A_ROUND) break;
    }
    if (this.joining.size > 0) this.fanOut.mark(this);
  }

  private welcome(subscriber: Subscriber): void {
    const { seq, client } = subscriber;
    if (seq !== null && seq <= this.sent && !this.keepsAllBehind(seq)) {
      void this.replay(subscriber, seq);
      return;
    }
    if (seq === null || seq > this.sent) {
      client.send(this.snapshot(this.sent, { trades: this.kept.slice(-LATEST_TRADES) }));
    } else {
      for (const frame of this.framesBehind(seq)) client.send(frame);
    }
    subscriber.seq = this.sent;
    this.live.add(subscriber);
  }

  /** Sends what only the store has, no faster than the client reads; then it joins the others. */
  private async replay(subscriber: Subscriber, fromSeq: number): Promise<void> {
    let seq = fromSeq;
    this.replaying.add(subscriber);
    while (this.replaying.has(subscriber) && subscriber.client.isOpen) {
      if (this.keepsAllBehind(seq)) {
        this.replaying.delete(subscriber);
        subscriber.seq = seq;
        this.join(subscriber);
        return;
      }
      await subscriber.client.caughtUp();
      try {
        const trades = await this.source.after(this.item, seq, TRADES_A_MESSAGE);
        if (!this.replaying.has(subscriber)) return;
        for (const frame of this.framesOf(seq, trades)) subscriber.client.send(frame);
        seq = trades.at(-1)?.trade_id ?? this.sent;
      } catch (error) {
        const fields = { channel: this.name, ...describeError(error), stack: undefined };
        this.logger.warn('trades could not be read', fields);
        await delay(READ_AGAIN_MS);
      }
    }
    this.replaying.delete(subscriber);
  }

  private keepsAllBehind(seq: number): boolean {
    return seq >= this.last || (this.kept[0]?.trade_id ?? Number.MAX_SAFE_INTEGER) <= seq + 1;
  }

  /** What is kept behind `seq`, up to the last. */
  private framesBehind(seq: number): Frame[] {
    return seq >= this.last ? [] : this.framesOf(seq, this.kept.slice(-(this.last - seq)));
  }

  private framesOf(seq: number, trades: readonly TradeDto[]): Frame[] {
    const frames: Frame[] = [];
    let prevSeq = seq;
    for (let start = 0; start < trades.length; start += TRADES_A_MESSAGE) {
      const part = trades.slice(start, start + TRADES_A_MESSAGE);
      const last = part.at(-1)?.trade_id ?? prevSeq;
      frames.push(this.delta(prevSeq, last, { trades: part }));
      prevSeq = last;
    }
    return frames;
  }
}

function toTrade(item: string, { sequence: _, ...trade }: EventTrade): TradeDto {
  return { item, ...trade };
}
