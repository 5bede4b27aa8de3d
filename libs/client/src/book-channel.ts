import { bookChecksum } from './book-checksum';
import { applyLevels } from './book-side';
import type { ChannelLink } from './channel';
import { BAD_PAYLOAD, type Fault } from './faults';
import type { BookPayload, DeltaMessage, SnapshotMessage } from './messages';
import { StateChannel } from './state-channel';
import type { BookView } from './stream';

/** `book:{item}`: a copy of the book, checked against the server's whenever it sends a checksum. */
export class BookChannel extends StateChannel<[BookView]> {
  private view: BookView | null = null;

  constructor(
    private readonly item: string,
    link: ChannelLink,
  ) {
    super(`book:${item}`, link);
  }

  protected begin(message: SnapshotMessage): Fault | null {
    if (!('bids' in message)) return BAD_PAYLOAD;
    return this.apply(message.seq, message, null);
  }

  protected follow(message: DeltaMessage): Fault | null {
    if (!('bids' in message) || this.view === null) return BAD_PAYLOAD;
    return this.apply(message.seq, message, this.view);
  }

  protected resumeFrom(): number | null {
    return this.view?.seq ?? null;
  }

  protected forget(): void {
    this.view = null;
  }

  protected whole(): [BookView] | null {
    return this.view === null ? null : [this.view];
  }

  private apply(seq: number, payload: BookPayload, before: BookView | null): Fault | null {
    const bids = applyLevels(before?.bids ?? [], payload.bids, -1);
    const asks = applyLevels(before?.asks ?? [], payload.asks, 1);
    const { checksum, state } = payload;
    if (checksum !== undefined && bookChecksum(bids, asks) !== checksum) {
      return { code: 'CHECKSUM', detail: `the copy of the book at ${seq} is not the server's` };
    }
    this.view = { item: this.item, seq, state, bids, asks };
    this.tell(this.view);
    return null;
  }
}
