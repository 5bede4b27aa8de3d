import type { Subscriber } from './channel';
import { type Change, ChangeLog } from './change-log';
import type { Frame } from './frame';
import { ItemChannel } from './item-channel';

const KEPT_ENTRIES = 20_000;
const WELCOMED_A_ROUND = 500;

/**
 * A channel whose messages say how things are now: a client that reads slowly is left out, and gets all that it missed
 * as one change once it can.
 */
export abstract class StateChannel<Entry> extends ItemChannel {
  /** Where the last message has led to. */
  private sent = 0;
  private readonly recent = new ChangeLog<Entry>(KEPT_ENTRIES);
  private snapshotFrame: Frame | null = null;

  *round(): Iterable<number> {
    if (!this.isLoaded) return;
    const frame = this.nextFrame();
    const audience = frame === null ? [] : [...this.live];
    this.welcomeSome();
    if (frame === null) return;
    for (const subscriber of audience) {
      this.deliver(subscriber, frame);
      yield 1;
    }
  }

  resume(subscriber: Subscriber): void {
    if (!this.live.has(subscriber) || subscriber.seq === null || subscriber.seq === this.sent) {
      return;
    }
    const missed = this.recent.since(subscriber.seq);
    if (missed === null) {
      this.live.delete(subscriber);
      subscriber.seq = null;
      this.join(subscriber);
      return;
    }
    subscriber.client.send(
      this.delta(missed.prevSeq, missed.seq, this.conflatedPayload(missed.entries)),
    );
    subscriber.seq = missed.seq;
  }

  /** Everything, as it is now. */
  protected abstract snapshotPayload(): object;

  /** @returns what changed since it was asked last, as it is now. */
  protected abstract takeChanges(): ReadonlyMap<string, Entry> | null;

  protected abstract deltaPayload(entries: ReadonlyMap<string, Entry>): object;

  /** Of several changes as one. */
  protected conflatedPayload(entries: ReadonlyMap<string, Entry>): object {
    return this.deltaPayload(entries);
  }

  /** What may have changed without a new sequence, for those who come again. */
  protected changedSince(): ReadonlyMap<string, Entry> {
    return new Map();
  }

  /** What was sent does not lead to where the channel is now: everybody gets a snapshot. */
  protected startAnew(): void {
    this.recent.clear();
    this.snapshotFrame = null;
    this.takeChanges();
    this.sent = this.at;
    for (const subscriber of this.live) {
      subscriber.seq = null;
      this.joining.add(subscriber);
    }
    this.live.clear();
  }

  /** The next message to all; null when nothing has happened. */
  private nextFrame(): Frame | null {
    const entries = this.takeChanges();
    if (entries === null) return null;
    const change: Change<Entry> = { prevSeq: this.sent, seq: this.at, entries };
    this.recent.push(change);
    this.sent = change.seq;
    this.snapshotFrame = null;
    return this.delta(change.prevSeq, change.seq, this.deltaPayload(entries));
  }

  /** Only between `nextFrame` and the next update: the channel is where the last message has led to. */
  private welcomeSome(): void {
    let welcomed = 0;
    for (const subscriber of this.joining) {
      this.joining.delete(subscriber);
      this.welcome(subscriber);
      this.live.add(subscriber);
      welcomed += 1;
      if (welcomed === WELCOMED_A_ROUND) break;
    }
    if (this.joining.size > 0) this.fanOut.mark(this);
  }

  private welcome(subscriber: Subscriber): void {
    const missed = subscriber.seq === null ? null : this.missedBy(subscriber.seq);
    if (missed === null) {
      this.snapshotFrame ??= this.snapshot(this.sent, this.snapshotPayload());
      subscriber.client.send(this.snapshotFrame);
    } else if (missed.entries.size > 0 || missed.seq !== missed.prevSeq) {
      // Also where nothing is left to tell but the sequence: the next change goes on from there.
      const payload = this.conflatedPayload(missed.entries);
      subscriber.client.send(this.delta(missed.prevSeq, missed.seq, payload));
    }
    subscriber.seq = this.sent;
  }

  private missedBy(seq: number): Change<Entry> | null {
    return seq === this.sent
      ? { prevSeq: seq, seq, entries: this.changedSince() }
      : this.recent.since(seq);
  }

  private deliver(subscriber: Subscriber, frame: Frame): void {
    const { client } = subscriber;
    const { prev_seq: prevSeq, seq = null } = frame.body;
    if (subscriber.seq !== prevSeq || !this.live.has(subscriber) || client.isBehind) return;
    client.send(frame);
    subscriber.seq = seq;
  }
}
