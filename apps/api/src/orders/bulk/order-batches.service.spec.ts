import { StoreUnavailableError } from '@app/persistence';
import { Log, ProblemException } from '@app/platform';
import { pino } from 'pino';
import type { GroupCommit } from '../group-commit';
import type { OrderReader } from '../new-order/order-reader';
import type { CommandUnit, Outcome } from '../order-commands';
import { newOrder, storedOrder } from '../order-fixtures';
import type { OrdersRepository } from '../orders.repository';
import type { NewOrder, StoredOrder } from '../stored-order';
import { OrderBatchesService } from './order-batches.service';

const invalid = new ProblemException('VALIDATION_FAILED', 'no', [
  { pointer: '/price', detail: 'is wrong' },
]);
const taken = new ProblemException('DUPLICATE_REQUEST', 'another order');

const written = (id: number): Outcome => ({ result: 'WRITTEN', order: storedOrder({ id }) });

interface Fakes {
  read: (NewOrder | ProblemException)[];
  outcomes: Outcome[];
  stored?: () => Promise<StoredOrder[]>;
}

function setUp({ read, outcomes, stored = () => Promise.resolve([]) }: Fakes) {
  const submit = jest.fn((_unit: CommandUnit) => Promise.resolve(outcomes));
  const reader = { read: jest.fn((_requests: unknown[]) => Promise.resolve(read)) };
  const service = new OrderBatchesService(
    { submit } as unknown as GroupCommit,
    { findByIds: stored } as unknown as OrdersRepository,
    reader as unknown as OrderReader,
    new Log(pino({ level: 'silent' })),
  );
  const place = (atomic = false, key: string | null = null) =>
    service.place({ orders: read.map(() => ({})), atomic, pointer: '/orders' }, key, 'r-1');
  return { place, submit, reader };
}

describe('OrderBatchesService', () => {
  it('puts the valid orders into one unit and each outcome in its place', async () => {
    const { place, submit } = setUp({
      read: [newOrder({ userId: 1 }), invalid, newOrder({ userId: 2 })],
      outcomes: [written(7), { result: 'REFUSED', problem: taken }],
    });
    expect(await place()).toMatchObject([
      { status: 201, order: { id: 7 } },
      { status: 400, problem: { code: 'VALIDATION_FAILED', request_id: 'r-1' } },
      { status: 409, problem: { code: 'DUPLICATE_REQUEST' } },
    ]);
    expect(submit).toHaveBeenCalledTimes(1);
    expect(submit.mock.calls[0]![0].commands.map(({ order }) => order.userId)).toEqual([1, 2]);
  });

  it('shows an order that was placed before as it is now', async () => {
    const { place } = setUp({
      read: [newOrder(), newOrder()],
      outcomes: [{ result: 'REPLAYED', id: 5 }, written(7)],
      stored: () => Promise.resolve([storedOrder({ id: 5, status: 'FILLED' })]),
    });
    expect(await place()).toMatchObject([
      { status: 200, order: { id: 5, status: 'FILLED' } },
      { status: 201, order: { id: 7 } },
    ]);
  });

  it('does not say that nothing was stored when it can only not be read', async () => {
    const { place } = setUp({
      read: [newOrder(), newOrder()],
      outcomes: [{ result: 'REPLAYED', id: 5 }, written(7)],
      stored: () => Promise.reject(new StoreUnavailableError('gone')),
    });
    await expect(place()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it('submits nothing of an atomic batch with an invalid order', async () => {
    const { place, submit } = setUp({ read: [newOrder(), invalid], outcomes: [] });
    await expect(place(true)).rejects.toMatchObject({
      code: 'BATCH_REFUSED',
      errors: [{ pointer: '/orders/1/price' }],
    });
    expect(submit).not.toHaveBeenCalled();
  });

  it('refuses an atomic batch of which an order can not be stored', async () => {
    const outcomes: Outcome[] = [{ result: 'LEFT_OUT' }, { result: 'REFUSED', problem: taken }];
    const { place, submit } = setUp({ read: [newOrder(), newOrder()], outcomes });
    await expect(place(true)).rejects.toMatchObject({
      code: 'BATCH_REFUSED',
      errors: [{ pointer: '/orders/1', detail: 'another order' }],
    });
    expect(submit.mock.calls[0]![0].atomic).toBe(true);
  });

  it('names each order by its place under an Idempotency-Key', async () => {
    const { place, reader } = setUp({
      read: [newOrder(), newOrder()],
      outcomes: [written(1), written(2)],
    });
    await place(false, 'key');
    expect(reader.read.mock.calls[0]![0]).toMatchObject([
      { fallbackKey: 'b:key#0' },
      { fallbackKey: 'b:key#1' },
    ]);
  });
});
