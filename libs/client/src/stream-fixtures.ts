import type { StreamMessage, StreamRequest } from './messages';
import { createStream } from './live-stream';
import type { StreamError, StreamStatus, TradeFlowStream, WebSocketLike } from './stream';

/** A WebSocket whose other side is the test. */
export class FakeSocket implements WebSocketLike {
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  readonly sent: StreamRequest[] = [];
  closedWith: number | null = null;

  constructor(readonly url: string) {}

  send(data: string): void {
    if (this.readyState !== 1) throw new Error('the socket is not open');
    this.sent.push(JSON.parse(data) as StreamRequest);
  }

  close(code = 1005): void {
    this.closedWith = code;
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  say(...messages: unknown[]): void {
    for (const message of messages) this.text(JSON.stringify(message));
  }

  text(data: unknown): void {
    this.onmessage?.({ data } as never);
  }

  /** The connection ends from the other side. */
  end(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code } as never);
  }

  /** What was asked since the last look. */
  asked(): StreamRequest[] {
    return this.sent.splice(0);
  }
}

export interface Stage {
  stream: TradeFlowStream;
  sockets: FakeSocket[];
  /** The latest one. @throws when there is none. */
  socket: () => FakeSocket;
  /** Lets the pause go by, and opens the next connection. */
  reconnect: (code?: number) => FakeSocket;
  errors: StreamError[];
  statuses: StreamStatus[];
}

/** A stream on fake sockets; timers have to be fake too. */
export function stage(): Stage {
  const sockets: FakeSocket[] = [];
  class Socket extends FakeSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  const stream = createStream({ url: 'ws://test/stream', WebSocket: Socket });
  const errors: StreamError[] = [];
  const statuses: StreamStatus[] = [];
  stream.onError((error) => errors.push(error));
  stream.onStatus((status) => statuses.push(status));
  const socket = () => {
    const latest = sockets.at(-1);
    if (latest === undefined) throw new Error('no connection was opened');
    return latest;
  };
  const reconnect = (code = 1006) => {
    socket().end(code);
    jest.advanceTimersByTime(10_000);
    socket().open();
    return socket();
  };
  return { stream, sockets, socket, reconnect, errors, statuses };
}

/** Timers stand still; promises do not. */
export function useFakeTimers(): void {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
}

/** What was put off to the end of the present turn is done. */
export async function turn(): Promise<void> {
  await Promise.resolve();
}

type Members<Type extends StreamMessage['type']> = Partial<Extract<StreamMessage, { type: Type }>>;

export function snapshot(channel: string, seq: number, payload: object): Members<'snapshot'> {
  return { type: 'snapshot', channel, seq, ...payload };
}

export function delta(
  channel: string,
  prevSeq: number,
  seq: number,
  payload: object,
): Members<'delta'> {
  return { type: 'delta', channel, prev_seq: prevSeq, seq, ...payload };
}

export const unsubscribed = (channel: string): object => ({ type: 'unsubscribed', channel });
export const resumed = (channel: string, seq: number): object => ({
  type: 'resumed',
  channel,
  seq,
});
export const refusal = (code: string, channel?: string): object => ({
  type: 'error',
  code,
  detail: `because of ${code}`,
  channel,
});
