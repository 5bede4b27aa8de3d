import type { Draft } from '../../apps/web/src/account/ticket/draft';
import { emptyDraft } from '../../apps/web/src/account/ticket/draft';
import {
  checkTicket,
  DEFAULT_RULES,
  type MarketRules,
} from '../../apps/web/src/account/ticket/check-ticket';
import { type Field, fieldsOf } from '../../apps/web/src/account/ticket/fields';
import { orderBody } from '../../apps/web/src/account/ticket/order-body';
import {
  createDeployment,
  type Deployment,
  eventually,
  getOrder,
  send,
} from '../support/processes';
import { Random } from '../support/random';

interface Result {
  status: number;
  order?: { id: number };
  problem?: { code: string; detail: string };
}

const USER = 7;
const ROUNDS = 800;

/** What somebody may type into a field of numbers. */
const TYPED = [
  ['', ' ', '0', '0.0', '-1', '1', '1.05', '1.03', '.5', '5.', ' 7 ', '1e3', '1,5', 'x', '007'],
  ['0.5', '0.25', '0.95', '10', '250', '250.5', '999.95', '1000', '1000.05', '5000', '10000'],
  ['10000.5', '0.0001', '0.01', '0.025', '123.456', '1.0500000', '99999999.99', '100000000'],
  ['90071992547409.91', '45035996273704.96', '10000000', '1'.repeat(20), '1'.repeat(21)],
].flat();
const MOSTLY = ['1', '10', '250', '250.5', '999.95', '1.5', '5000', '100', '0.5', '2.5'];
const KINDS = ['LIMIT', 'MARKET', 'STOP', 'STOP_LIMIT', 'PLAIN'] as const;
const TIMES = ['GTC', 'IOC', 'FOK', 'GTD', 'DAY'] as const;
const MODES = ['NONE', 'CANCEL_NEWEST', 'CANCEL_OLDEST', 'CANCEL_BOTH', 'DECREMENT'] as const;

/** Reasons for which the matcher refuses what the ticket must have known. */
const KNOWABLE = new Set([
  'PRICE_OUT_OF_BAND',
  'QUANTITY_TOO_SMALL',
  'QUANTITY_TOO_LARGE',
  'NOTIONAL_TOO_LARGE',
  'UNSUPPORTED_COMBINATION',
  'INVALID_DISPLAY_QUANTITY',
]);

function randomDraft(random: Random, item: string, round: number): Draft {
  const typed = () => random.pick(random.chance(0.75) ? MOSTLY : TYPED);
  return {
    ...emptyDraft(random.chance(0.97) ? item : random.pick(['', ' ', 'x'.repeat(256), 'a\nb'])),
    kind: random.pick(KINDS),
    side: random.pick(['BUY', 'SELL'] as const),
    price: typed(),
    quantity: typed(),
    stopPrice: typed(),
    amount: typed(),
    sizeBy: random.pick(['quantity', 'amount'] as const),
    timeInForce: random.pick(TIMES),
    expiresAt: random.pick(['', '2020-01-01T00:00', '2099-01-01T00:00', '2099-06-01T12:30']),
    postOnly: random.chance(0.2),
    displayQuantity: random.chance(0.2) ? typed() : '',
    selfTradePrevention: random.pick(MODES),
    clientOrderId: random.chance(0.1) ? random.pick([`n${round}`, 'a b', 'ä']) : '',
  };
}

/** The body that would be sent if nobody had looked at what was typed. */
function unchecked(draft: Draft): object {
  const shown = fieldsOf(draft);
  const entries: Partial<Record<Field, string>> = {};
  for (const field of ['price', 'quantity', 'stopPrice', 'amount', 'displayQuantity'] as const) {
    if (shown.has(field) && draft[field].trim() !== '') entries[field] = draft[field].trim();
  }
  if (!shown.has('expiresAt') || draft.expiresAt !== '') return orderBody(draft, USER, entries);
  const body: Partial<Record<string, unknown>> = {
    ...orderBody({ ...draft, expiresAt: '2099-01-01T00:00' }, USER, entries),
  };
  delete body.expires_at;
  return body;
}

describe("the page's order ticket and the api", () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  const reasonOf = async (id: number): Promise<string | null> => {
    const order = (await getOrder(url, id)) as { reason?: string | null };
    return order.reason ?? null;
  };

  it.each<[string, Partial<MarketRules>]>([
    ['without rules', {}],
    [
      'with coarse units and bounds',
      {
        tick_size: '0.05',
        lot_size: '0.5',
        min_price: '1',
        max_price: '1000',
        min_quantity: '1',
        max_quantity: '9000',
      },
    ],
  ])(
    'agree on %s: what one lets through the other takes, what one refuses the other refuses',
    async (name, set) => {
      const item = `TICKET ${name}`;
      const rules = { ...DEFAULT_RULES, ...set };
      if (Object.keys(set).length > 0) {
        expect((await send(url, 'PUT', `/markets/${item}`, { body: set })).status).toBe(200);
      }
      const random = new Random(name.length);
      const drafts = Array.from({ length: ROUNDS }, (_, round) => randomDraft(random, item, round));
      const checked = drafts.map((draft) => checkTicket(draft, USER, rules, Date.now()));
      const orders: object[] = drafts.map((draft, index) => {
        const of = checked[index];
        return of?.ok === true ? of.body : unchecked(draft);
      });
      // Behind all others: when it has ended, they have had their turn.
      orders.push({ user_id: USER, item, side: 'BUY', type: 'MARKET', quantity: '1' });
      const answer = await send(url, 'POST', '/orders/batch', { body: orders });
      expect(answer.status).toBe(200);
      const { results } = answer.json as { results: Result[] };
      const last = results.at(-1)?.order?.id ?? 0;
      await eventually(async () => {
        expect((await getOrder(url, last)).status).not.toBe('OPEN');
      });
      const wrong: object[] = [];
      const counts = { taken: 0, refused: 0, bounds: 0 };
      for (const [index, draft] of drafts.entries()) {
        const result = results[index];
        const ticket = checked[index];
        const reason = result?.order === undefined ? null : await reasonOf(result.order.id);
        const refused = result?.status !== 201 || (reason !== null && KNOWABLE.has(reason));
        if (ticket?.ok === refused)
          wrong.push({ draft, body: orders[index], ticket, result, reason });
        if (ticket?.ok === true) counts.taken += 1;
        else counts.refused += 1;
        if (reason !== null && KNOWABLE.has(reason)) counts.bounds += 1;
      }
      expect(wrong).toEqual([]);
      expect(counts.taken).toBeGreaterThan(ROUNDS / 10);
      expect(counts.refused).toBeGreaterThan(ROUNDS / 10);
      if (Object.keys(set).length > 0) expect(counts.bounds).toBeGreaterThan(0);
    },
    60_000,
  );
});
