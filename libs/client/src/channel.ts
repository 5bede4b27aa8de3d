import { Backoff } from './backoff';
import type { Fault } from './faults';
import type {
  DeltaMessage,
  ErrorMessage,
  SnapshotMessage,
  StreamMessage,
  StreamRequest,
} from './messages';
import { callSafely } from './report-error';

const BACKOFF = { firstMs: 500, longestMs: 10_000, heldMs: 10_000 };

/** What a channel needs of its stream. */
export interface ChannelLink {
  /** @returns false where there is no open connection; the channel is told when there is one. */
  send(request: StreamRequest): boolean;
  report(error: { code: string; detail: string; channel: string }): void;
  /** Nobody follows it, and the server has done with it. */
  done(name: string): void;
}

/**
 * Where the channel stands with the server: `off`, `asked` (no answer yet), `live`, `leaving` (it was told to stop),
 * `pausing` before it asks again, `refused`.
 */
type Phase = 'off' | 'asked' | 'live' | 'leaving' | 'pausing' | 'refused';

/** One channel: a single subscription at the server, whoever and however many follow it here. */
export abstract class Channel<Follower extends object> {
  /** The `seq` of the last message; null: only a snapshot can follow. */
  protected seq: number | null = null;
  /** What the server was asked to resume from; null: it was asked for a snapshot. */
  protected askedFrom: number | null = null;
  protected readonly followers = new Set<Follower>();
  private phase: Phase = 'off';
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** Before the server is asked again, once it has let go. */
  private pauseMs = 0;
  private readonly backoff = new Backoff(BACKOFF);

  constructor(
    readonly name: string,
    private readonly link: ChannelLink,
  ) {}

  add(follower: Follower): void {
    this.followers.add(follower);
    if (this.phase === 'off' || this.phase === 'refused') this.ask();
  }

  remove(follower: Follower): void {
    if (!this.followers.delete(follower) || this.followers.size > 0) return;
    this.seq = null;
    this.forget();
    if (this.phase === 'asked' || this.phase === 'live') this.leave(0);
    else if (this.phase !== 'leaving') this.finish();
  }

  /** There is a connection: what is followed is asked for. */
  connected(): void {
    if (this.followers.size > 0) this.ask();
  }

  /** The connection is gone, and with it all that the server knew. */
  disconnected(): void {
    this.clearTimer();
    this.phase = 'off';
    if (this.followers.size === 0) this.finish();
  }

  /** Nothing happens any more. */
  close(): void {
    this.clearTimer();
    this.followers.clear();
    this.phase = 'off';
  }

  receive(message: StreamMessage): void {
    switch (message.type) {
      case 'unsubscribed':
        if (this.phase === 'leaving') this.left();
        return;
      case 'error':
        this.refused(message);
        return;
      case 'resumed':
        if (this.phase === 'asked' && this.seq !== null) this.phase = 'live';
        return;
      case 'snapshot':
        this.takeSnapshot(message);
        return;
      case 'delta':
        this.takeDelta(message);
        return;
      case 'cancel_on_disconnect':
      case 'pong':
      case 'close':
    }
  }

  /** Replaces all that there was. */
  protected abstract begin(message: SnapshotMessage): Fault | null;
  /** The message follows `seq`. */
  protected abstract follow(message: DeltaMessage): Fault | null;
  /** @returns behind which sequence all is wanted; null: a snapshot is. */
  protected abstract resumeFrom(): number | null;
  /** Nobody needs the copy any more. */
  protected abstract forget(): void;

  /** The copy does not hold. Those that can be resumed exactly keep what was right until then. */
  protected doubt(): void {
    this.forget();
  }

  /** Calls each follower of this moment that is still one when its turn comes. */
  protected each(tell: (follower: Follower) => void): void {
    for (const follower of Array.from(this.followers)) {
      if (this.followers.has(follower)) callSafely(() => tell(follower));
    }
  }

  /** Asks the server anew, for something else than it was asked for; no fault of anybody. */
  protected askAnew(): void {
    if (this.phase === 'asked' || this.phase === 'live') this.leave(0);
  }

  private takeSnapshot(message: SnapshotMessage): void {
    if (this.phase !== 'asked' && this.phase !== 'live') return;
    this.phase = 'live';
    this.seq = message.seq;
    this.settle(this.begin(message));
  }

  private takeDelta(message: DeltaMessage): void {
    if (this.phase !== 'live') return;
    if (message.prev_seq !== this.seq) {
      const detail = `a message that follows ${message.prev_seq} came at ${String(this.seq)}`;
      this.settle({ code: 'GAP', detail });
      return;
    }
    this.seq = message.seq;
    this.settle(this.follow(message));
  }

  /** A copy that does not hold is thrown away and asked for anew: at once, and with a growing pause if that goes on. */
  private settle(fault: Fault | null): void {
    if (fault === null) {
      this.backoff.succeeded();
      return;
    }
    const pauseMs = this.backoff.failed();
    this.seq = null;
    this.doubt();
    this.leave(this.backoff.isFirst ? 0 : pauseMs);
    this.report(fault);
  }

  private refused({ code, detail }: ErrorMessage): void {
    if (this.phase === 'leaving') {
      // Another error says that the server had let go by itself; then this one follows.
      if (code === 'NOT_SUBSCRIBED') this.left();
      return;
    }
    if (code === 'STORE_UNAVAILABLE' || code === 'INTERNAL_ERROR') {
      this.pause(this.backoff.failed());
    } else if (code === 'ALREADY_SUBSCRIBED') {
      this.leave(this.backoff.failed());
    } else {
      this.phase = 'refused';
    }
    this.report({ code, detail });
  }

  private ask(): void {
    this.clearTimer();
    const from = this.resumeFrom();
    this.seq = from;
    this.askedFrom = from;
    const resume = from === null ? {} : { from_seq: from };
    const isSent = this.link.send({ op: 'subscribe', channel: this.name, ...resume });
    this.phase = isSent ? 'asked' : 'off';
  }

  private leave(pauseMs: number): void {
    this.pauseMs = pauseMs;
    this.phase = 'leaving';
    this.link.send({ op: 'unsubscribe', channel: this.name });
  }

  private left(): void {
    if (this.followers.size === 0) this.finish();
    else if (this.pauseMs === 0) this.ask();
    else this.pause(this.pauseMs);
  }

  private pause(ms: number): void {
    this.clearTimer();
    this.phase = 'pausing';
    this.timer = setTimeout(() => this.ask(), ms);
  }

  private finish(): void {
    this.clearTimer();
    this.phase = 'off';
    this.link.done(this.name);
  }

  private report({ code, detail }: { code: string; detail: string }): void {
    this.link.report({ code, detail, channel: this.name });
  }

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
