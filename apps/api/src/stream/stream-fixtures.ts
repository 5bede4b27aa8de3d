import type { MarketUpdate } from '@app/contracts';
import { Log } from '@app/platform';
import { FanOut } from './fan-out';
import type { Frame, FrameBody } from './frame';
import { StreamClient } from './stream-client';
import type { Subscriber } from './channel';

/** A client that keeps what it gets; `buffered` is what it says waits for it. */
export class RecordingClient extends StreamClient {
  readonly received: FrameBody[] = [];
  buffered = 0;
  closedWith: number | null = null;

  get bufferedBytes(): number {
    return this.buffered;
  }

  get isOpen(): boolean {
    return this.closedWith === null;
  }

  close(code: number): void {
    this.closedWith = code;
    this.released();
  }

  /** What waited is gone. */
  drain(): void {
    this.buffered = 0;
    this.released();
  }

  protected write(frame: Frame): void {
    // As a client reads it.
    const message = frame.webSocketMessage();
    this.received.push(JSON.parse(message.toString('utf8').replace(/^[^{]*/, '')) as FrameBody);
  }
}

export function subscriberOf(
  client: StreamClient,
  seq: number | null = null,
): Subscriber & {
  errors: unknown[];
} {
  const errors: unknown[] = [];
  return { client, seq, errors, fail: (error) => errors.push(error) };
}

export const silentLog = (): Log => {
  const log = Object.create(Log.prototype) as Log;
  return Object.assign(log, {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string, fields: unknown) => {
      throw new Error(`${message}: ${JSON.stringify(fields)}`);
    },
  });
};

const fanOuts: FanOut[] = [];

export function fanOut(): FanOut {
  const made = new FanOut(silentLog());
  fanOuts.push(made);
  return made;
}

export function marketUpdate(
  prevSeq: number,
  seq: number,
  change: Partial<MarketUpdate> = {},
): MarketUpdate {
  return {
    type: 'MARKET_UPDATED',
    event_id: 'e',
    occurred_at: '2026-01-02T03:04:05.678Z',
    item: 'AAPL',
    prev_seq: prevSeq,
    seq,
    state: 'TRADING',
    trades: [],
    levels: [],
    orders: [],
    ...change,
  };
}

/** All that is on its way has arrived. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20 || fanOuts.some(({ isIdle }) => !isIdle); turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
