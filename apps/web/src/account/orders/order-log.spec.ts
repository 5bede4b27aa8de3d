import { newerOf } from './newer-order';
import { OrderLog } from './order-log';
import { bookOrder, plainOrder } from './test-orders';

const ids = (tracked: readonly { order: { id: number } }[]) => tracked.map(({ order }) => order.id);

describe('the newer state of an order', () => {
  const open = bookOrder();
  const partly = bookOrder({ status: 'PARTIALLY_FILLED', filled_quantity: '2' });
  const filled = bookOrder({ status: 'FILLED', filled_quantity: '5' });
  const amended = bookOrder({ price: '100.00', updated_at: '2026-11-22T15:00:01.000Z' });

  it.each([
    ['a fill', open, partly],
    ['a larger fill', bookOrder({ filled_quantity: '2' }), bookOrder({ filled_quantity: '10' })],
    ['an end', partly, filled],
    ['an amend', open, amended],
    ['the fill of a plain order', plainOrder(), plainOrder({ status: 'FILLED' })],
  ])('is %s, whichever comes first', (_, older, newer) => {
    expect(newerOf(older, newer)).toBe(newer);
    expect(newerOf(newer, older)).toBe(newer);
  });
});

describe('the log of orders', () => {
  it('has what lives, newest first, and what ended while it looked on', () => {
    const log = new OrderLog();
    expect(log.view().synced).toBe(false);
    log.receive([bookOrder({ id: 1 }), bookOrder({ id: 2 })], true, 1000);
    log.receive([bookOrder({ id: 1, status: 'CANCELLED' }), bookOrder({ id: 3 })], false, 2000);
    const view = log.view();
    expect(view).toMatchObject({ synced: true, resets: 0, fills: 0 });
    expect(ids(view.live)).toEqual([3, 2]);
    expect(view.ended).toMatchObject([{ order: { id: 1 }, endedMs: 2000 }]);
    expect(log.view()).toBe(view);
  });

  it('counts fills, each once', () => {
    const log = new OrderLog();
    log.receive([bookOrder()], true, 0);
    const partly = bookOrder({ status: 'PARTIALLY_FILLED', filled_quantity: '2' });
    log.receive([partly], false, 1);
    log.receive([partly], false, 2);
    expect(log.view().fills).toBe(1);
    log.receive([bookOrder({ id: 20, status: 'FILLED', filled_quantity: '5' })], false, 3);
    expect(log.view().fills).toBe(2);
  });

  it('is not set back by an answer that was overtaken', () => {
    const log = new OrderLog();
    log.receive([], true, 0);
    log.receive([bookOrder({ status: 'FILLED', filled_quantity: '5' })], false, 1);
    log.learn(bookOrder(), 2);
    expect(log.view().live).toEqual([]);
    expect(log.view().ended).toMatchObject([{ order: { status: 'FILLED' }, endedMs: null }]);
  });

  it('asks for what a new beginning does not tell of', () => {
    const log = new OrderLog();
    log.learn(bookOrder({ id: 9 }), 0);
    expect(log.receive([bookOrder({ id: 1 }), bookOrder({ id: 2 })], true, 0)).toEqual([9]);
    expect(log.receive([bookOrder({ id: 2 }), bookOrder({ id: 3 })], true, 5)).toEqual([9, 1]);
    expect(log.view().resets).toBe(1);
    log.forget(1);
    log.learn(bookOrder({ id: 9, status: 'FILLED' }), 6);
    expect(ids(log.view().live)).toEqual([3, 2]);
    expect(ids(log.view().ended)).toEqual([9]);
  });

  it('keeps no more than 500 that have ended, and counts the others', () => {
    const log = new OrderLog();
    const many = Array.from({ length: 510 }, (_, index) => bookOrder({ id: index + 1 }));
    log.receive(many, true, 0);
    log.receive(
      many.map((order) => ({ ...order, status: 'CANCELLED' as const })),
      false,
      1,
    );
    const view = log.view();
    expect([view.ended.length, view.dropped, view.live.length]).toEqual([500, 10, 0]);
    expect(view.ended.at(-1)?.order.id).toBe(11);
  });

  it('knows since when it has seen an order', () => {
    const log = new OrderLog();
    log.receive([plainOrder({ id: 1 })], true, 100);
    log.receive([plainOrder({ id: 2 })], false, 200);
    expect(log.view().live).toMatchObject([
      { seenMs: 200, fromStart: true },
      { seenMs: 100, fromStart: false },
    ]);
  });
});
