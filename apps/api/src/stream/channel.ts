import { Frame } from './frame';
import type { StreamClient } from './stream-client';

/** A connection's place in a channel. */
export interface Subscriber {
  readonly client: StreamClient;
  /** Behind what the client stands; null before its snapshot. */
  seq: number | null;
  /** Told when the channel can not serve it: the subscription has ended. */
  fail(error: unknown): void;
}

/** What many connections get alike. */
export abstract class Channel {
  /** Those that have their snapshot, or what they had missed. */
  protected readonly live = new Set<Subscriber>();
  /** Those that wait for it. */
  protected joining = new Set<Subscriber>();
  protected closed = false;

  constructor(readonly name: string) {}

  get isEmpty(): boolean {
    return this.live.size === 0 && this.joining.size === 0;
  }

  leave(subscriber: Subscriber): void {
    this.live.delete(subscriber);
    this.joining.delete(subscriber);
  }

  /** Nobody needs it any more. */
  close(): void {
    this.closed = true;
  }

  /** Answers with a snapshot, or with all behind the subscriber's `seq`; then it gets what comes. */
  abstract join(subscriber: Subscriber): void;

  /** The client takes messages again: it gets what it missed. */
  abstract resume(subscriber: Subscriber): void;

  protected delta(prevSeq: number, seq: number, payload: object): Frame {
    return new Frame({ type: 'delta', channel: this.name, prev_seq: prevSeq, seq, ...payload });
  }

  protected snapshot(seq: number, payload: object): Frame {
    return new Frame({ type: 'snapshot', channel: this.name, seq, ...payload });
  }

  protected failAll(subscribers: Iterable<Subscriber>, error: unknown): void {
    for (const subscriber of subscribers) {
      this.leave(subscriber);
      subscriber.fail(error);
    }
  }
}
