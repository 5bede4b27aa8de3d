import type { Answer } from '../answer';
import { bookOrder } from '../orders/test-orders';
import type { NewOrder, Order, Problem } from '../schemas';
import { place } from './place';

const BODY: NewOrder = { user_id: 7, item: 'A', amount: '1' };

function problem(status: number, code: Problem['code']): Answer<Order> {
  const detail = 'no';
  return { ok: false, status, problem: { type: '', title: '', status, code, detail } };
}
const placed = (status: number): Answer<Order> => ({
  ok: true,
  status,
  data: bookOrder(),
  response: new Response(),
});

/** Each attempt gets the next of the answers; null: none comes. */
async function run(answers: (Answer<Order> | null)[], sentBefore = false) {
  const keys: string[] = [];
  const pauses: number[] = [];
  const result = await place(BODY, 'key-1', {
    send: (_, key) => {
      keys.push(key);
      const answer = answers[keys.length - 1] ?? null;
      return answer === null ? Promise.reject(new TypeError('fetch')) : Promise.resolve(answer);
    },
    wait: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    onRetry: () => undefined,
    sentBefore,
  });
  return { kind: result.kind, attempts: keys.length, keys: new Set(keys), pauses };
}

describe('placing an order', () => {
  it.each<[string, (Answer<Order> | null)[], string, number]>([
    ['a 201', [placed(201)], 'placed', 1],
    ['a 200 to the first request', [placed(200)], 'existed', 1],
    ['a 200 after a lost answer', [null, placed(200)], 'placed', 2],
    ['a refusal', [problem(400, 'VALIDATION_FAILED')], 'refused', 1],
    ['a conflict', [problem(409, 'DUPLICATE_REQUEST')], 'refused', 1],
    ['an overload that passes', [problem(503, 'OVERLOADED'), placed(201)], 'placed', 2],
    ['no answer at all', [], 'unknown', 5],
    ['a store that stays away', Array(5).fill(problem(503, 'STORE_UNAVAILABLE')), 'refused', 5],
    [
      'a lost answer, then a store that stays away',
      [null, ...Array(4).fill(problem(503, 'STORE_UNAVAILABLE'))],
      'unknown',
      5,
    ],
    ['an outcome that nobody knows', Array(5).fill(problem(503, 'OUTCOME_UNKNOWN')), 'unknown', 5],
  ])('%s', async (_, answers, kind, attempts) => {
    const ran = await run(answers);
    expect([ran.kind, ran.attempts]).toEqual([kind, attempts]);
    expect([...ran.keys]).toEqual(['key-1']);
  });

  it('finds what was placed by an intent that had no answer', async () => {
    expect((await run([placed(200)], true)).kind).toBe('placed');
    expect((await run(Array(5).fill(problem(503, 'OVERLOADED')), true)).kind).toBe('unknown');
  });

  it('waits longer each time', async () => {
    expect((await run([])).pauses).toEqual([400, 1000, 2000, 4000]);
  });
});
