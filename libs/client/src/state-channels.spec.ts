import type { components } from './api-schema';
import { KEPT_CANDLES } from './candles-channel';
import {
  delta,
  resumed,
  snapshot,
  stage,
  turn,
  unsubscribed,
  useFakeTimers,
} from './stream-fixtures';

type Order = components['schemas']['OrderDto'];

const order = (id: number, status: Order['status'] = 'OPEN'): Order => ({
  id,
  user_id: 7,
  item: 'A',
  amount: '1.00',
  status,
});
const candle = (minute: number, close = '1.00') => ({
  start: new Date(minute * 60_000).toISOString(),
  close,
});

beforeEach(() => useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a user's orders", () => {
  const ORDERS = 'orders:7';
  const ASK = { op: 'subscribe', channel: ORDERS };
  const part = (orders: Order[], more?: true) => ({
    user_id: 7,
    orders,
    ...(more ? { more } : {}),
  });

  function followed() {
    const all = stage();
    const calls: [[number, string][], boolean][] = [];
    const take = (orders: readonly Order[], reset: boolean) => {
      calls.push([orders.map(({ id, status }) => [id, status]), reset]);
    };
    all.stream.orders(7, take);
    all.socket().open();
    return { ...all, calls };
  }

  it('come whole although they come in parts, and then as they change', () => {
    const { socket, calls, errors } = followed();
    socket().say(
      snapshot(ORDERS, 1000, part([order(1)], true)),
      delta(ORDERS, 1000, 1000, part([order(2)], true)),
    );
    expect(calls).toEqual([]);
    socket().say(
      delta(ORDERS, 1000, 1000, part([order(3)])),
      delta(ORDERS, 1000, 1001, part([order(2, 'FILLED')])),
      delta(ORDERS, 1001, 5000, part([])),
    );
    expect(calls).toEqual([
      [
        [
          [1, 'OPEN'],
          [2, 'OPEN'],
          [3, 'OPEN'],
        ],
        true,
      ],
      [[[2, 'FILLED']], false],
    ]);
    expect(errors).toEqual([]);
  });

  it('are resumed, in parts too, and never from a snapshot that was not whole', () => {
    const { socket, reconnect, calls, errors } = followed();
    socket().say(snapshot(ORDERS, 1000, part([order(1)], true)));
    reconnect();
    expect(socket().asked()).toEqual([ASK]);
    socket().say(snapshot(ORDERS, 2000, part([order(1)])));
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 2000 }]);
    socket().say(
      resumed(ORDERS, 2000),
      delta(ORDERS, 2000, 2000, part([order(1, 'FILLED')], true)),
      delta(ORDERS, 2000, 2500, part([order(2)])),
      delta(ORDERS, 2500, 2501, part([order(2, 'CANCELLED')])),
    );
    expect(calls.map(([orders, reset]) => [orders.length, reset])).toEqual([
      [1, true],
      [1, false],
      [1, false],
      [1, false],
    ]);
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 2501 }]);
    socket().say(resumed(ORDERS, 2501), snapshot(ORDERS, 9000, part([order(3)], true)));
    reconnect();
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 2501 }]);
    socket().say(resumed(ORDERS, 2501), delta(ORDERS, 2501, 2600, part([order(4)])));
    expect(calls.at(-1)).toEqual([[[4, 'OPEN']], false]);
    expect(errors).toEqual([]);
  });

  it('are resumed when a message is missing', () => {
    const { socket, errors, calls } = followed();
    socket().say(snapshot(ORDERS, 1000, part([order(1)])), delta(ORDERS, 1001, 1002, part([])));
    expect(errors).toMatchObject([{ code: 'GAP', channel: ORDERS }]);
    socket().asked();
    socket().say(unsubscribed(ORDERS));
    expect(socket().asked()).toEqual([{ ...ASK, from_seq: 1000 }]);
    socket().say(resumed(ORDERS, 1000), delta(ORDERS, 1000, 1002, part([order(1)])));
    expect(calls).toHaveLength(2);
  });

  it('that can still change are told to who comes later', async () => {
    const { stream, socket, calls } = followed();
    socket().say(
      snapshot(ORDERS, 1000, part([order(1), order(2)])),
      delta(ORDERS, 1000, 1001, part([order(1, 'CANCELLED'), order(3)])),
    );
    const late = jest.fn();
    stream.orders(7, late);
    await turn();
    expect(late.mock.calls).toEqual([[[order(2), order(3)], true]]);
    expect(calls).toHaveLength(2);
  });
});

describe('candles', () => {
  const CANDLES = 'candles:A:1m';
  const payload = (...candles: object[]) => ({ interval: '1m', candles });

  it('come as they change; who comes later gets all that are kept', async () => {
    const { stream, socket, reconnect } = stage();
    const [first, late] = [jest.fn(), jest.fn()];
    stream.candles('A', '1m', first);
    socket().open();
    socket().say(
      snapshot(CANDLES, 5, payload(candle(1), candle(2))),
      delta(CANDLES, 5, 7, payload(candle(2, '2.00'), candle(3))),
    );
    stream.candles('A', '1m', late);
    await turn();
    expect(first.mock.calls).toEqual([
      [[candle(1), candle(2)], true],
      [[candle(2, '2.00'), candle(3)], false],
    ]);
    expect(late.mock.calls).toEqual([[[candle(1), candle(2, '2.00'), candle(3)], true]]);
    reconnect();
    expect(socket().asked()).toEqual([{ op: 'subscribe', channel: CANDLES, from_seq: 7 }]);
  });

  it('come whole to a newcomer, also when a change comes first', async () => {
    const { stream, socket } = stage();
    const late = jest.fn();
    stream.candles('A', '1m', () => undefined);
    socket().open();
    socket().say(snapshot(CANDLES, 5, payload(candle(1))));
    stream.candles('A', '1m', late);
    socket().say(delta(CANDLES, 5, 6, payload(candle(2))));
    await turn();
    expect(late.mock.calls).toEqual([[[candle(1), candle(2)], true]]);
  });

  it('that are kept are not more and more', async () => {
    const { stream, socket } = stage();
    const late = jest.fn();
    stream.candles('A', '1m', () => undefined);
    socket().open();
    socket().say(snapshot(CANDLES, 0, payload()));
    const count = KEPT_CANDLES + 20;
    for (let seq = 1; seq <= count; seq += 1) {
      socket().say(delta(CANDLES, seq - 1, seq, payload(candle(seq))));
    }
    stream.candles('A', '1m', late);
    await turn();
    const [told] = late.mock.calls[0] as [{ start: string }[]];
    expect([told.length, told[0], told.at(-1)]).toEqual([KEPT_CANDLES, candle(21), candle(count)]);
  });
});

describe('a ticker', () => {
  it('is told whole, and asked for whole again after a reconnect', async () => {
    const { stream, socket, reconnect } = stage();
    const [first, late] = [jest.fn(), jest.fn()];
    stream.ticker('A', first);
    socket().open();
    socket().say(snapshot('ticker:A', 5, { ticker: { last: '1.00' } }));
    // Time alone changes it too.
    socket().say(delta('ticker:A', 5, 5, { ticker: { last: '2.00' } }));
    stream.ticker('A', late);
    await turn();
    expect(first.mock.calls).toEqual([[{ last: '1.00' }], [{ last: '2.00' }]]);
    expect(late.mock.calls).toEqual([[{ last: '2.00' }]]);
    reconnect();
    expect(socket().asked()).toEqual([{ op: 'subscribe', channel: 'ticker:A' }]);
  });

  it.each(['ticker:A', 'candles:A:1m', 'trades:A', 'orders:7'])(
    'and what else there is does not take what is not its own: %s',
    (channel) => {
      const { stream, socket, errors } = stage();
      const listener = jest.fn();
      stream.ticker('A', listener);
      stream.candles('A', '1m', listener);
      stream.trades('A', listener);
      stream.orders(7, listener);
      socket().open();
      socket().say(snapshot(channel, 1, { bids: [], asks: [] }));
      expect(listener).not.toHaveBeenCalled();
      expect(errors).toMatchObject([{ code: 'INVALID_MESSAGE', channel }]);
    },
  );
});
