import { MarketState, OrderType, SelfTradePrevention, Side, TimeInForce } from './commands';
import type { PlaceOrder } from './commands';
import { EffectKind } from './effects';
import * as layout from './layout';
import type { IncomingOrder } from './incoming-order';
import type { OrderBook } from './order-book';
import * as flagNames from './order-flags';
import * as pool from './order-pool';
import type { Reason } from './reasons';

// The short ways of most commands: a GTC limit order without any flag that meets nothing, the cancel of an order
// without extras, fills against such orders. They do what the general way does (admission.ts, run-order.ts, match.ts,
// order-book.ts), each in one function
// over the arrays themselves: V8 stops inlining after 920 bytes of bytecode, and calls with numbers in between cost
// more than the work. The comparison with the reference book takes both ways: docs/decisions/0008.

// Bound once: docs/decisions/0006.
const { ORDER_FLOATS, ORDER_INTS, ORDER_ID, REMAINING, NEXT, PREV, LEVEL, FLAGS } = layout;
const { LEVEL_FLOATS, LEVEL_INTS, PRICE, VISIBLE, OPEN, HEAD, TAIL, COUNT } = layout;
const { EFFECT_WORDS, SIDE_BIT, MAKER_FINAL, TAKER_FINAL, REASON_BIT } = layout;
const { MOST_ORDERS } = pool;
const { HAS_EXTRAS, PLAIN_BUY, PLAIN_SELL, sideOf } = flagNames;
const { Accepted, Cancelled, Level, Rested, Trade } = EffectKind;
const { Trading } = MarketState;
const { Limit } = OrderType;
const { None } = SelfTradePrevention;
const { Buy, Sell } = Side;
const { Gtc } = TimeInForce;
const HIGHEST = Number.MAX_SAFE_INTEGER;
const ACCEPTED_WORDS = EFFECT_WORDS[Accepted];
const TRADE_WORDS = EFFECT_WORDS[Trade];
const RESTED_WORDS = EFFECT_WORDS[Rested];
const CANCELLED_WORDS = EFFECT_WORDS[Cancelled];
const LEVEL_WORDS = EFFECT_WORDS[Level];

/**
 * Whether an order is a plain GTC limit order that meets nothing, and that admission.ts takes unless its id is used.
 * @returns false for every other one, and every faulty one: those take the general way.
 */
export function isPlainAndRests(book: OrderBook, order: Readonly<PlaceOrder>): boolean {
  const { orderId, ownerId, side, priceTicks, quantityLots } = order;
  if (
    order.type !== Limit ||
    order.timeInForce !== Gtc ||
    order.selfTradePrevention !== None ||
    typeof order.postOnly !== 'boolean' ||
    order.postOnly ||
    order.stopTicks !== 0 ||
    order.displayLots !== 0 ||
    order.amountTickLots !== 0 ||
    order.expiresAtMs !== 0 ||
    book.state !== Trading
  ) {
    return false;
  }
  const { rules } = book;
  if (!Number.isSafeInteger(orderId) || orderId < 1) return false;
  if (!Number.isSafeInteger(ownerId) || ownerId < 1) return false;
  if (!Number.isSafeInteger(priceTicks) || !Number.isSafeInteger(quantityLots)) return false;
  if (priceTicks < rules.minPriceTicks || priceTicks > rules.maxPriceTicks) return false;
  if (quantityLots < rules.minQuantityLots || quantityLots > rules.maxQuantityLots) return false;
  if (priceTicks * quantityLots > HIGHEST) return false;
  const { floats } = book.ladders;
  if (side === Buy) {
    const ask = book.bestAsk;
    if (ask !== 0 && (floats[ask * LEVEL_FLOATS + PRICE] as number) <= priceTicks) return false;
    if (book.openBuyLots + quantityLots > HIGHEST) return false;
  } else if (side === Sell) {
    const bid = book.bestBid;
    if (bid !== 0 && (floats[bid * LEVEL_FLOATS + PRICE] as number) >= priceTicks) return false;
    if (book.openSellLots + quantityLots > HIGHEST) return false;
  } else {
    return false;
  }
  return book.orders.size < MOST_ORDERS;
}

/** Takes such an order, whose id has been taken: a record, its place at the tail of its level. Writes ACCEPTED, RESTED and LEVEL. */
export function restPlain(book: OrderBook, order: Readonly<PlaceOrder>): void {
  const { orders, ladders, effects, market } = book;
  const { orderId, side, priceTicks, quantityLots: lots } = order;
  if (orders.isFull) book.store.growOrders();
  const slot = orders.add(
    orderId,
    order.ownerId,
    side === Buy ? PLAIN_BUY : PLAIN_SELL,
    lots,
    lots,
  );
  book.index.insert(orderId, slot);
  const level = book.levelAt(side, priceTicks);

  const { ints: levelInts, floats: levelFloats } = ladders;
  const levelInt = level * LEVEL_INTS;
  const levelFloat = level * LEVEL_FLOATS;
  const tail = levelInts[levelInt + TAIL] as number;
  const count = (levelInts[levelInt + COUNT] as number) + 1;
  if (tail === 0) levelInts[levelInt + HEAD] = slot;
  levelInts[levelInt + TAIL] = slot;
  levelInts[levelInt + COUNT] = count;
  const shown = (levelFloats[levelFloat + VISIBLE] as number) + lots;
  levelFloats[levelFloat + VISIBLE] = shown;
  levelFloats[levelFloat + OPEN] = (levelFloats[levelFloat + OPEN] as number) + lots;
  const { ints } = orders;
  const at = slot * ORDER_INTS;
  ints[at + NEXT] = 0;
  ints[at + PREV] = tail;
  ints[at + LEVEL] = level;
  ints[tail * ORDER_INTS + NEXT] = slot;
  if (side === Buy) book.openBuyLots += lots;
  else book.openSellLots += lots;

  const sequence = book.sequence;
  book.sequence = sequence + 3;
  const accepted = effects.room(ACCEPTED_WORDS + RESTED_WORDS + LEVEL_WORDS);
  const { words } = effects;
  words[accepted] = Accepted;
  words[accepted + 1] = market;
  words[accepted + 2] = sequence + 1;
  words[accepted + 3] = orderId;
  words[accepted + 4] = lots;
  const rested = accepted + ACCEPTED_WORDS;
  words[rested] = Rested | (side << SIDE_BIT);
  words[rested + 1] = market;
  words[rested + 2] = sequence + 2;
  words[rested + 3] = orderId;
  words[rested + 4] = priceTicks;
  words[rested + 5] = lots;
  words[rested + 6] = lots;
  const changed = rested + RESTED_WORDS;
  words[changed] = Level | (side << SIDE_BIT);
  words[changed + 1] = market;
  words[changed + 2] = sequence + 3;
  words[changed + 3] = priceTicks;
  words[changed + 4] = shown;
  words[changed + 5] = count;
}

/** Ends a resting order without extras. Writes CANCELLED and LEVEL. */
export function cancelPlain(book: OrderBook, slot: number, reason: Reason): void {
  const { orders, ladders, effects, market } = book;
  const { ints, floats } = orders;
  const at = slot * ORDER_INTS;
  const orderId = floats[slot * ORDER_FLOATS + ORDER_ID] as number;
  const lots = floats[slot * ORDER_FLOATS + REMAINING] as number;
  const side = sideOf(ints[at + FLAGS] as number);
  const next = ints[at + NEXT] as number;
  const prev = ints[at + PREV] as number;
  const level = ints[at + LEVEL] as number;
  ints[prev * ORDER_INTS + NEXT] = next;
  ints[next * ORDER_INTS + PREV] = prev;
  book.index.remove(orderId, slot);
  orders.release(slot);
  if (side === Buy) book.openBuyLots -= lots;
  else book.openSellLots -= lots;

  const { ints: levelInts, floats: levelFloats } = ladders;
  const levelInt = level * LEVEL_INTS;
  const levelFloat = level * LEVEL_FLOATS;
  const priceTicks = levelFloats[levelFloat + PRICE] as number;
  if (prev === 0) levelInts[levelInt + HEAD] = next;
  if (next === 0) levelInts[levelInt + TAIL] = prev;
  const count = (levelInts[levelInt + COUNT] as number) - 1;
  levelInts[levelInt + COUNT] = count;
  const shown = (levelFloats[levelFloat + VISIBLE] as number) - lots;
  levelFloats[levelFloat + VISIBLE] = shown;
  levelFloats[levelFloat + OPEN] = (levelFloats[levelFloat + OPEN] as number) - lots;
  if (count === 0) book.closeLevel(level, side);

  const sequence = book.sequence;
  book.sequence = sequence + 2;
  const cancelled = effects.room(CANCELLED_WORDS + LEVEL_WORDS);
  const { words } = effects;
  words[cancelled] = Cancelled | (reason << REASON_BIT);
  words[cancelled + 1] = market;
  words[cancelled + 2] = sequence + 1;
  words[cancelled + 3] = orderId;
  words[cancelled + 4] = lots;
  const changed = cancelled + CANCELLED_WORDS;
  words[changed] = Level | (side << SIDE_BIT);
  words[changed + 1] = market;
  words[changed + 2] = sequence + 2;
  words[changed + 3] = priceTicks;
  words[changed + 4] = shown;
  words[changed + 5] = count;
}

/**
 * Fills by quantity against the orders at the head of a level's queue, up to the first that has extras, or has the
 * incoming order's owner while that prevents self-trades. Writes a TRADE for each; LEVEL, and closing the level when
 * it is empty, are the caller's.
 * @returns whether anything traded.
 */
export function tradePlain(
  book: OrderBook,
  incoming: IncomingOrder,
  level: number,
  priceTicks: number,
): boolean {
  const { orders, ladders, effects, market, index } = book;
  const { orderId, side, ownerId } = incoming;
  const prevents = incoming.prevention !== None;
  const { ints, floats } = orders;
  const { ints: levelInts, floats: levelFloats } = ladders;
  const levelInt = level * LEVEL_INTS;
  const levelFloat = level * LEVEL_FLOATS;
  const before = incoming.remainingLots;
  let left = before;
  let filled = 0;
  let { sequence, tradeId } = book;
  let maker = levelInts[levelInt + HEAD] as number;
  while (maker !== 0 && left !== 0) {
    const at = maker * ORDER_INTS;
    if (((ints[at + FLAGS] as number) & HAS_EXTRAS) !== 0) break;
    if (prevents && orders.ownerId(maker) === ownerId) break;
    const makerId = floats[maker * ORDER_FLOATS + ORDER_ID] as number;
    const open = floats[maker * ORDER_FLOATS + REMAINING] as number;
    const lots = left < open ? left : open;
    left -= lots;
    sequence += 1;
    tradeId += 1;
    const trade = effects.room(TRADE_WORDS);
    const { words } = effects;
    words[trade] =
      Trade |
      (side << SIDE_BIT) |
      (lots === open ? MAKER_FINAL : 0) |
      (left === 0 ? TAKER_FINAL : 0);
    words[trade + 1] = market;
    words[trade + 2] = sequence;
    words[trade + 3] = tradeId;
    words[trade + 4] = makerId;
    words[trade + 5] = orderId;
    words[trade + 6] = priceTicks;
    words[trade + 7] = lots;
    words[trade + 8] = open - lots;
    words[trade + 9] = left;
    if (lots !== open) {
      floats[maker * ORDER_FLOATS + REMAINING] = open - lots;
      break;
    }
    const next = ints[at + NEXT] as number;
    index.remove(makerId, maker);
    orders.release(maker);
    filled += 1;
    maker = next;
  }
  const traded = before - left;
  if (traded === 0) return false;
  ints[maker * ORDER_INTS + PREV] = 0;
  levelInts[levelInt + HEAD] = maker;
  if (maker === 0) levelInts[levelInt + TAIL] = 0;
  levelInts[levelInt + COUNT] = (levelInts[levelInt + COUNT] as number) - filled;
  levelFloats[levelFloat + VISIBLE] = (levelFloats[levelFloat + VISIBLE] as number) - traded;
  levelFloats[levelFloat + OPEN] = (levelFloats[levelFloat + OPEN] as number) - traded;
  if (side === Buy) book.openSellLots -= traded;
  else book.openBuyLots -= traded;
  book.sequence = sequence;
  book.tradeId = tradeId;
  book.lastPriceTicks = priceTicks;
  incoming.remainingLots = left;
  incoming.done = left === 0;
  return true;
}
