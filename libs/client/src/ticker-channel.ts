import type { components } from './api-schema';
import type { ChannelLink } from './channel';
import { BAD_PAYLOAD, type Fault } from './faults';
import type { DeltaMessage, SnapshotMessage } from './messages';
import { StateChannel } from './state-channel';

type Ticker = components['schemas']['TickerDto'];

/** `ticker:{item}`: whole in each message. */
export class TickerChannel extends StateChannel<[Ticker]> {
  private ticker: Ticker | null = null;

  constructor(item: string, link: ChannelLink) {
    super(`ticker:${item}`, link);
  }

  protected begin(message: SnapshotMessage | DeltaMessage): Fault | null {
    if (!('ticker' in message)) return BAD_PAYLOAD;
    this.ticker = message.ticker;
    this.tell(message.ticker);
    return null;
  }

  protected follow(message: DeltaMessage): Fault | null {
    return this.begin(message);
  }

  /** A ticker changes with time too, at the same sequence: a snapshot is as short and always right. */
  protected resumeFrom(): null {
    return null;
  }

  protected forget(): void {
    this.ticker = null;
  }

  protected whole(): [Ticker] | null {
    return this.ticker === null ? null : [this.ticker];
  }
}
