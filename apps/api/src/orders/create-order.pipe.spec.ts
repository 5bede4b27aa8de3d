import { ProblemException } from '@app/platform';
import { CreateOrderPipe } from './create-order.pipe';
import type { OrderRequest } from './new-order/order-request';

const VALID = { user_id: 1, item: 'AAPL', amount: 150.5 };

const transform = (body: unknown): OrderRequest => new CreateOrderPipe().transform(body);

function refusalOf(body: unknown): ProblemException {
  try {
    transform(body);
  } catch (error) {
    if (error instanceof ProblemException) return error;
    throw error;
  }
  throw new Error('the body was taken');
}

const pointersOf = (body: unknown) => (refusalOf(body).errors ?? []).map(({ pointer }) => pointer);

describe('CreateOrderPipe', () => {
  it.each([
    VALID,
    { ...VALID, amount: '150.50' },
    { ...VALID, user_id: Number.MAX_SAFE_INTEGER },
    { ...VALID, item: '💰'.repeat(255) },
  ])('takes %j as it is', (body) => {
    expect(transform(body)).toEqual({ kind: 'plain', body });
  });

  it.each([[null], [undefined], [[]], [[VALID]], ['{}'], [1], [true]])(
    'refuses a body that is not an object: %j',
    (body) => {
      const { code, detail } = refusalOf(body);
      expect([code, detail]).toEqual(['VALIDATION_FAILED', 'the body must be a JSON object']);
    },
  );

  it.each([
    ['/user_id', [0, -1, 1.5, '1', null, true, [], [1], {}, 2 ** 53, Number.NaN]],
    ['/item', ['', ' ', 'a\nb', '\ud800', 'x'.repeat(256), 1, null, ['AAPL'], {}]],
    ['/amount', [0, -1, '0.001', '1e2', 100000000, null, '', [], [1], { toString: () => '1' }]],
  ])('points at %s when only that is wrong', (pointer, values) => {
    for (const value of values) {
      expect(pointersOf({ ...VALID, [pointer.slice(1)]: value })).toEqual([pointer]);
    }
  });

  it.each(['user_id', 'item', 'amount'])('misses %s', (name) => {
    const body: Record<string, unknown> = { ...VALID };
    delete body[name];
    expect(pointersOf(body)).toEqual([`/${name}`]);
  });

  it('points at everything that is wrong, and says so in one line', () => {
    const { errors, detail } = refusalOf({ item: '', amount: 0, colour: 'red' });
    expect(errors!.map(({ pointer }) => pointer).sort()).toEqual([
      '/amount',
      '/colour',
      '/item',
      '/user_id',
    ]);
    expect(detail.split('; ')).toHaveLength(4);
    expect(detail).toContain('colour is not a member of an order');
  });

  it.each(['id', 'status', 'Amount', 'user_id ', '', 'toString', 'constructor', 'hasOwnProperty'])(
    'refuses the unknown member %p',
    (name) => {
      expect(pointersOf({ ...VALID, [name]: 'OPEN' })).toEqual([`/${name}`]);
    },
  );

  it('writes the names of members as JSON pointers', () => {
    expect(pointersOf({ ...VALID, 'a/b~c': 1 })).toEqual(['/a~1b~0c']);
  });

  it.each([
    ['"__proto__":{"amount":1}', '/__proto__'],
    ['"constructor":{"prototype":{"polluted":true}}', '/constructor'],
    ['"prototype":{}', '/prototype'],
  ])('refuses %s and pollutes nothing', (member, pointer) => {
    const body: unknown = JSON.parse(`{"user_id":1,"item":"AAPL","amount":1,${member}}`);
    expect(pointersOf(body)).toEqual([pointer]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('does not take members from a prototype', () => {
    const body: unknown = JSON.parse('{"__proto__":{"user_id":1,"item":"AAPL","amount":1}}');
    expect(pointersOf(body).sort()).toEqual(['/__proto__', '/amount', '/item', '/user_id']);
    expect(pointersOf(Object.create(VALID)).sort()).toEqual(['/amount', '/item', '/user_id']);
  });
});
