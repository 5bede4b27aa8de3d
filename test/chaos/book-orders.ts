import type { Random } from '../support/random';

/** Body of a `POST /orders` with a side, as clients send it. */
export interface BookOrderBody {
  user_id: number;
  item: string;
  side: 'BUY' | 'SELL';
  type: 'LIMIT' | 'MARKET' | 'STOP' | 'STOP_LIMIT';
  time_in_force: 'GTC' | 'IOC' | 'FOK' | 'GTD' | 'DAY';
  price?: string;
  quantity?: string;
  amount?: string;
  stop_price?: string;
  expires_at?: string;
  post_only?: boolean;
  display_quantity?: string;
  self_trade_prevention?: string;
  client_order_id?: string;
}

/** Few items, users and prices, so that much of it meets. One name needs care on its way. */
export const BOOK_ITEMS = ['GOLD', 'gold', 'a "quoted" item'];
/** The one that an operator changes now and then. */
export const OPERATED_ITEM = 'gold';
export const BOOK_USERS = 6;

/** Buyers and sellers meet in the middle; about half of the orders rest first. */
const MIDDLE_TICKS = 1000;
const SPREAD_TICKS = 12;
const OVERLAP_TICKS = 4;
/** Decimals of a lot. */
const QUANTITIES = ['0.0001', '0.5', '1', '2', '2.5', '3', '5', '8', '13'];
const MODES = ['NONE', 'CANCEL_NEWEST', 'CANCEL_OLDEST', 'CANCEL_BOTH', 'DECREMENT'];
const EXPIRY_MS = 1500;

export function randomPrice(random: Random, side: BookOrderBody['side']): string {
  const away = random.between(-OVERLAP_TICKS, SPREAD_TICKS);
  return ((MIDDLE_TICKS + (side === 'BUY' ? -away : away)) / 100).toFixed(2);
}

/** Stops of buyers lie above the last price, those of sellers below, or they fire at once. */
function randomStopPrice(random: Random, side: BookOrderBody['side']): string {
  return randomPrice(random, side === 'BUY' ? 'SELL' : 'BUY');
}

export function randomQuantity(random: Random): string {
  return random.pick(QUANTITIES);
}

/** Any order that the rules take. @param nowMs from which short expiries count. */
export function randomBookOrder(random: Random, nowMs: number): BookOrderBody {
  const type = random.pick([
    'LIMIT',
    'LIMIT',
    'LIMIT',
    'LIMIT',
    'LIMIT',
    'MARKET',
    'STOP',
    'STOP_LIMIT',
  ] as const);
  const body: BookOrderBody = {
    user_id: random.between(1, BOOK_USERS),
    item: random.pick(BOOK_ITEMS),
    side: random.pick(['BUY', 'SELL'] as const),
    type,
    time_in_force: timeInForceOf(type, random),
  };
  const byAmount = type === 'MARKET' && body.time_in_force === 'IOC' && random.chance(0.3);
  if (byAmount) body.amount = (random.between(1, 6000) / 100).toFixed(2);
  else body.quantity = randomQuantity(random);
  if (random.chance(0.6)) {
    const mode = random.pick(MODES);
    body.self_trade_prevention = byAmount && mode === 'DECREMENT' ? 'NONE' : mode;
  }
  if (type === 'STOP' || type === 'STOP_LIMIT')
    body.stop_price = randomStopPrice(random, body.side);
  if (body.time_in_force === 'GTD')
    body.expires_at = new Date(nowMs + random.between(200, EXPIRY_MS)).toISOString();
  if (type === 'LIMIT' || type === 'STOP_LIMIT') addLimit(body, random);
  return body;
}

function timeInForceOf(
  type: BookOrderBody['type'],
  random: Random,
): BookOrderBody['time_in_force'] {
  if (type === 'MARKET') return random.pick(['IOC', 'IOC', 'FOK'] as const);
  return random.pick(['GTC', 'GTC', 'GTC', 'GTC', 'GTD', 'GTD', 'DAY', 'IOC', 'FOK'] as const);
}

function addLimit(body: BookOrderBody, random: Random): void {
  body.price = randomPrice(random, body.side);
  if (body.time_in_force === 'IOC' || body.time_in_force === 'FOK') return;
  if (random.chance(0.15)) body.post_only = true;
  if (Number(body.quantity) > 1 && random.chance(0.3)) body.display_quantity = '0.5';
}

/** Body of a `PUT /markets/{item}`. */
export function randomMarket(random: Random): object {
  const state = random.pick(['TRADING', 'TRADING', 'POST_ONLY', 'CANCEL_ONLY', 'HALTED']);
  const bounds = random.chance(0.5) ? { min_price: '9.95', max_quantity: '8' } : {};
  return { state, ...bounds };
}
