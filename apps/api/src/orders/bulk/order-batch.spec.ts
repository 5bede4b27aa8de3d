import { ProblemException } from '@app/platform';
import { batchRefused, readBatch } from './order-batch';

describe('readBatch', () => {
  it('takes a list of orders, bare or with how it is meant', () => {
    expect(readBatch([1, 2])).toEqual({ orders: [1, 2], atomic: false, pointer: '' });
    expect(readBatch({ orders: [1] })).toEqual({ orders: [1], atomic: false, pointer: '/orders' });
    expect(readBatch({ orders: [1], atomic: true })).toMatchObject({ atomic: true });
    expect(readBatch(Array.from({ length: 1000 }, () => 1)).orders).toHaveLength(1000);
  });

  it.each([
    [null],
    [undefined],
    ['x'],
    [{}],
    [[]],
    [{ orders: [] }],
    [{ orders: {} }],
    [{ orders: [1], atomic: 'yes' }],
    [{ orders: [1], colour: 'red' }],
    [Array.from({ length: 1001 }, () => 1)],
  ])('refuses %j', (body) => {
    expect(() => readBatch(body)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED' }) as Error,
    );
  });
});

describe('batchRefused', () => {
  it('points into the orders that are wrong', () => {
    const faults = [
      {
        index: 3,
        problem: new ProblemException('VALIDATION_FAILED', 'no', [
          { pointer: '/price', detail: 'is wrong' },
        ]),
      },
      { index: 5, problem: new ProblemException('DUPLICATE_REQUEST', 'another') },
    ];
    expect(batchRefused(faults, '/orders')).toMatchObject({
      code: 'BATCH_REFUSED',
      detail: 'nothing was stored: refused are the orders at 3, 5',
      errors: [
        { pointer: '/orders/3/price', detail: 'is wrong' },
        { pointer: '/orders/5', detail: 'another' },
      ],
    });
  });
});
