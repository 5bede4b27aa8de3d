import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';

const TIMEOUT_MS = 15_000;

/** One message of a stream. */
export interface StreamFrame {
  type: string;
  channel?: string;
  seq?: number;
  prev_seq?: number;
  code?: string | number;
  // What the channels have.
  bids?: [string, string, number][];
  asks?: [string, string, number][];
  checksum?: number;
  trades?: { trade_id: number; price: string }[];
  ticker?: Record<string, unknown>;
  candles?: { start: string }[];
  orders?: { id: number; status: string; filled_quantity?: string; client_order_id?: string }[];
  user_ids?: number[];
  more?: boolean;
}

/** Messages in the order in which they came, and those who wait for one. */
class Inbox {
  readonly frames: StreamFrame[] = [];
  private waiting: (() => void)[] = [];

  push(text: string): void {
    this.frames.push(JSON.parse(text) as StreamFrame);
    this.changed();
  }

  changed(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** The first message that matches, one that came already too. @throws when none comes in time. */
  async find(matches: (frame: StreamFrame) => boolean, what = 'a message'): Promise<StreamFrame> {
    const untilMs = Date.now() + TIMEOUT_MS;
    for (;;) {
      const found = this.frames.find(matches);
      if (found !== undefined) return found;
      const leftMs = untilMs - Date.now();
      if (leftMs <= 0) {
        const last = JSON.stringify(this.frames.slice(-3)).slice(0, 2000);
        throw new Error(`${what} did not come; the last ones were ${last}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  of(channel: string): StreamFrame[] {
    return this.frames.filter((frame) => frame.channel === channel);
  }
}

/** A WebSocket at `/stream`. */
export class StreamSocket extends Inbox {
  readonly closed: Promise<number>;

  private constructor(readonly webSocket: WebSocket) {
    super();
    webSocket.on('message', (data: Buffer) => this.push(data.toString('utf8')));
    this.closed = new Promise((resolve) => {
      webSocket.on('close', (code) => {
        resolve(code);
        this.changed();
      });
    });
    webSocket.on('error', () => undefined);
  }

  static async open(baseUrl: string): Promise<StreamSocket> {
    const webSocket = new WebSocket(`${baseUrl.replace('http', 'ws')}/stream`);
    const socket = new StreamSocket(webSocket);
    await once(webSocket, 'open');
    return socket;
  }

  send(message: unknown): void {
    this.webSocket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(channel: string, fromSeq?: number): void {
    const from = fromSeq === undefined ? {} : { from_seq: fromSeq };
    this.send({ op: 'subscribe', channel, ...from });
  }

  /** Subscribes and waits for the first answer. */
  async begin(channel: string, fromSeq?: number): Promise<StreamFrame> {
    this.subscribe(channel, fromSeq);
    return this.find((frame) => frame.channel === channel, `an answer of ${channel}`);
  }

  close(): void {
    this.webSocket.close();
  }

  /** As a cable that is pulled out: no farewell. */
  cut(): void {
    this.webSocket.terminate();
  }
}

/** A stream of server-sent events. */
export class EventStream extends Inbox {
  readonly ids: string[] = [];
  readonly events: string[] = [];
  readonly ended: Promise<void>;
  private text = '';

  private constructor(readonly response: IncomingMessage) {
    super();
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.read(text));
    response.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      response.on('close', () => resolve());
    });
  }

  static async open(
    baseUrl: string,
    query: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<EventStream> {
    const path = `/stream?${new URLSearchParams(query).toString()}`;
    const request = get(baseUrl + path, { headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return new EventStream(response);
  }

  close(): void {
    this.response.destroy();
  }

  private read(text: string): void {
    this.text += text;
    for (let end = this.text.indexOf('\n\n'); end !== -1; end = this.text.indexOf('\n\n')) {
      const lines = this.text.slice(0, end).split('\n');
      this.text = this.text.slice(end + 2);
      const valueOf = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = valueOf('data');
      if (data === undefined) continue;
      this.events.push(valueOf('event') ?? '');
      this.ids.push(valueOf('id') ?? '');
      this.push(data);
    }
  }
}

/** A copy of a book that is kept by a channel's messages. @throws when a message does not follow the one before. */
export class StreamedBook {
  seq: number | null = null;
  /** Checksums that were right. */
  checked = 0;
  private readonly bids = new Map<string, [string, string, number]>();
  private readonly asks = new Map<string, [string, string, number]>();

  /** @param checksumOf of both sides, best prices first. */
  constructor(private readonly checksumOf: (text: string) => number) {}

  take(frame: StreamFrame): void {
    if (frame.type === 'snapshot') {
      this.bids.clear();
      this.asks.clear();
    } else if (frame.type !== 'delta') {
      return;
    } else if (frame.prev_seq !== this.seq) {
      throw new Error(`a delta from ${frame.prev_seq} came at ${this.seq}`);
    }
    this.seq = frame.seq ?? null;
    apply(this.bids, frame.bids ?? []);
    apply(this.asks, frame.asks ?? []);
    if (frame.checksum === undefined) return;
    const { bids, asks } = this.sides();
    const text = [bids, asks]
      .map((side) =>
        side
          .slice(0, 25)
          .map(([price, quantity]) => `${price}:${quantity}`)
          .join(','),
      )
      .join('|');
    if (this.checksumOf(text) !== frame.checksum) {
      throw new Error(`the checksum of ${this.seq} is not that of ${text}`);
    }
    this.checked += 1;
  }

  sides(): { bids: [string, string, number][]; asks: [string, string, number][] } {
    const sorted = (side: Map<string, [string, string, number]>, direction: number) =>
      [...side.values()].sort((a, b) => (Number(a[0]) - Number(b[0])) * direction);
    return { bids: sorted(this.bids, -1), asks: sorted(this.asks, 1) };
  }
}

function apply(
  side: Map<string, [string, string, number]>,
  levels: readonly [string, string, number][],
): void {
  for (const level of levels) {
    if (level[1] === '0') side.delete(level[0]);
    else side.set(level[0], level);
  }
}
