import type { components } from './api-schema';
import { LATEST_TRADES } from './trades-channel';
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

type Trade = components['schemas']['TradeDto'];

const TRADES = 'trades:A';
const ASK = { op: 'subscribe', channel: TRADES };
const LEAVE = { op: 'unsubscribe', channel: TRADES };

function trades(from: number, to: number, history = 'first'): Trade[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    item: 'A',
    trade_id: from + index,
    price: '1.00',
    quantity: '1',
    taker_side: 'BUY',
    maker_order_id: 1,
    taker_order_id: from + index,
    executed_at: history,
  }));
}

const latest = (seq: number, history?: string) =>
  snapshot(TRADES, seq, { trades: trades(Math.max(1, seq - LATEST_TRADES + 1), seq, history) });
const more = (from: number, to: number, history?: string) =>
  delta(TRADES, from, to, { trades: trades(from + 1, to, history) });

/** What a follower was told: of each call the first and the last number, and whether it began anew. */
class Told {
  readonly calls: [number | null, number | null, boolean][] = [];
  private readonly lists: [readonly Trade[], number][] = [];
  readonly take = (some: readonly Trade[], reset: boolean) => {
    const [first, last] = [some[0]?.trade_id ?? null, some.at(-1)?.trade_id ?? null];
    expect(some.length).toBe(first === null || last === null ? 0 : last - first + 1);
    this.calls.push([first, last, reset]);
    this.lists.push([some, some.length]);
    // What was told once stays as it is.
    for (const [list, length] of this.lists) expect(list).toHaveLength(length);
  };
}

function followed(fromSeq?: number): Stage & { told: Told } {
  const all = stage();
  const told = new Told();
  all.stream.trades('A', told.take, fromSeq === undefined ? {} : { fromSeq });
  all.socket().open();
  return { ...all, told };
}

beforeEach(() => useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('trades that are followed', () => {
  it('come each once, also across a reconnect that tells some again', () => {
    const { socket, reconnect, told, errors } = followed();
    expect(socket().asked()).toEqual([ASK]);
    socket().say(latest(60), more(60, 62));
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 62 }]);
    socket().say(resumed(TRADES, 62), more(62, 700), more(700, 701));
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 701 }]);
    expect(told.calls).toEqual([
      [11, 60, true],
      [61, 62, false],
      [63, 700, false],
      [701, 701, false],
    ]);
    expect(errors).toEqual([]);
  });

  it('are resumed from where they stopped when one is missing', () => {
    const { socket, told, errors } = followed();
    socket().say(latest(10), more(12, 13));
    expect(errors).toMatchObject([{ code: 'GAP', channel: TRADES }]);
    socket().say(more(10, 12), unsubscribed(TRADES));
    expect(socket().asked()).toEqual([ASK, LEAVE, { ...ASK, from_seq: 10 }]);
    socket().say(resumed(TRADES, 10), more(10, 13));
    expect(told.calls).toEqual([
      [1, 10, true],
      [11, 13, false],
    ]);
  });

  it.each([
    ['in the middle', [...trades(11, 12), ...trades(14, 14)], 14],
    ['at the end', trades(11, 12), 13],
    ['for another one twice', [...trades(11, 11), ...trades(11, 11)], 12],
  ])('are not told with one missing %s', (_, some, seq) => {
    const { socket, told, errors } = followed();
    socket().say(latest(10), delta(TRADES, 10, seq, { trades: some }));
    expect(errors).toMatchObject([{ code: 'GAP' }]);
    expect(told.calls).toHaveLength(1);
  });

  it('begin anew where the history is another one', () => {
    const { socket, reconnect, told } = followed();
    socket().say(latest(10));
    reconnect();
    socket().say(resumed(TRADES, 10), latest(3, 'second'), more(3, 4));
    reconnect();
    expect(socket().asked().at(-1)).toEqual({ ...ASK, from_seq: 4 });
    socket().say(resumed(TRADES, 4), latest(0));
    expect(told.calls).toEqual([
      [1, 10, true],
      [1, 3, true],
      [4, 4, false],
      [null, null, true],
    ]);
  });

  it('are not told again by a server that lags behind', () => {
    const { socket, reconnect, told } = followed();
    socket().say(latest(8), more(8, 10));
    reconnect();
    socket().say(resumed(TRADES, 10), latest(8), more(8, 9), more(9, 12));
    expect(told.calls).toEqual([
      [1, 8, true],
      [9, 10, false],
      [11, 12, false],
    ]);
  });

  it('come from the place that is asked for, from the very first', () => {
    const { socket, reconnect, told } = followed(0);
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 0 }]);
    socket().say(resumed(TRADES, 0));
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 0 }]);
    socket().say(resumed(TRADES, 0), more(0, 50), more(50, 100), more(100, 600));
    expect(told.calls).toEqual([
      [1, 50, false],
      [51, 100, false],
      [101, 600, false],
    ]);
  });

  it('begin anew for who asks for what never was', () => {
    const { socket, told } = followed(99);
    socket().say(resumed(TRADES, 99), latest(60), more(60, 61));
    expect(told.calls).toEqual([
      [11, 60, true],
      [61, 61, false],
    ]);
  });

  it('begin anew where the server does not resume them', () => {
    const { socket, told } = followed(5);
    socket().say(resumed(TRADES, 5), latest(600));
    expect(told.calls).toEqual([[551, 600, true]]);
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 5 }]);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('can not come from %d', (fromSeq) => {
    const { stream } = stage();
    expect(() => stream.trades('A', () => undefined, { fromSeq })).toThrow(RangeError);
  });

  it('keep their place while the store is away', () => {
    const { socket, told } = followed(5);
    socket().say(resumed(TRADES, 5), more(5, 6));
    socket().say(refusal('STORE_UNAVAILABLE', TRADES));
    socket().asked();
    jest.advanceTimersByTime(500);
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 6 }]);
    socket().say(resumed(TRADES, 6), more(6, 7));
    expect(told.calls).toEqual([
      [6, 6, false],
      [7, 7, false],
    ]);
  });
});

describe('trades that several follow', () => {
  const join = (all: Stage, fromSeq?: number) => {
    const told = new Told();
    all.stream.trades('A', told.take, fromSeq === undefined ? {} : { fromSeq });
    return told;
  };

  it('are told to a newcomer from what is kept', async () => {
    const all = followed();
    const { socket } = all;
    socket().say(latest(60), more(60, 90));
    socket().asked();
    const [newest, from, upToDate] = [join(all), join(all, 70), join(all, 90)];
    const never = join(all, 91);
    await turn();
    expect(never.calls).toEqual([[41, 90, true]]);
    socket().say(more(90, 91));
    expect(newest.calls).toEqual([
      [41, 90, true],
      [91, 91, false],
    ]);
    expect(from.calls).toEqual([
      [71, 90, false],
      [91, 91, false],
    ]);
    expect(upToDate.calls).toEqual([[91, 91, false]]);
    expect(socket().asked()).toEqual([]);
  });

  it('are told to a newcomer when there are none yet', async () => {
    const all = followed();
    all.socket().say(latest(0));
    const late = join(all);
    await turn();
    all.socket().say(more(0, 1));
    expect(late.calls).toEqual([
      [null, null, true],
      [1, 1, false],
    ]);
  });

  it('are asked for once more when a newcomer wants older ones, and the others get none twice', async () => {
    const all = followed();
    const { socket, told } = all;
    socket().say(latest(600));
    socket().asked();
    const late = join(all, 20);
    await turn();
    expect(socket().asked()).toEqual([LEAVE]);
    socket().say(more(600, 601), unsubscribed(TRADES));
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 20 }]);
    socket().say(resumed(TRADES, 20), more(20, 520), more(520, 601));
    expect(late.calls).toEqual([
      [21, 520, false],
      [521, 601, false],
    ]);
    expect(told.calls).toEqual([
      [551, 600, true],
      [601, 601, false],
    ]);
  });

  it('are asked for as a snapshot when a newcomer wants the latest and they are not there', async () => {
    const all = followed(600);
    const { socket, told } = all;
    socket().say(resumed(TRADES, 600), more(600, 603));
    socket().asked();
    const late = join(all);
    await turn();
    expect(late.calls).toEqual([]);
    socket().say(unsubscribed(TRADES));
    expect(socket().asked()).toEqual([LEAVE, ASK]);
    socket().say(latest(605), more(605, 606));
    expect(late.calls).toEqual([
      [556, 605, true],
      [606, 606, false],
    ]);
    expect(told.calls).toEqual([
      [601, 603, false],
      [604, 605, false],
      [606, 606, false],
    ]);
  });

  it('are asked for once for all who come before the answer', () => {
    const all = followed();
    const { socket } = all;
    const [second, third] = [join(all), join(all, 20)];
    socket().say(latest(60));
    expect(socket().asked()).toEqual([ASK]);
    expect(second.calls).toEqual([[11, 60, true]]);
    expect(third.calls).toEqual([[21, 60, false]]);
  });

  it('serve those who want the latest and those who want old ones at the same time', () => {
    const all = stage();
    const [first, second, third] = [join(all), join(all, 20), join(all)];
    const { socket } = all;
    socket().open();
    expect(socket().asked()).toEqual([ASK]);
    socket().say(latest(600));
    expect(socket().asked()).toEqual([LEAVE]);
    socket().say(unsubscribed(TRADES));
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 20 }]);
    socket().say(resumed(TRADES, 20), more(20, 520), more(520, 601));
    expect(first.calls).toEqual([
      [551, 600, true],
      [601, 601, false],
    ]);
    expect(third.calls).toEqual(first.calls);
    expect(second.calls).toEqual([
      [21, 520, false],
      [521, 601, false],
    ]);
  });

  it('are not kept beyond the last follower', async () => {
    const all = stage();
    const { socket } = all;
    const subscription = all.stream.trades('A', () => undefined);
    socket().open();
    socket().say(latest(60));
    subscription.close();
    const late = join(all);
    await turn();
    socket().say(unsubscribed(TRADES));
    expect(socket().asked()).toEqual([ASK, LEAVE, ASK]);
    socket().say(latest(61));
    expect(late.calls).toEqual([[12, 61, true]]);
  });
});
