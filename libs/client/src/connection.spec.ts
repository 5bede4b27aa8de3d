import { ANSWER_MS, QUIET_MS } from './pulse';
import { createStream } from './live-stream';
import { resumed, snapshot, stage, turn, useFakeTimers } from './stream-fixtures';

const BOOK = 'book:A';
const EMPTY = { state: 'TRADING', bids: [], asks: [] };
const nothing = () => undefined;

beforeEach(() => useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** How long it takes from now on until the next connection is tried, ms. */
function pauseOf(sockets: readonly unknown[]): number {
  const before = sockets.length;
  for (let ms = 0; ms < 60_000; ms += 10) {
    if (sockets.length > before) return ms;
    jest.advanceTimersByTime(10);
  }
  throw new Error('no connection was tried');
}

describe('the connection of a stream', () => {
  it('is opened with the first subscription, once for all', () => {
    const { stream, sockets, socket, statuses } = stage();
    expect([stream.status, sockets.length]).toEqual(['idle', 0]);
    stream.book('A', nothing);
    stream.trades('B', nothing);
    stream.book('A', nothing);
    expect([stream.status, sockets.length, socket().url]).toEqual([
      'connecting',
      1,
      'ws://test/stream',
    ]);
    socket().open();
    expect(socket().asked()).toEqual([
      { op: 'subscribe', channel: BOOK },
      { op: 'subscribe', channel: 'trades:B' },
    ]);
    stream.orders(7, nothing);
    stream.candles('a:b', '1m', nothing);
    stream.ticker('a:b', nothing);
    expect(socket().asked()).toEqual([
      { op: 'subscribe', channel: 'orders:7' },
      { op: 'subscribe', channel: 'candles:a:b:1m' },
      { op: 'subscribe', channel: 'ticker:a:b' },
    ]);
    expect(statuses).toEqual(['connecting', 'open']);
  });

  it('comes back by itself after pauses that grow, and says so', () => {
    const { stream, sockets, socket, statuses } = stage();
    stream.book('A', nothing);
    const pauses = [];
    for (let count = 0; count < 9; count += 1) {
      socket().end();
      pauses.push(pauseOf(sockets));
    }
    for (const [index, pauseMs] of pauses.entries()) {
      const longestMs = Math.min(10_000, 250 * 2 ** index);
      expect(pauseMs).toBeGreaterThanOrEqual(longestMs / 2 - 10);
      expect(pauseMs).toBeLessThanOrEqual(longestMs + 10);
    }
    expect(stream.status).toBe('reconnecting');
    socket().open();
    expect(socket().asked()).toEqual([{ op: 'subscribe', channel: BOOK }]);
    expect(statuses).toEqual(['connecting', 'reconnecting', 'open']);
  });

  it('is tried soon again after one that held, and not after one that did not', () => {
    const { stream, sockets, socket } = stage();
    stream.book('A', nothing);
    for (let count = 0; count < 6; count += 1) {
      socket().open();
      jest.advanceTimersByTime(100);
      socket().end();
      pauseOf(sockets);
    }
    socket().end();
    expect(pauseOf(sockets)).toBeGreaterThan(4000);
    socket().open();
    jest.advanceTimersByTime(5000);
    socket().end();
    expect(pauseOf(sockets)).toBeLessThanOrEqual(260);
  });

  it('gives up an attempt that does not come through', () => {
    const { stream, sockets, socket } = stage();
    stream.book('A', nothing);
    const first = socket();
    jest.advanceTimersByTime(10_000);
    expect([first.closedWith, stream.status]).toEqual([1005, 'reconnecting']);
    jest.advanceTimersByTime(1000);
    expect(sockets).toHaveLength(2);
    // What the first does now is nobody's concern.
    first.open();
    expect(stream.status).toBe('reconnecting');
  });

  it.each([
    [1001, []],
    [1009, ['MESSAGE_TOO_BIG']],
    [1013, ['TRY_AGAIN_LATER']],
    [4008, ['SLOW_CONSUMER']],
  ])('comes back when the server closes it with %d', (code, codes) => {
    const { stream, sockets, socket, errors } = stage();
    stream.book('A', nothing);
    socket().open();
    socket().say(snapshot(BOOK, 6, EMPTY));
    socket().end(code);
    const pauseMs = pauseOf(sockets);
    if (code === 1013) expect(pauseMs).toBeGreaterThanOrEqual(1000);
    else expect(pauseMs).toBeLessThan(300);
    expect(errors.map((error) => error.code)).toEqual(codes);
    socket().open();
    expect(socket().asked()).toEqual([{ op: 'subscribe', channel: BOOK, from_seq: 6 }]);
  });

  it('leaves nothing behind when it is closed, in whatever state', () => {
    const acts = [
      (_: ReturnType<typeof stage>) => undefined,
      ({ socket }: ReturnType<typeof stage>) => socket().open(),
      ({ socket }: ReturnType<typeof stage>) => socket().end(),
      ({ socket }: ReturnType<typeof stage>) => {
        socket().open();
        socket().say({ type: 'error', code: 'STORE_UNAVAILABLE', detail: '', channel: BOOK });
      },
    ];
    for (const act of acts) {
      const all = stage();
      const { stream, socket, sockets, statuses } = all;
      const book = jest.fn();
      const subscription = stream.book('A', book);
      act(all);
      stream.close();
      stream.close();
      expect(jest.getTimerCount()).toBe(0);
      socket().open();
      socket().say(snapshot(BOOK, 1, EMPTY));
      subscription.close();
      expect(book).not.toHaveBeenCalled();
      expect([stream.status, statuses.at(-1), sockets.length]).toEqual(['closed', 'closed', 1]);
      expect(() => stream.book('A', book)).toThrow('the stream is closed');
    }
  });

  it('is closed without ever having been opened', () => {
    const { stream, sockets } = stage();
    stream.close();
    expect([stream.status, sockets.length]).toEqual(['closed', 0]);
  });

  it('asks a server that is silent, and leaves one that does not answer', () => {
    const { stream, sockets, socket } = stage();
    const book = jest.fn();
    stream.book('A', book);
    socket().open();
    socket().asked();
    jest.advanceTimersByTime(QUIET_MS - 1000);
    socket().say(snapshot(BOOK, 1, EMPTY));
    jest.advanceTimersByTime(QUIET_MS - 1000);
    expect(socket().asked()).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(socket().asked()).toEqual([{ op: 'ping' }]);
    jest.advanceTimersByTime(ANSWER_MS - 1);
    socket().say({ type: 'pong' });
    jest.advanceTimersByTime(QUIET_MS + ANSWER_MS - 1);
    expect([socket().asked(), sockets.length]).toEqual([[{ op: 'ping' }], 1]);
    jest.advanceTimersByTime(1);
    expect([socket().closedWith, stream.status]).toEqual([1005, 'reconnecting']);
    const [dead] = sockets;
    jest.advanceTimersByTime(250);
    expect(sockets).toHaveLength(2);
    socket().open();
    dead?.say(snapshot(BOOK, 2, EMPTY));
    dead?.end();
    expect([book.mock.calls.length, stream.status]).toEqual([1, 'open']);
  });

  it('asks once more after a sleep, before it believes that nobody answered', () => {
    const { stream, socket } = stage();
    stream.book('A', nothing);
    socket().open();
    jest.advanceTimersByTime(QUIET_MS);
    socket().asked();
    const now = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => now + 3_600_000);
    jest.advanceTimersByTime(ANSWER_MS);
    expect([socket().asked(), stream.status]).toEqual([[{ op: 'ping' }], 'open']);
    jest.restoreAllMocks();
    jest.spyOn(performance, 'now').mockImplementation(() => now + 3_600_000 + ANSWER_MS);
    jest.advanceTimersByTime(ANSWER_MS);
    expect(stream.status).toBe('reconnecting');
  });

  it('does not wait any longer once the network is back', () => {
    const listeners = new Map<string, () => void>();
    const browser = globalThis as unknown as Record<string, unknown>;
    browser.addEventListener = (type: string, listener: () => void) =>
      listeners.set(type, listener);
    browser.removeEventListener = (type: string) => listeners.delete(type);
    try {
      const { stream, sockets, socket } = stage();
      stream.book('A', nothing);
      for (let count = 0; count < 8; count += 1) {
        socket().end();
        pauseOf(sockets);
      }
      socket().end();
      const before = sockets.length;
      listeners.get('online')?.();
      listeners.get('online')?.();
      expect(sockets).toHaveLength(before + 1);
      socket().open();
      socket().asked();
      listeners.get('online')?.();
      expect(socket().asked()).toEqual([{ op: 'ping' }]);
      jest.advanceTimersByTime(ANSWER_MS);
      expect(stream.status).toBe('reconnecting');
      stream.close();
      expect(listeners.size).toBe(0);
    } finally {
      delete browser.addEventListener;
      delete browser.removeEventListener;
    }
  });

  it('does not go on with a server that it does not understand', () => {
    const { stream, socket, sockets, errors } = stage();
    stream.book('A', nothing);
    socket().open();
    socket().text('<html>');
    expect(errors).toMatchObject([{ code: 'INVALID_MESSAGE' }]);
    expect([stream.status, socket().closedWith]).toEqual(['reconnecting', 1005]);
    jest.advanceTimersByTime(250);
    socket().open();
    socket().say({ type: 'news of a later version' });
    expect([stream.status, sockets.length]).toEqual(['open', 2]);
  });

  it('is cut where it can be, when nobody answers', () => {
    const { stream, socket } = stage();
    stream.book('A', nothing);
    const terminate = jest.fn();
    Object.assign(socket(), { terminate });
    socket().open();
    jest.advanceTimersByTime(QUIET_MS + ANSWER_MS);
    expect(terminate).toHaveBeenCalledTimes(1);
  });

  it('says what is missing where there is no WebSocket', () => {
    const browser = globalThis as { WebSocket?: unknown };
    const own = browser.WebSocket;
    delete browser.WebSocket;
    const stream = createStream({ url: 'ws://test/stream' });
    expect(() => stream.book('A', nothing)).toThrow("import { WebSocket } from 'ws'");
    expect([stream.status, jest.getTimerCount()]).toEqual(['idle', 0]);
    if (own !== undefined) browser.WebSocket = own;
  });

  it('tells each listener, also when another one throws', async () => {
    const { stream, socket } = stage();
    const reported = jest.fn();
    Object.assign(globalThis, { reportError: reported });
    const [first, second] = [jest.fn(), jest.fn()];
    stream.onStatus(() => {
      throw new Error('a listener');
    });
    const stop = stream.onStatus(first);
    stream.onStatus(second);
    stream.book('A', nothing);
    stop();
    socket().open();
    await turn();
    expect([first.mock.calls, second.mock.calls]).toEqual([
      [['connecting']],
      [['connecting'], ['open']],
    ]);
    expect(reported).toHaveBeenCalledTimes(2);
    Reflect.deleteProperty(globalThis, 'reportError');
  });
});

describe('orders to cancel on disconnect', () => {
  it('are named on every connection, before anything else', () => {
    const { stream, socket, reconnect, errors } = stage();
    stream.cancelOnDisconnect([]);
    expect(stream.status).toBe('idle');
    stream.cancelOnDisconnect([7, 8]);
    stream.book('A', nothing);
    socket().open();
    const guard = { op: 'cancel_on_disconnect', user_ids: [7, 8] };
    expect(socket().asked()).toEqual([guard, { op: 'subscribe', channel: BOOK }]);
    reconnect();
    expect(socket().asked()[0]).toEqual(guard);
    stream.cancelOnDisconnect([]);
    expect(socket().asked()).toEqual([{ op: 'cancel_on_disconnect', user_ids: [] }]);
    socket().say({ type: 'cancel_on_disconnect', user_ids: [] });
    socket().say({ type: 'error', code: 'INVALID_MESSAGE', detail: 'too many' });
    expect(errors).toEqual([{ code: 'INVALID_MESSAGE', detail: 'too many' }]);
    reconnect();
    expect(socket().asked()).toEqual([{ op: 'subscribe', channel: BOOK }]);
    socket().say(resumed(BOOK, 1));
  });
});
