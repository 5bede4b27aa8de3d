import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Subscribers of one channel in a process of their own; the parent says what to do by messages. */
export interface SubscribersTask {
  port: number;
  channel: string;
  /** How many read what they get. */
  subscribers: number;
  /** How many never read anything. */
  stuck: number;
}

/** When a message was first seen by any subscriber, and how much later by each. */
export interface Receipt {
  seq: number;
  firstMs: number;
  laterMs: number[];
  /** Prices that changed. */
  prices: string[];
}

export type FromParent = { type: 'begin'; task: SubscribersTask } | { type: 'report' };
export type ToParent =
  | { type: 'began' }
  | { type: 'report'; gaps: number; messages: number; closed: number; receipts: Receipt[] };

const CONNECTING_AT_ONCE = 200;

const receipts = new Map<number, Receipt>();
let gaps = 0;
let messages = 0;
let closed = 0;
let snapshots = 0;

const nowMs = (): number => performance.timeOrigin + performance.now();

async function subscribe({ port, channel }: SubscribersTask, reads: boolean): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed += 1;
  });
  await once(socket, 'connect');
  socket.write(
    'GET /stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error('no WebSocket');
  socket.write(clientMessage(JSON.stringify({ op: 'subscribe', channel })));
  if (reads) readFrames(socket);
  else socket.pause();
}

/** Clients mask; with zeros nothing changes. */
function clientMessage(text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([header, payload]);
}

function readFrames(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  let seq = -1;
  socket.on('data', (data: Buffer) => {
    let buffer = rest.length === 0 ? data : Buffer.concat([rest, data]);
    for (;;) {
      const frame = frameIn(buffer);
      if (frame === null) break;
      const { opcode, from, to } = frame;
      if (opcode === 9) socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
      if (opcode === 1) seq = take(buffer.toString('latin1', from, to), seq);
      buffer = buffer.subarray(to);
    }
    rest = buffer;
  });
}

function frameIn(buffer: Buffer): { opcode: number; from: number; to: number } | null {
  if (buffer.length < 2) return null;
  const short = buffer[1]!;
  const from = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (buffer.length < from) return null;
  const length =
    short < 126
      ? short
      : short === 126
        ? buffer.readUInt16BE(2)
        : Number(buffer.readBigUInt64BE(2));
  const to = from + length;
  return buffer.length < to ? null : { opcode: buffer[0]! & 0x0f, from, to };
}

const DELTA = /"prev_seq":(\d+),"seq":(\d+)/;
const SNAPSHOT = /"type":"snapshot".*?"seq":(\d+)/;

/** @returns where the subscriber stands now. */
function take(text: string, at: number): number {
  const delta = DELTA.exec(text);
  if (delta === null) {
    const snapshot = SNAPSHOT.exec(text);
    if (snapshot === null) throw new Error(`an unknown message: ${text}`);
    snapshots += 1;
    return Number(snapshot[1]);
  }
  messages += 1;
  if (Number(delta[1]) !== at) gaps += 1;
  const seq = Number(delta[2]);
  const now = nowMs();
  const receipt = receipts.get(seq);
  if (receipt === undefined) {
    const { bids } = JSON.parse(text) as { bids: [string][] };
    receipts.set(seq, { seq, firstMs: now, laterMs: [0], prices: bids.map(([price]) => price) });
  } else {
    receipt.laterMs.push(now - receipt.firstMs);
  }
  return seq;
}

async function begin(task: SubscribersTask): Promise<void> {
  for (let count = 0; count < task.subscribers + task.stuck; count += CONNECTING_AT_ONCE) {
    const some = Math.min(CONNECTING_AT_ONCE, task.subscribers + task.stuck - count);
    await Promise.all(
      Array.from({ length: some }, (_, index) => subscribe(task, count + index < task.subscribers)),
    );
  }
  while (snapshots < task.subscribers) await new Promise((resolve) => setTimeout(resolve, 20));
  tell({ type: 'began' });
}

function tell(message: ToParent): void {
  process.send?.(message);
}

process.on('message', (message: FromParent) => {
  if (message.type === 'begin') {
    void begin(message.task);
    return;
  }
  tell({ type: 'report', gaps, messages, closed, receipts: [...receipts.values()] });
});
process.on('disconnect', () => process.exit(0));
