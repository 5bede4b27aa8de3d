import { Random } from '../../../test/support/random';
import { decodeOrderEvent } from './order-event';

const CREATED_AT = '2026-01-02T03:04:05.678Z';

const orderEvent = (changes: object = {}, order: unknown = { id: 7, created_at: CREATED_AT }) =>
  JSON.stringify({ type: 'ORDER_PLACED', request_id: 'r-1', order, ...changes });

const decoded = (value: string | null) => {
  const result = decodeOrderEvent(value);
  return result.ok ? result.event : result.reason;
};

describe('decodeOrderEvent', () => {
  it.each(['ORDER_PLACED', 'ORDER_CANCEL_REQUESTED'])('reads %s', (type) => {
    expect(decoded(orderEvent({ type }))).toMatchObject({
      type,
      orderId: 7,
      createdAtMs: Date.parse(CREATED_AT),
      requestId: 'r-1',
    });
  });

  it('passes over members that it does not know', () => {
    const order = { id: 7, created_at: CREATED_AT, colour: 'red' };
    expect(decoded(orderEvent({ version: 9 }, order))).toMatchObject({ orderId: 7 });
  });

  it.each([[null], [''], ['{'], ['undefined'], ['{"type":}'], ['\ufeff{}'], ["{'type':1}"]])(
    'has no JSON in %j',
    (value) => {
      expect(decoded(value)).toBe('NOT_JSON');
    },
  );

  it.each(['null', '1', '"ORDER_PLACED"', 'true', '[]', '[{"type":"ORDER_PLACED"}]'])(
    'has no object in %s',
    (value) => {
      expect(decoded(value)).toBe('NOT_AN_OBJECT');
    },
  );

  it.each([['ORDER_FILLED'], ['order_placed'], [''], [null], [1], [['ORDER_PLACED']], [undefined]])(
    'does not know the type %p',
    (type) => {
      expect(decoded(orderEvent({ type }))).toBe('UNKNOWN_TYPE');
    },
  );

  it.each([[null], [[]], [7], ['7'], [{}], [[{ id: 7 }]]])('has no order in %j', (order) => {
    expect(decoded(orderEvent({}, order))).toBe('INVALID_ORDER');
  });

  it.each([
    [0],
    [-1],
    [1.5],
    [2 ** 53],
    ['0'],
    ['-1'],
    ['1.5'],
    ['9007199254740992'],
    [' 7'],
    [''],
  ])('refuses the id %p', (id) => {
    expect(decoded(orderEvent({}, { id }))).toBe('INVALID_ORDER');
  });

  it.each([[null], [true], [[7]], [{}], ['seven'], ['0x7'], ['99999999999999999']])(
    'refuses an id of another kind: %j',
    (id) => {
      expect(decoded(orderEvent({}, { id }))).toBe('INVALID_ORDER');
    },
  );

  it('reads an id that was written as text', () => {
    expect(decoded(orderEvent({}, { id: '9007199254740991' }))).toMatchObject({
      orderId: Number.MAX_SAFE_INTEGER,
    });
  });

  it('knows no time where the event has none', () => {
    expect(decoded(orderEvent({}, { id: 7 }))).toMatchObject({ createdAtMs: null });
  });

  it.each([[null], [1767323045678], [''], ['yesterday'], ['2026-13-01T00:00:00Z'], [{}], [[]]])(
    'refuses the time %j',
    (created_at) => {
      expect(decoded(orderEvent({}, { id: 7, created_at }))).toBe('INVALID_TIME');
    },
  );

  it.each([[undefined], [null], [''], [5], ['a b'], ['ä'], ['x'.repeat(129)], ['a\nb']])(
    'leaves out the request id %j',
    (request_id) => {
      expect(decoded(orderEvent({ request_id }))).toMatchObject({ requestId: null });
    },
  );

  it('is not fooled by members of the prototype', () => {
    const value = `{"__proto__":{"type":"ORDER_PLACED","order":{"id":7}}}`;
    expect(decoded(value)).toBe('UNKNOWN_TYPE');
    expect(decoded('{"type":"ORDER_PLACED","order":{"__proto__":{"id":7}}}')).toBe('INVALID_ORDER');
  });
});

describe('decodeOrderEvent, given anything', () => {
  const REASONS = ['NOT_JSON', 'NOT_AN_OBJECT', 'UNKNOWN_TYPE', 'INVALID_ORDER', 'INVALID_TIME'];

  const expectSane = (value: string): string => {
    const result = decodeOrderEvent(value);
    if (!result.ok) {
      expect(REASONS).toContain(result.reason);
      return result.reason;
    }
    if (!('orderId' in result.event)) return 'ok';
    const { orderId, createdAtMs, requestId } = result.event;
    expect(Number.isSafeInteger(orderId) && orderId > 0).toBe(true);
    expect(createdAtMs === null || Number.isFinite(createdAtMs)).toBe(true);
    expect(requestId ?? 'r').toMatch(/^[\x21-\x7e]{1,128}$/);
    return 'ok';
  };

  it('never throws at random bytes', () => {
    const random = new Random(3);
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Array.from({ length: random.between(0, 40) }, () => random.between(0, 255));
      expect(REASONS).toContain(expectSane(Buffer.from(bytes).toString('utf8')));
    }
  });

  it('never throws at an event with a character changed', () => {
    const random = new Random(4);
    const event = orderEvent();
    const seen = new Set<string>();
    for (let round = 0; round < 4000; round += 1) {
      const at = random.between(0, event.length - 1);
      const other = String.fromCharCode(random.between(32, 126));
      seen.add(expectSane(event.slice(0, at) + other + event.slice(at + 1)));
    }
    expect([...seen].sort()).toEqual([
      'INVALID_ORDER',
      'INVALID_TIME',
      'NOT_JSON',
      'UNKNOWN_TYPE',
      'ok',
    ]);
  });

  it('never throws at JSON of any shape', () => {
    const random = new Random(5);
    const values = [
      null,
      true,
      0,
      -1,
      1.5,
      7,
      2 ** 60,
      '',
      '7',
      CREATED_AT,
      'ORDER_PLACED',
      [],
      {},
    ];
    const keys = ['type', 'order', 'id', 'created_at', 'request_id', '__proto__', 'constructor'];
    const any = (depth: number): unknown => {
      if (depth === 0 || random.chance(0.3)) return random.pick(values);
      return Object.fromEntries(keys.map((key) => [key, any(depth - 1)]));
    };
    for (let round = 0; round < 2000; round += 1) {
      const text = JSON.stringify({ type: 'ORDER_PLACED', order: any(2), request_id: any(1) });
      expect(['ok', 'INVALID_ORDER', 'INVALID_TIME']).toContain(expectSane(text));
      expectSane(JSON.stringify(any(3)));
    }
  });
});
