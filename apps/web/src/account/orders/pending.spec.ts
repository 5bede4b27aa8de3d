import type { Order } from '../schemas';
import { type Pending, type PendingOrders, settle, withoutPending, withPending } from './pending';
import { bookOrder } from './test-orders';

const NONE: PendingOrders = new Map();
const known = (...orders: Order[]) => {
  const byId = new Map(orders.map((order) => [order.id, order]));
  return (id: number) => byId.get(id);
};

describe('what is under way', () => {
  const cancelling = withPending(NONE, [12], { kind: 'cancelling' });
  const amending = withPending(NONE, [12], { kind: 'amending', wish: { price: '100' } });

  it('stays until the stream tells', () => {
    expect(settle(cancelling, known(bookOrder()))).toBe(cancelling);
    expect(settle(amending, known(bookOrder()))).toBe(amending);
  });

  it('is over when the order ends, however', () => {
    for (const pending of [cancelling, amending]) {
      expect(settle(pending, known(bookOrder({ status: 'FILLED' }))).size).toBe(0);
      expect(settle(pending, known()).size).toBe(0);
    }
  });

  it('of an amend is over when the order is what was wished', () => {
    expect(settle(amending, known(bookOrder({ price: '100.00' }))).size).toBe(0);
    const both = withPending(NONE, [12], {
      kind: 'amending',
      wish: { price: '100', quantity: '4' },
    });
    expect(settle(both, known(bookOrder({ price: '100.00' })))).toBe(both);
    expect(settle(both, known(bookOrder({ price: '100.00', quantity: '4' }))).size).toBe(0);
  });

  it('is taken away by whoever asked for it alone', () => {
    const first: Pending = { kind: 'amending', wish: {} };
    const second: Pending = { kind: 'cancelling' };
    const pending = withPending(withPending(NONE, [1, 2], first), [2], second);
    expect([...withoutPending(pending, [1, 2], first)]).toEqual([[2, second]]);
  });

  it('leaves a refusal to be read', () => {
    const refused = withPending(NONE, [12], { kind: 'refused', message: 'no' });
    expect(settle(refused, known(bookOrder()))).toBe(refused);
  });
});
