import {
  ORDER_TYPES,
  type OrderType,
  SELF_TRADE_PREVENTIONS,
  TIMES_IN_FORCE,
  type TimeInForce,
} from '@app/contracts';
import { ProblemException } from '@app/platform';
import { NEW_ORDER_EXAMPLES } from '../order-examples';
import { readOrderRequest } from './order-request';

const BASE = { user_id: 1, item: 'AAPL', side: 'BUY' };
const LIMIT = { ...BASE, price: '150.50', quantity: '10' };

function refusalOf(body: unknown): ProblemException {
  const request = readOrderRequest(body);
  if (request instanceof ProblemException) return request;
  throw new Error('the body was taken');
}

const codeOf = (body: unknown): string => {
  const request = readOrderRequest(body);
  return request instanceof ProblemException ? request.code : request.kind;
};

describe('readOrderRequest', () => {
  it.each(Object.entries(NEW_ORDER_EXAMPLES))('takes the documented example %s', (_, { value }) => {
    const request = readOrderRequest(value);
    expect(request).toEqual({ kind: 'side' in value ? 'book' : 'plain', body: value });
  });

  it.each([
    ['side', ['buy', '', null, 1, {}]],
    ['type', ['limit', '', 1]],
    ['price', ['0', '-1', '1e2', '1,5', '', 'x', Number.NaN, 1e-7, true, [], '1'.repeat(21)]],
    ['quantity', ['0', -1, Number.POSITIVE_INFINITY, '0.000', {}]],
    ['time_in_force', ['gtc', 'GOOD', 0]],
    ['self_trade_prevention', ['none', 'CANCEL', false]],
    ['client_order_id', ['', 'a b', 'ä', 'x'.repeat(65), 1, '\u007f']],
    ['post_only', ['true', 1, 'false']],
    ['user_id', [0, '1', null]],
    ['item', ['', ' ', null]],
  ])('points at %s when only that is wrong', (name, values) => {
    for (const value of values) {
      const { code, errors } = refusalOf({ ...LIMIT, [name]: value });
      expect(code).toBe('VALIDATION_FAILED');
      expect(errors!.map(({ pointer }) => pointer)).toEqual([`/${name}`]);
    }
  });

  it.each(['type', 'stop_price', 'time_in_force', 'post_only', 'client_order_id', 'expires_at'])(
    'takes null for a %s that is not given',
    (name) => {
      expect(codeOf({ ...LIMIT, [name]: null })).toBe('book');
    },
  );

  it('takes decimals as texts and as numbers', () => {
    expect(codeOf({ ...LIMIT, price: 150.5, quantity: 10 })).toBe('book');
  });

  it('says of a member of book orders that it wants a side', () => {
    const { errors } = refusalOf({ user_id: 1, item: 'A', amount: 1, price: '1', colour: 'red' });
    expect(errors).toEqual([
      { pointer: '/price', detail: 'is a member of orders with a side' },
      { pointer: '/colour', detail: 'is not a member of an order' },
    ]);
  });

  it('names the members that do not go together', () => {
    const { code, errors, detail } = refusalOf({ ...BASE, type: 'MARKET', quantity: 1, price: 1 });
    expect(code).toBe('UNSUPPORTED_COMBINATION');
    expect(errors!.map(({ pointer }) => pointer)).toEqual(['/type', '/price']);
    expect(detail).toBe('type and price: a MARKET order has no price');
  });

  it.each([
    ['LIMIT', ['price', 'quantity']],
    ['STOP', ['quantity', 'stop_price']],
    ['STOP_LIMIT', ['price', 'quantity', 'stop_price']],
    ['MARKET', ['quantity']],
  ])('misses what a %s order needs', (type, members) => {
    const { code, errors } = refusalOf({ ...BASE, type });
    expect(code).toBe('VALIDATION_FAILED');
    expect(errors!.map(({ pointer }) => pointer.slice(1))).toEqual(members);
  });
});

/** The table of docs/matching-rules.md §2, once more. */
const ALLOWED: Record<OrderType, { needs: string[]; may: string[]; times: TimeInForce[] }> = {
  LIMIT: { needs: ['quantity', 'price'], may: [], times: ['GTC', 'IOC', 'FOK', 'GTD', 'DAY'] },
  MARKET: { needs: [], may: ['quantity', 'amount'], times: ['GTC', 'IOC', 'FOK'] },
  STOP: {
    needs: ['quantity', 'stop_price'],
    may: [],
    times: ['GTC', 'IOC', 'FOK', 'GTD', 'DAY'],
  },
  STOP_LIMIT: {
    needs: ['quantity', 'price', 'stop_price'],
    may: [],
    times: ['GTC', 'IOC', 'FOK', 'GTD', 'DAY'],
  },
};

const OPTIONAL: Record<string, unknown> = {
  quantity: '1',
  amount: '1',
  price: '1',
  stop_price: '1',
  expires_at: '2099-01-01T00:00:00Z',
  post_only: true,
  display_quantity: '1',
};

function isAllowed(type: OrderType, time: TimeInForce, members: string[], mode: string): boolean {
  const { needs, may, times } = ALLOWED[type];
  const given = (name: string) => members.includes(name);
  const known = [...needs, ...may, 'expires_at', 'post_only', 'display_quantity'];
  if (!needs.every(given) || !members.every((name) => known.includes(name))) return false;
  if (!times.includes(time)) return false;
  if (given('expires_at') !== (time === 'GTD')) return false;
  const rests = ['GTC', 'GTD', 'DAY'].includes(time) && (type === 'LIMIT' || type === 'STOP_LIMIT');
  if ((given('post_only') || given('display_quantity')) && !rests) return false;
  if (type !== 'MARKET') return true;
  if (given('quantity') === given('amount')) return false;
  return !given('amount') || (time !== 'FOK' && mode !== 'DECREMENT');
}

describe('combinations', () => {
  it('are taken where the rules have them, and refused everywhere else', () => {
    const names = Object.keys(OPTIONAL);
    let taken = 0;
    for (const type of ORDER_TYPES) {
      for (const time of TIMES_IN_FORCE) {
        for (const mode of SELF_TRADE_PREVENTIONS) {
          for (let bits = 0; bits < 2 ** names.length; bits += 1) {
            const members = names.filter((_, index) => (bits >> index) % 2 === 1);
            const given = Object.fromEntries(members.map((name) => [name, OPTIONAL[name]]));
            const body = {
              ...BASE,
              type,
              time_in_force: time,
              self_trade_prevention: mode,
              ...given,
            };
            const allowed = isAllowed(type, time, members, mode);
            if (allowed) taken += 1;
            if ((codeOf(body) === 'book') !== allowed) throw new Error(JSON.stringify(body));
          }
        }
      }
    }
    expect(taken).toBe(188);
  });
});
