import type { components } from './api-schema';
import { Channel, type ChannelLink } from './channel';
import { BAD_PAYLOAD, type Fault } from './faults';
import type { DeltaMessage, SnapshotMessage } from './messages';
import { callSafely } from './report-error';

type Trade = components['schemas']['TradeDto'];
type Call = (trades: readonly Trade[], reset: boolean) => void;

/** As many as a snapshot of the server has. */
export const LATEST_TRADES = 50;

interface TradesFollower {
  readonly call: Call;
  /** The last trade that it was told, or behind which it wants all; null: it wants the latest first. */
  at: number | null;
}

/**
 * `trades:{item}`: each follower has a place of its own in the one sequence of trades, so each gets every trade behind
 * it exactly once, however often the server tells it: after a reconnect, or because another one wants older trades.
 */
export class TradesChannel extends Channel<TradesFollower> {
  /** The latest trades without a hole, oldest first. */
  private latest: Trade[] = [];

  constructor(item: string, link: ChannelLink) {
    super(`trades:${item}`, link);
  }

  /**
   * @param fromSeq the `trade_id` behind which all trades are wanted; null: the latest, then what comes.
   * @returns a function that ends it.
   */
  listen(call: Call, fromSeq: number | null): () => void {
    const follower: TradesFollower = { call, at: fromSeq };
    const isAlone = this.followers.size === 0;
    const isServed = isAlone || this.catchUp(follower);
    this.add(follower);
    // A snapshot that is on its way serves everybody.
    if (!isServed && this.seq !== null) this.askAnew();
    return () => this.remove(follower);
  }

  protected begin(message: SnapshotMessage): Fault | null {
    if (!('trades' in message)) return BAD_PAYLOAD;
    const { trades, seq } = message;
    const before = (trades[0]?.trade_id ?? seq + 1) - 1;
    const isKnown = this.knows(trades.at(-1));
    this.latest = [...trades];
    let isMissing = false;
    this.each((follower) => {
      const { at } = follower;
      if (at !== null && at > seq && isKnown) {
        // A server that lags behind the one before: the follower's place goes on to count.
      } else if (at === null || at > seq || (at < before && this.askedFrom !== null)) {
        follower.at = seq;
        follower.call(trades, true);
      } else if (at < before) {
        isMissing = true;
      } else {
        this.advance(follower, trades);
      }
    });
    if (isMissing) this.askAnew();
    return null;
  }

  protected follow(message: DeltaMessage): Fault | null {
    if (!('trades' in message)) return BAD_PAYLOAD;
    const { trades, prev_seq: prevSeq, seq } = message;
    if (!areWhole(trades, prevSeq, seq)) return hole(seq);
    this.keep(trades, prevSeq);
    this.each((follower) => this.advance(follower, trades));
    return null;
  }

  /** The place of the one that lacks most. Who wants the latest gets them by a snapshot. */
  protected resumeFrom(): number | null {
    let from: number | null = null;
    for (const { at } of this.followers) {
      if (at === null) return null;
      from = from === null ? at : Math.min(from, at);
    }
    return from;
  }

  protected forget(): void {
    this.latest = [];
  }

  /** What was told is right, and told: the followers' places say what is missing. */
  protected override doubt(): void {}

  /** Up to where `latest` goes. */
  private get end(): number {
    return this.latest.at(-1)?.trade_id ?? this.seq ?? 0;
  }

  /** @returns whether what is kept is all that a newcomer needs; then it gets it in a moment. */
  private catchUp(follower: TradesFollower): boolean {
    const { latest, end } = this;
    if (latest.length === 0 && this.seq === null) return false;
    const before = end - latest.length;
    if (follower.at !== null && follower.at > end) follower.at = null;
    const { at } = follower;
    const isServed = at === null ? before === 0 || latest.length >= LATEST_TRADES : at >= before;
    if (!isServed) return false;
    const trades = at === null ? latest.slice(-LATEST_TRADES) : latest.slice(at - before);
    follower.at = end;
    if (at !== null && trades.length === 0) return true;
    queueMicrotask(() => {
      if (this.followers.has(follower)) callSafely(() => follower.call(trades, at === null));
    });
    return true;
  }

  private advance(follower: TradesFollower, trades: readonly Trade[]): void {
    const { at } = follower;
    if (at === null) return;
    const behind = trades.filter(({ trade_id: id }) => id > at);
    const last = behind.at(-1);
    if (last === undefined) return;
    follower.at = last.trade_id;
    follower.call(behind, false);
  }

  private keep(trades: readonly Trade[], prevSeq: number): void {
    const { end } = this;
    if (this.latest.length === 0 || prevSeq > end) this.latest = [...trades];
    else this.latest.push(...trades.filter(({ trade_id: id }) => id > end));
    if (this.latest.length > 4 * LATEST_TRADES) this.latest = this.latest.slice(-LATEST_TRADES);
  }

  private knows(trade: Trade | undefined): boolean {
    const known = this.latest.find(({ trade_id: id }) => id === trade?.trade_id);
    return (
      known !== undefined &&
      known.executed_at === trade?.executed_at &&
      known.maker_order_id === trade.maker_order_id &&
      known.taker_order_id === trade.taker_order_id
    );
  }
}

/** Whether they are all from behind `prevSeq` to `seq`, in their order. */
function areWhole(trades: readonly Trade[], prevSeq: number, seq: number): boolean {
  return (
    trades.length === seq - prevSeq &&
    trades.every(({ trade_id: id }, index) => id === prevSeq + 1 + index)
  );
}

function hole(seq: number): Fault {
  return { code: 'GAP', detail: `the trades up to ${seq} are not all there` };
}
