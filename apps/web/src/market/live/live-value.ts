import type { Subscription } from '@app/client';
import { client } from '../../client';
import { beforeNextFrame, notBeforeNextFrame } from './frame';

export interface Live<T> {
  /** `null` until the first message. */
  readonly value: T | null;
  /** Why there is nothing, where the server refused. */
  readonly error: string | null;
}

interface LiveOptions<T> {
  /** As the stream names it: what the server says of the channel is found by it. */
  channel: string;
  open: (publish: (next: T) => void) => Subscription;
  /** Keeps the last value while nobody looks: to show it at once when somebody looks again. */
  keep?: boolean;
  /** Waits so long before it follows: what is only scrolled past need not be. */
  openAfterMs?: number;
  /** Follows on so long when nobody looks. */
  closeAfterMs?: number;
}

/** Faults after which the client has the whole anew, a moment later. */
const MENDED_AT_ONCE = new Set(['GAP', 'CHECKSUM', 'INVALID_MESSAGE']);
/** What was known stays, until the server can be asked again. */
const ASKED_AGAIN = new Set(['STORE_UNAVAILABLE', 'INTERNAL_ERROR']);

const NOTHING: Live<never> = { value: null, error: null };

/** The last that a channel said. Followed while somebody looks, shared by all who do, told at most once a frame. */
export class LiveValue<T> {
  private shown: Live<T> = NOTHING;
  private latest: Live<T> = NOTHING;
  private readonly listeners = new Set<() => void>();
  private stop: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: LiveOptions<T>) {}

  readonly get = (): Live<T> => this.shown;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    clearTimeout(this.timer);
    if (this.stop === null) this.later(this.options.openAfterMs, this.open);
    return () => {
      this.listeners.delete(changed);
      if (this.listeners.size > 0) return;
      clearTimeout(this.timer);
      this.later(this.options.closeAfterMs, this.close);
    };
  };

  private later(ms: number | undefined, task: () => void): void {
    if (ms === undefined) task();
    else this.timer = setTimeout(task, ms);
  }

  private readonly open = (): void => {
    const unlisten = client.stream.onError(({ channel, code, detail }) => {
      if (channel !== this.options.channel || MENDED_AT_ONCE.has(code)) return;
      this.publish({ value: ASKED_AGAIN.has(code) ? this.latest.value : null, error: detail });
    });
    const subscription = this.options.open((value) => this.publish({ value, error: null }));
    this.stop = () => {
      unlisten();
      subscription.close();
    };
  };

  private readonly close = (): void => {
    this.stop?.();
    this.stop = null;
    notBeforeNextFrame(this.show);
    if (this.options.keep !== true) this.latest = NOTHING;
    this.shown = this.latest;
  };

  private publish(next: Live<T>): void {
    this.latest = next;
    beforeNextFrame(this.show);
  }

  private readonly show = (): void => {
    this.shown = this.latest;
    for (const listener of this.listeners) listener();
  };
}

/** Live values by their keys: one each. */
export class LiveValues<T> {
  private readonly values = new Map<string, LiveValue<T>>();

  constructor(private readonly make: (key: string) => LiveValue<T>) {}

  of(key: string): LiveValue<T> {
    let value = this.values.get(key);
    if (value === undefined) {
      value = this.make(key);
      this.values.set(key, value);
    }
    return value;
  }
}
