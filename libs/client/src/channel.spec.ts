import { bookChecksum } from './book-checksum';
import type { BookView, Level } from './stream';
import {
  delta,
  refusal,
  resumed,
  snapshot,
  type Stage,
  stage,
  turn,
  unsubscribed,
  useFakeTimers,
} from './stream-fixtures';

const BOOK = 'book:A';
const ASK = { op: 'subscribe', channel: BOOK };
const LEAVE = { op: 'unsubscribe', channel: BOOK };
const BIDS: Level[] = [
  ['99.50', '2', 1],
  ['98.00', '1', 1],
];
const ASKS: Level[] = [
  ['101.00', '1.5', 1],
  ['102.00', '4', 2],
];
const SIX = snapshot(BOOK, 6, {
  state: 'HALTED',
  bids: BIDS,
  asks: ASKS,
  checksum: bookChecksum(BIDS, ASKS),
});
const change = (prevSeq: number, seq: number, payload: object = {}) =>
  delta(BOOK, prevSeq, seq, { state: 'TRADING', bids: [], asks: [], ...payload });

/** A book that is live at 6. */
function followed(): Stage & { views: BookView[]; last: () => BookView | undefined } {
  const all = stage();
  const views: BookView[] = [];
  all.stream.book('A', (view) => views.push(view));
  all.socket().open();
  all.socket().say(SIX);
  all.socket().asked();
  return { ...all, views, last: () => views.at(-1) };
}

beforeEach(() => useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a book that is followed', () => {
  it('is told whole, as a new object with each change, its unchanged side the same', () => {
    const { socket, views } = followed();
    socket().say(
      change(6, 9, {
        bids: [
          ['99.50', '0', 0],
          ['100.00', '3', 2],
        ],
      }),
    );
    expect(views).toEqual([
      { item: 'A', seq: 6, state: 'HALTED', bids: BIDS, asks: ASKS },
      {
        item: 'A',
        seq: 9,
        state: 'TRADING',
        bids: [
          ['100.00', '3', 2],
          ['98.00', '1', 1],
        ],
        asks: ASKS,
      },
    ]);
    expect(views[1]?.asks).toBe(views[0]?.asks);
    expect(views[0]?.bids).toEqual(BIDS);
  });

  it('is replaced by a snapshot that comes later', () => {
    const { socket, last, errors } = followed();
    socket().say(snapshot(BOOK, 40, { state: 'TRADING', bids: [], asks: ASKS }), change(40, 41));
    expect(last()).toEqual({ item: 'A', seq: 41, state: 'TRADING', bids: [], asks: ASKS });
    expect(errors).toEqual([]);
  });

  it('is resumed after a reconnect', () => {
    const { socket, reconnect, last, views } = followed();
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 6 }]);
    socket().say(resumed(BOOK, 6), change(6, 12, { asks: [['101.00', '0', 0]] }));
    expect(last()).toMatchObject({ seq: 12, bids: BIDS, asks: [ASKS[1]] });
    reconnect();
    socket().say(resumed(BOOK, 12), snapshot(BOOK, 3, { state: 'TRADING', bids: [], asks: ASKS }));
    expect(last()).toMatchObject({ seq: 3, bids: [], asks: ASKS });
    expect(views).toHaveLength(3);
  });

  it('is asked for anew when a message is missing', () => {
    const { socket, views, errors } = followed();
    socket().say(change(7, 8));
    expect(errors).toEqual([
      { code: 'GAP', detail: 'a message that follows 7 came at 6', channel: BOOK },
    ]);
    expect(socket().asked()).toEqual([LEAVE]);
    // What was on its way belongs to what was given up.
    socket().say(change(6, 7), change(8, 9), snapshot(BOOK, 9, { ...SIX, seq: 9 }));
    expect(views).toHaveLength(1);
    socket().say(unsubscribed(BOOK));
    expect(socket().asked()).toEqual([ASK]);
    socket().say(change(9, 10), { ...SIX, seq: 11 }, change(11, 12));
    expect(views.map(({ seq }) => seq)).toEqual([6, 11, 12]);
  });

  it.each([
    ['a delta', change(6, 7, { bids: [['97.00', '1', 1]], checksum: 1 })],
    ['a snapshot', { ...SIX, seq: 7, checksum: 1 }],
  ])('is never told when the checksum of %s is not its own', (_, message) => {
    const { socket, views, errors } = followed();
    socket().say(message);
    expect(errors).toMatchObject([{ code: 'CHECKSUM', channel: BOOK }]);
    socket().say(unsubscribed(BOOK));
    expect(socket().asked()).toEqual([LEAVE, ASK]);
    socket().say({ ...SIX, seq: 8 });
    expect(views.map(({ seq }) => seq)).toEqual([6, 8]);
  });

  it('goes on when the checksum is right', () => {
    const { socket, last, errors } = followed();
    const bids: Level[] = [['99.75', '1', 1], ...BIDS];
    socket().say(change(6, 7, { bids: [bids[0]], checksum: bookChecksum(bids, ASKS) }));
    expect([last()?.bids, errors]).toEqual([bids, []]);
  });

  it('is asked for with growing pauses when that does not help', () => {
    const { socket } = followed();
    const pauses = [];
    for (let count = 0; count < 8; count += 1) {
      socket().say({ ...SIX, checksum: 1 }, unsubscribed(BOOK));
      let ms = 0;
      while (
        !socket()
          .asked()
          .some(({ op }) => op === 'subscribe')
      ) {
        jest.advanceTimersByTime(10);
        ms += 10;
      }
      pauses.push(ms);
    }
    expect(pauses[0]).toBe(0);
    expect(pauses[1]).toBeGreaterThanOrEqual(400);
    expect(pauses[7]).toBeGreaterThanOrEqual(5000);
    expect(pauses[7]).toBeLessThanOrEqual(10_010);
  });

  it.each([snapshot(BOOK, 7, { trades: [] }), delta(BOOK, 6, 7, { trades: [] })])(
    'is asked for anew when a message has something else in it',
    (message) => {
      const { socket, errors } = followed();
      socket().say(message);
      expect(errors).toMatchObject([{ code: 'INVALID_MESSAGE', channel: BOOK }]);
      expect(socket().asked()).toEqual([LEAVE]);
    },
  );
});

describe('a channel with several followers', () => {
  it('is subscribed to once; who comes later gets the state at once', async () => {
    const { stream, socket, views } = followed();
    const late = jest.fn();
    stream.book('A', late);
    expect(late).not.toHaveBeenCalled();
    await turn();
    expect(late.mock.calls).toEqual([[views[0]]]);
    expect(socket().asked()).toEqual([]);
    socket().say(change(6, 7));
    expect(late).toHaveBeenLastCalledWith(views[1]);
  });

  it('tells a newcomer the state once, whichever way it comes', async () => {
    const { stream, socket } = followed();
    const late = jest.fn();
    stream.book('A', late);
    socket().say(change(6, 7));
    await turn();
    expect(late.mock.calls.map(([view]: [BookView]) => view.seq)).toEqual([7]);
  });

  it('tells a newcomer nothing that does not hold', async () => {
    const { stream, socket } = followed();
    socket().say(change(7, 8));
    const late = jest.fn();
    stream.book('A', late);
    await turn();
    expect(late).not.toHaveBeenCalled();
    socket().say(unsubscribed(BOOK), { ...SIX, seq: 9 });
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('is left with the last of them', async () => {
    const { stream, socket, views } = followed();
    const listener = jest.fn();
    const late = stream.book('A', listener);
    late.close();
    late.close();
    await turn();
    socket().say(change(6, 7));
    expect([listener.mock.calls, views.length, socket().asked()]).toEqual([[], 2, []]);
  });

  it('goes on for the others when one of them throws, or closes another one', () => {
    const { stream, socket, views } = followed();
    const reported = jest.fn();
    Object.assign(globalThis, { reportError: reported });
    stream.book('A', () => {
      throw new Error('a listener');
    });
    const closed = jest.fn();
    stream.book('A', () => second.close());
    const second = stream.book('A', closed);
    const last = jest.fn();
    stream.book('A', last);
    socket().say(change(6, 7));
    expect([views.length, closed.mock.calls.length, last.mock.calls.length]).toEqual([2, 0, 1]);
    expect(reported.mock.calls).toEqual([[new Error('a listener')]]);
    socket().say(change(7, 8));
    expect([views.length, last.mock.calls.length]).toEqual([3, 2]);
    Reflect.deleteProperty(globalThis, 'reportError');
  });

  it('leaves it to the platform where an error goes that nobody catches', () => {
    const { stream, socket } = followed();
    stream.book('A', () => {
      throw new Error('a listener');
    });
    socket().say(change(6, 7));
    expect(() => jest.advanceTimersByTime(1)).toThrow('a listener');
  });
});

describe('a channel that is left', () => {
  function left() {
    const all = stage();
    const views: BookView[] = [];
    const subscription = all.stream.book('A', (view) => views.push(view));
    all.socket().open();
    all.socket().say(SIX);
    subscription.close();
    return { ...all, views };
  }

  it('tells nothing any more', () => {
    const { socket, views, errors } = left();
    expect(socket().asked()).toEqual([ASK, LEAVE]);
    socket().say(change(6, 7), unsubscribed(BOOK), change(7, 8));
    expect([views.length, errors]).toEqual([1, []]);
  });

  it('is asked for anew once the server has let go', async () => {
    const { stream, socket, errors } = left();
    socket().asked();
    const again = jest.fn();
    stream.book('A', again);
    await turn();
    socket().say(change(6, 7));
    expect([again.mock.calls, socket().asked()]).toEqual([[], []]);
    socket().say(unsubscribed(BOOK));
    expect(socket().asked()).toEqual([ASK]);
    socket().say({ ...SIX, seq: 8 });
    expect([again.mock.calls.length, errors]).toEqual([1, []]);
  });

  it('is done with also when the server had let go by itself', () => {
    const { stream, socket, errors } = left();
    stream.book('A', () => undefined);
    socket().asked();
    socket().say(refusal('STORE_UNAVAILABLE', BOOK));
    expect(socket().asked()).toEqual([]);
    socket().say(refusal('NOT_SUBSCRIBED', BOOK));
    expect([socket().asked(), errors]).toEqual([[ASK], []]);
  });

  it('is not asked for on the next connection', () => {
    const { socket, reconnect } = left();
    reconnect();
    expect(socket().asked()).toEqual([]);
    socket().say(SIX);
  });

  it('while there is no connection is not asked for either', () => {
    const { stream, socket, reconnect } = followed();
    const subscription = stream.book('B', () => undefined);
    socket().end();
    subscription.close();
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 6 }]);
    stream.book('B', () => undefined);
    expect(socket().asked()).toEqual([{ op: 'subscribe', channel: 'book:B' }]);
  });
});

describe('a channel that is refused', () => {
  it.each(['STORE_UNAVAILABLE', 'INTERNAL_ERROR'])(
    'because of %s is asked for again, with growing pauses',
    (code) => {
      const { socket, errors, reconnect } = followed();
      reconnect();
      const asked = { ...ASK, from_seq: 6 };
      for (const atLeastMs of [250, 500, 1000]) {
        expect(socket().asked()).toEqual([asked]);
        socket().say(resumed(BOOK, 6), refusal(code, BOOK));
        jest.advanceTimersByTime(atLeastMs - 1);
        expect(socket().asked()).toEqual([]);
        jest.advanceTimersByTime(atLeastMs + 1);
      }
      expect(errors.map((error) => [error.code, error.channel])).toEqual(
        Array.from({ length: 3 }, () => [code, BOOK]),
      );
      socket().say(resumed(BOOK, 6), change(6, 7));
    },
  );

  it.each(['UNKNOWN_CHANNEL', 'TOO_LARGE', 'TOO_MANY_SUBSCRIPTIONS'])(
    'because of %s is not asked for again, but on the next connection',
    (code) => {
      const { stream, socket, reconnect, errors } = stage();
      stream.book('A', () => undefined);
      socket().open();
      socket().say(refusal(code, BOOK));
      socket().asked();
      jest.advanceTimersByTime(14_000);
      expect(socket().asked()).toEqual([]);
      expect(errors).toEqual([{ code, detail: `because of ${code}`, channel: BOOK }]);
      reconnect();
      expect(socket().asked()).toEqual([ASK]);
    },
  );

  it('is asked for again when somebody else wants it', () => {
    const { stream, socket } = stage();
    stream.book('A', () => undefined);
    socket().open();
    socket().say(refusal('TOO_LARGE', BOOK));
    socket().asked();
    stream.book('A', () => undefined);
    expect(socket().asked()).toEqual([ASK]);
  });

  it('since the server thinks it has it is left first', () => {
    const { stream, socket, views } = { ...stage(), views: [] as BookView[] };
    stream.book('A', (view) => views.push(view));
    socket().open();
    socket().say(refusal('ALREADY_SUBSCRIBED', BOOK));
    expect(socket().asked()).toEqual([ASK, LEAVE]);
    socket().say(unsubscribed(BOOK));
    jest.advanceTimersByTime(500);
    expect(socket().asked()).toEqual([ASK]);
    socket().say(SIX);
    expect(views).toHaveLength(1);
  });

  it('is asked for once on a connection that comes before the pause is over', () => {
    const { socket, sockets } = followed();
    for (let count = 0; count < 6; count += 1) {
      socket().say(refusal('STORE_UNAVAILABLE', BOOK));
      if (count < 5) jest.advanceTimersByTime(10_000);
    }
    socket().end();
    while (sockets.length < 2) jest.advanceTimersByTime(10);
    socket().open();
    jest.advanceTimersByTime(14_000);
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 6 }]);
  });

  it('and given up while it waits is asked for no more', () => {
    const { stream, socket } = stage();
    const subscription = stream.book('A', () => undefined);
    socket().open();
    socket().say(refusal('STORE_UNAVAILABLE', BOOK));
    socket().asked();
    subscription.close();
    jest.advanceTimersByTime(14_000);
    expect(socket().asked()).toEqual([]);
  });
});
