import type { components } from './api-schema';
import type { ChannelLink } from './channel';
import { BAD_PAYLOAD, type Fault } from './faults';
import type { DeltaMessage, SnapshotMessage } from './messages';
import { StateChannel } from './state-channel';
import type { CandleInterval } from './stream';

type Candle = components['schemas']['CandleDto'];

/** Candles that are kept for who comes later; a snapshot has 100. */
export const KEPT_CANDLES = 500;

/** `candles:{item}:{interval}`. */
export class CandlesChannel extends StateChannel<[candles: readonly Candle[], reset: boolean]> {
  /** By their start, oldest first; null before the snapshot. */
  private candles: Map<string, Candle> | null = null;

  constructor(item: string, interval: CandleInterval, link: ChannelLink) {
    super(`candles:${item}:${interval}`, link);
  }

  protected begin(message: SnapshotMessage): Fault | null {
    if (!('candles' in message)) return BAD_PAYLOAD;
    this.candles = new Map(message.candles.map((candle) => [candle.start, candle]));
    this.tell(message.candles, true);
    return null;
  }

  protected follow(message: DeltaMessage): Fault | null {
    const { candles } = this;
    if (!('candles' in message) || candles === null) return BAD_PAYLOAD;
    for (const candle of message.candles) candles.set(candle.start, candle);
    for (const start of candles.keys()) {
      if (candles.size <= KEPT_CANDLES) break;
      candles.delete(start);
    }
    this.tell(message.candles, false);
    return null;
  }

  protected resumeFrom(): number | null {
    return this.candles === null ? null : this.seq;
  }

  protected forget(): void {
    this.candles = null;
  }

  protected whole(): [readonly Candle[], boolean] | null {
    if (this.candles === null) return null;
    const sorted = [...this.candles.values()].sort((a, b) => (a.start < b.start ? -1 : 1));
    return [sorted, true];
  }
}
