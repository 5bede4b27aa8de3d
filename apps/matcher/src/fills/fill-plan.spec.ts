import type { OrderStatus } from '@app/contracts';
import { Random } from '../../../../test/support/random';
import { type FillPlan, planFills, type PositionedEvent, type StoredOrder } from './fill-plan';

const NOW_MS = 100_000;
const DELAY_MS = 3000;

const order = (changes: Partial<StoredOrder> = {}): StoredOrder => ({
  id: 1,
  userId: 5,
  status: 'OPEN',
  createdAtMs: NOW_MS - 1000,
  ...changes,
});

const place = (of: StoredOrder, changes: Partial<PositionedEvent> = {}): PositionedEvent => ({
  type: 'ORDER_PLACED',
  orderId: of.id,
  createdAtMs: of.createdAtMs,
  requestId: 'r-place',
  isBook: false,
  price: null,
  quantity: null,
  occurredAtMs: null,
  sequence: null,
  index: 0,
  ...changes,
});

const cancel = (of: StoredOrder, changes: Partial<PositionedEvent> = {}): PositionedEvent =>
  place(of, { type: 'ORDER_CANCEL_REQUESTED', requestId: 'r-cancel', ...changes });

const planOf = (orders: StoredOrder[], events: PositionedEvent[], delayMs = DELAY_MS): FillPlan =>
  planFills(
    events.map((event, index) => ({ ...event, index })),
    new Map(orders.map((each) => [each.id, each])),
    NOW_MS,
    delayMs,
  );

/** What a plan does, by the ids of the orders. */
const effectOf = (plan: FillPlan) => ({
  fills: plan.fills.map((each) => each.order.id),
  cancels: plan.cancels.map((each) => each.order.id),
  scheduled: plan.scheduled.map((each) => each.order.id),
  deadLetters: plan.deadLetters.map((each) => each.index),
});

const NOTHING = { fills: [], cancels: [], scheduled: [], deadLetters: [] };
const FINAL: OrderStatus[] = ['FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED'];

describe('planFills', () => {
  it('plans nothing for no events', () => {
    expect(planOf([], [])).toEqual(NOTHING);
  });

  it('schedules an order whose time is yet to come', () => {
    const waiting = order();
    const plan = planOf([waiting], [place(waiting)]);
    expect(plan).toEqual({
      ...NOTHING,
      scheduled: [
        { order: waiting, requestId: 'r-place', dueAtMs: waiting.createdAtMs + DELAY_MS },
      ],
    });
  });

  it.each([
    ['long past', NOW_MS - 60_000, 'fills'],
    ['just now', NOW_MS - DELAY_MS, 'fills'],
    ['a millisecond away', NOW_MS - DELAY_MS + 1, 'scheduled'],
    ['far away, by the clock of another machine', NOW_MS + 60_000, 'scheduled'],
  ])('sees that the time of an order is %s', (_, createdAtMs, member) => {
    const due = order({ createdAtMs });
    expect(effectOf(planOf([due], [place(due)]))).toEqual({ ...NOTHING, [member]: [1] });
  });

  it('fills at once without a delay', () => {
    const fresh = order({ createdAtMs: NOW_MS });
    expect(effectOf(planOf([fresh], [place(fresh)], 0))).toEqual({ ...NOTHING, fills: [1] });
  });

  it('takes the time from the store where the event has none', () => {
    const waiting = order();
    const [planned] = planOf([waiting], [place(waiting, { createdAtMs: null })]).scheduled;
    expect(planned?.dueAtMs).toBe(waiting.createdAtMs + DELAY_MS);
  });

  it('cancels an order', () => {
    const open = order();
    expect(planOf([open], [cancel(open)])).toEqual({
      ...NOTHING,
      cancels: [{ order: open, requestId: 'r-cancel' }],
    });
  });

  it.each([
    ['scheduled', DELAY_MS, { ...NOTHING, scheduled: [1] }],
    ['filled', 0, { ...NOTHING, fills: [1] }],
  ])(
    'plans an order once that is to be %s, however often its event comes',
    (_, delayMs, effect) => {
      const open = order();
      expect(effectOf(planOf([open], [place(open), place(open), place(open)], delayMs))).toEqual(
        effect,
      );
    },
  );

  it('cancels once, however often it is asked to', () => {
    const open = order();
    expect(effectOf(planOf([open], [cancel(open), cancel(open)]))).toEqual({
      ...NOTHING,
      cancels: [1],
    });
  });

  it.each(FINAL)('leaves an order alone that is %s, whatever events come', (status) => {
    const done = order({ status });
    expect(planOf([done], [place(done), cancel(done), place(done)], 0)).toEqual(NOTHING);
  });

  it.each([
    ['a cancel that overtook its order', [cancel, place]],
    ['an order and its cancel in one batch', [place, cancel]],
    ['an order, its cancel, and both again', [place, cancel, place, cancel]],
  ])('cancels and never fills, given %s', (_, events) => {
    const open = order();
    expect(
      effectOf(
        planOf(
          [open],
          events.map((make) => make(open)),
        ),
      ),
    ).toEqual({
      ...NOTHING,
      cancels: [1],
    });
  });

  it('fills and does not cancel when the fill was due before the cancel came', () => {
    const due = order({ createdAtMs: NOW_MS - DELAY_MS });
    expect(effectOf(planOf([due], [place(due), cancel(due)]))).toEqual({ ...NOTHING, fills: [1] });
  });

  it.each([
    ['an order that the store does not know', []],
    ["another database's order with the same id", [order({ createdAtMs: 1 })]],
  ])('dead-letters events of %s', (_, stored) => {
    const unknown = order();
    const plan = planOf(stored, [place(unknown), cancel(unknown)]);
    expect(plan).toEqual({
      ...NOTHING,
      deadLetters: [
        { index: 0, reason: 'UNKNOWN_ORDER' },
        { index: 1, reason: 'UNKNOWN_ORDER' },
      ],
    });
  });

  it("dead-letters another database's event even when the order is final", () => {
    const done = order({ status: 'FILLED' });
    const plan = planOf([done], [place(done, { createdAtMs: 1 })]);
    expect(effectOf(plan)).toEqual({ ...NOTHING, deadLetters: [0] });
  });

  it('keeps orders of one batch apart', () => {
    const [a, b, c] = [order({ id: 1 }), order({ id: 2 }), order({ id: 3, createdAtMs: 1 })];
    const unknown = order({ id: 4 });
    const events = [place(a), place(unknown), place(b), cancel(a), place(c)];
    expect(effectOf(planOf([a, b, c], events))).toEqual({
      fills: [3],
      cancels: [1],
      scheduled: [2],
      deadLetters: [1],
    });
  });
});

/** A store of orders, with what was ever done to each. */
class Store {
  readonly ends = new Map<number, string[]>();
  readonly scheduled = new Set<number>();

  constructor(readonly orders: Map<number, StoredOrder>) {}

  end(of: StoredOrder, status: OrderStatus): void {
    this.ends.set(of.id, [...(this.ends.get(of.id) ?? []), status]);
    this.orders.set(of.id, { ...of, status });
  }

  apply(plan: FillPlan): void {
    for (const { order } of plan.cancels) this.end(order, 'CANCELLED');
    for (const { order } of plan.fills) this.end(order, 'FILLED');
    for (const { order } of plan.scheduled) this.scheduled.add(order.id);
  }

  fillDue(nowMs: number, delayMs: number): void {
    for (const id of this.scheduled) {
      const order = this.orders.get(id)!;
      if (order.createdAtMs + delayMs > nowMs) continue;
      this.scheduled.delete(id);
      if (order.status === 'OPEN') this.end(order, 'FILLED');
    }
  }
}

describe('planFills, whatever the order and repetition of events', () => {
  it.each([21, 22, 23, 24, 25, 26, 27, 28])('ends every order exactly once (seed %d)', (seed) => {
    const random = new Random(seed);
    for (let round = 0; round < 60; round += 1) {
      const delayMs = random.pick([0, 5, 50]);
      const orders = Array.from({ length: random.between(1, 6) }, (_, index) =>
        order({ id: index + 1, createdAtMs: random.between(0, 20) }),
      );
      const store = new Store(new Map(orders.map((each) => [each.id, each])));
      const events = orders.flatMap((each) => [
        ...Array.from({ length: random.between(1, 3) }, () => place(each)),
        ...Array.from({ length: random.between(0, 2) }, () => cancel(each)),
      ]);
      const shuffled = events
        .map((event) => ({ event, at: random.next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ event }, index) => ({ ...event, index }));
      let nowMs = 20;
      while (shuffled.length > 0) {
        const batch = shuffled.splice(0, random.between(1, 5));
        store.apply(planFills(batch, store.orders, nowMs, delayMs));
        if (random.chance(0.3)) store.apply(planFills(batch, store.orders, nowMs, delayMs));
        nowMs += random.between(0, 20);
        if (random.chance(0.5)) store.fillDue(nowMs, delayMs);
      }
      store.fillDue(nowMs + delayMs, delayMs);
      const ends = orders.map(({ id }) => store.ends.get(id)?.length ?? 0);
      expect(ends).toEqual(orders.map(() => 1));
      expect(store.scheduled.size).toBe(0);
    }
  });
});
