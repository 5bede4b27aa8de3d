import { MarketState, OrderType, SelfTradePrevention, Side, TimeInForce } from './commands';
import type { PlaceOrder } from './commands';
import { EffectKind } from './effects';
import * as layout from './layout';
import type { IncomingOrder } from './incoming-order';
import * as stores from './book-store';
import * as books from './order-book';
import type { OrderBook } from './order-book';
import * as flagNames from './order-flags';
import * as pool from './order-pool';
import { Reason } from './reasons';

// The short ways of most commands: limit and market orders by quantity without any flag, and the cancel of an order
// without extras. They do what the general way does (admission.ts, run-order.ts, match.ts, order-book.ts,
// order-pool.ts), each in one function over the arrays themselves: V8 stops inlining after 920 bytes of bytecode, and
// calls with numbers in between cost more than the work. What is inlined here by hand for that reason names the
// function that it stands for. The comparison with the reference book takes both ways: docs/decisions/0008.

// Bound once: docs/decisions/0006.
const { INDEX, ORDER_SHIFT, ORDER_ID, REMAINING, OWNER_ID, TOTAL } = layout;
const { NEXT, PREV, LEVEL, SIDE, EXTRAS_BIT, LEVEL_BITS, CHAIN, COLD_FLOATS, FLAGS } = layout;
const { PRICE, VISIBLE, OPEN, HEAD, TAIL, COUNT, LADDER } = layout;
const { EFFECT_WORDS, SIDE_BIT, MAKER_FINAL, TAKER_FINAL, REASON_BIT } = layout;
const { MOST_ORDERS } = pool;
const { LADDER_BITS, SIDES } = stores;
const { oppositeOf } = books;
const { User } = Reason;
const { PLAIN } = flagNames;
const { Accepted, Cancelled, Level, Rested, Trade } = EffectKind;
const { Halted, Trading } = MarketState;
const { Limit, Market } = OrderType;
const { None } = SelfTradePrevention;
const { Buy, Sell } = Side;
const { Gtc, Ioc } = TimeInForce;
const HIGHEST = Number.MAX_SAFE_INTEGER;
const ACCEPTED_WORDS = EFFECT_WORDS[Accepted];
const TRADE_WORDS = EFFECT_WORDS[Trade];
const RESTED_WORDS = EFFECT_WORDS[Rested];
const CANCELLED_WORDS = EFFECT_WORDS[Cancelled];
const LEVEL_WORDS = EFFECT_WORDS[Level];

/** What became of a new order. */
export const Way = {
  /** Nothing yet: it is not plain, or faulty, or its market takes no plain orders. The general way decides. */
  General: 0,
  /** It was taken and rests. */
  Rest: 1,
  /** It is admitted, and its id taken, and may meet something: it has to run. */
  Take: 2,
} as const;
export type Way = (typeof Way)[keyof typeof Way];
const { General, Rest, Take } = Way;

/**
 * Takes a plain order: a GTC limit order that meets nothing gets a record and its place at the tail of its level.
 * Writes ACCEPTED, RESTED and LEVEL then, nothing otherwise.
 */
export function placePlain(book: OrderBook, order: Readonly<PlaceOrder>): Way {
  const { orderId, ownerId, side, type, timeInForce, priceTicks, quantityLots: lots } = order;
  const { market, orders, ladders, rules, effects, store } = book;
  // Admission, as far as it can end well: admission.ts has the rules.
  if (
    order.selfTradePrevention !== None ||
    typeof order.postOnly !== 'boolean' ||
    order.postOnly ||
    order.stopTicks !== 0 ||
    order.displayLots !== 0 ||
    order.amountTickLots !== 0 ||
    order.expiresAtMs !== 0 ||
    book.state !== Trading
  ) {
    return General;
  }
  if (!Number.isSafeInteger(orderId) || orderId < 1) return General;
  if (!Number.isSafeInteger(ownerId) || ownerId < 1) return General;
  if (!Number.isSafeInteger(priceTicks) || !Number.isSafeInteger(lots)) return General;
  if (lots < rules.minQuantityLots || lots > rules.maxQuantityLots) return General;
  if (side !== Buy && side !== Sell) return General;
  if (timeInForce !== Gtc && timeInForce !== Ioc) return General;
  if (type === Market) return priceTicks === 0 && store.usedIds.take(orderId) ? Take : General;
  if (type !== Limit) return General;
  if (priceTicks < rules.minPriceTicks || priceTicks > rules.maxPriceTicks) return General;
  if (priceTicks * lots > HIGHEST) return General;
  const { openLots } = store;
  const openAt = ((market * SIDES) & INDEX) + side;
  const open = openLots[openAt] as number;
  if (open + lots > HIGHEST || orders.inUse >= MOST_ORDERS) return General;
  if (!store.usedIds.take(orderId)) return General;
  const best = (store.bests[((market * SIDES) & INDEX) + 1 - side] as number) & INDEX;
  // How much further the best opposite price is: a branch for each side would be guessed wrong half of the time.
  const gap = ((ladders.floats[(best >> 1) + PRICE] as number) - priceTicks) * (1 - 2 * side);
  if (timeInForce === Ioc || (best !== 0 && gap <= 0)) return Take;

  if (orders.isFull) book.store.growOrders();
  const { ints, floats, coldInts, coldFloats } = orders;
  // OrderPool.add
  let slot = orders.firstFree;
  if (slot !== 0) {
    orders.firstFree = ints[((slot << ORDER_SHIFT) & INDEX) + NEXT] as number;
  } else {
    slot = orders.slotsEver + 1;
    orders.slotsEver = slot;
  }
  orders.inUse += 1;
  const at = (slot << ORDER_SHIFT) & INDEX;
  floats[(at >> 1) + ORDER_ID] = orderId;
  floats[(at >> 1) + REMAINING] = lots;
  const cold = (slot * COLD_FLOATS) & INDEX;
  coldFloats[cold + OWNER_ID] = ownerId;
  coldFloats[cold + TOTAL] = lots;
  coldInts[2 * cold + FLAGS] = PLAIN | side;
  // OrderIndex.insert
  const { heads } = book.index;
  const place = book.index.placeOf(orderId);
  ints[at + CHAIN] = heads[place] as number;
  heads[place] = slot;

  // OrderBook.levelAt
  const ladder = market << LADDER_BITS;
  let level = ladders.trie.guess(ladder, priceTicks);
  if (
    ladders.floats[((level & INDEX) >> 1) + PRICE] !== priceTicks ||
    ladders.ints[(level & INDEX) + LADDER] !== ladder
  ) {
    level = book.levelAt(side, priceTicks);
  }
  const { ints: levelInts, floats: levelFloats } = ladders;
  const levelInt = level & INDEX;
  const levelFloat = levelInt >> 1;
  const tail = levelInts[levelInt + TAIL] as number;
  const count = (levelInts[levelInt + COUNT] as number) + 1;
  if (tail === 0) levelInts[levelInt + HEAD] = slot;
  levelInts[levelInt + TAIL] = slot;
  levelInts[levelInt + COUNT] = count;
  const shown = (levelFloats[levelFloat + VISIBLE] as number) + lots;
  levelFloats[levelFloat + VISIBLE] = shown;
  levelFloats[levelFloat + OPEN] = (levelFloats[levelFloat + OPEN] as number) + lots;
  ints[at + NEXT] = 0;
  ints[at + PREV] = tail;
  ints[at + LEVEL] = level | side;
  ints[((tail << ORDER_SHIFT) & INDEX) + NEXT] = slot;
  openLots[openAt] = open + lots;

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
  return Rest;
}

/**
 * Ends a resting order without extras at its owner's wish. Writes CANCELLED and LEVEL.
 * @returns false if there is no such order in the market, or it may not be cancelled: nothing has happened then.
 */
export function cancelPlain(book: OrderBook, orderId: number): boolean {
  if (!Number.isSafeInteger(orderId) || orderId < 1 || book.state === Halted) return false;
  const { orders, ladders, effects, market, index } = book;
  const { ints, floats } = orders;
  const { ints: levelInts, floats: levelFloats } = ladders;
  // OrderIndex.find
  const { heads } = index;
  const place = index.placeOf(orderId);
  let before = 0;
  let slot = heads[place] as number;
  while (slot !== 0 && floats[((slot << ORDER_SHIFT) >> 1) + ORDER_ID] !== orderId) {
    before = slot;
    slot = ints[((slot << ORDER_SHIFT) & INDEX) + CHAIN] as number;
  }
  if (slot === 0) return false;
  const at = (slot << ORDER_SHIFT) & INDEX;
  const bits = ints[at + LEVEL] as number;
  const side = (bits & SIDE) as Side;
  const level = bits & LEVEL_BITS;
  const levelInt = level & INDEX;
  const ladder = levelInts[levelInt + LADDER] as number;
  if ((bits & EXTRAS_BIT) !== 0 || ladder >> LADDER_BITS !== market) return false;
  // OrderIndex.remove
  const behind = ints[at + CHAIN] as number;
  if (before === 0) heads[place] = behind;
  else ints[((before << ORDER_SHIFT) & INDEX) + CHAIN] = behind;
  const lots = floats[(at >> 1) + REMAINING] as number;
  const next = ints[at + NEXT] as number;
  const prev = ints[at + PREV] as number;
  ints[((prev << ORDER_SHIFT) & INDEX) + NEXT] = next;
  ints[((next << ORDER_SHIFT) & INDEX) + PREV] = prev;
  // OrderPool.release
  ints[at + LEVEL] = 0;
  ints[at + NEXT] = orders.firstFree;
  orders.firstFree = slot;
  orders.inUse -= 1;
  const { openLots } = book.store;
  const openAt = ((market * SIDES) & INDEX) + side;
  openLots[openAt] = (openLots[openAt] as number) - lots;

  const levelFloat = levelInt >> 1;
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
  words[cancelled] = Cancelled | (User << REASON_BIT);
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
  return true;
}

/**
 * Lets an incoming order that is not by amount trade level by level with makers without extras: until it is filled, or
 * its limit, a maker with extras or one of its own owner that it must not trade with comes next. Writes TRADE for each
 * fill, and LEVEL for each level but one that it has to leave before its end: the general way goes on with that one.
 */
export function takePlain(book: OrderBook, incoming: IncomingOrder): void {
  const { orders, ladders, effects, market, index } = book;
  const { orderId, side, ownerId, limitTicks } = incoming;
  const { bests, openLots } = book.store;
  const { ints, floats } = orders;
  const { ints: levelInts, floats: levelFloats } = ladders;
  const prevents = incoming.prevention !== None;
  const restingSide = oppositeOf(side);
  const sideAt = ((market * SIDES) & INDEX) + restingSide;
  // Times this, a higher price is a worse one for the incoming order.
  const direction = 1 - 2 * side;
  let { sequence, tradeId } = book;
  let left = incoming.remainingLots;
  let isUnsaid = false;
  while (left !== 0) {
    const level = bests[sideAt] as number;
    const levelInt = level & INDEX;
    const levelFloat = levelInt >> 1;
    const priceTicks = levelFloats[levelFloat + PRICE] as number;
    if (level === 0 || (priceTicks - limitTicks) * direction > 0) break;
    const before = left;
    let filled = 0;
    let maker = levelInts[levelInt + HEAD] as number;
    do {
      const at = (maker << ORDER_SHIFT) & INDEX;
      if (((ints[at + LEVEL] as number) & EXTRAS_BIT) !== 0) break;
      if (prevents && orders.ownerId(maker) === ownerId) break;
      const makerId = floats[(at >> 1) + ORDER_ID] as number;
      const open = floats[(at >> 1) + REMAINING] as number;
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
        floats[(at >> 1) + REMAINING] = open - lots;
        break;
      }
      const next = ints[at + NEXT] as number;
      index.remove(makerId, maker);
      // OrderPool.release
      ints[at + LEVEL] = 0;
      ints[at + NEXT] = orders.firstFree;
      orders.firstFree = maker;
      filled += 1;
      maker = next;
    } while (maker !== 0 && left !== 0);
    const traded = before - left;
    if (traded === 0) break;
    orders.inUse -= filled;
    ints[((maker << ORDER_SHIFT) & INDEX) + PREV] = 0;
    levelInts[levelInt + HEAD] = maker;
    if (maker === 0) levelInts[levelInt + TAIL] = 0;
    const count = (levelInts[levelInt + COUNT] as number) - filled;
    levelInts[levelInt + COUNT] = count;
    const shown = (levelFloats[levelFloat + VISIBLE] as number) - traded;
    levelFloats[levelFloat + VISIBLE] = shown;
    levelFloats[levelFloat + OPEN] = (levelFloats[levelFloat + OPEN] as number) - traded;
    openLots[sideAt] = (openLots[sideAt] as number) - traded;
    book.lastPriceTicks = priceTicks;
    isUnsaid = maker !== 0 && left !== 0;
    if (isUnsaid) break;

    if (maker === 0) book.closeLevel(level, restingSide);
    sequence += 1;
    const changed = effects.room(LEVEL_WORDS);
    const { words } = effects;
    words[changed] = Level | (restingSide << SIDE_BIT);
    words[changed + 1] = market;
    words[changed + 2] = sequence;
    words[changed + 3] = priceTicks;
    words[changed + 4] = shown;
    words[changed + 5] = count;
  }
  book.sequence = sequence;
  book.tradeId = tradeId;
  incoming.remainingLots = left;
  incoming.done = left === 0;
  incoming.isLevelUnsaid = isUnsaid;
}
