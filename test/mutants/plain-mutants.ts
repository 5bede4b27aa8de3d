import type { Edit, Mutant } from './mutant';

const IS_GIVEN: Edit = {
  file: 'plain-orders',
  find: '/**\n * Fills by quantity',
  replace:
    'function isGiven(limitTicks: number): boolean {\n  return limitTicks !== 0 && limitTicks !== Infinity;\n}\n\n' +
    '/**\n * Fills by quantity',
};

/** The short ways of plain orders: each has to do what the general way does. */
export const PLAIN_MUTANTS: readonly Mutant[] = [
  {
    name: 'lets a plain order be worth more than 2^53',
    file: 'plain-orders',
    find: 'if (priceTicks * quantityLots > HIGHEST) return false;',
    replace: '',
  },
  {
    name: 'takes the id of a finished order for a plain one',
    file: 'matching-engine',
    find: '&& this.store.usedIds.take(order.orderId)',
    replace:
      '&& (this.store.usedIds.take(order.orderId) || this.store.index.find(order.orderId) === 0)',
  },
  {
    name: 'does not note the id of a plain order',
    file: 'used-ids',
    find: '    this.words[at] = word | bit;\n',
    replace: '',
  },
  {
    name: 'takes plain orders whatever the market’s state',
    file: 'plain-orders',
    find: 'order.expiresAtMs !== 0 ||\n    book.state !== Trading\n',
    replace: 'order.expiresAtMs !== 0\n',
  },
  {
    name: 'does not hold the band against a plain order',
    file: 'plain-orders',
    find: 'if (priceTicks < rules.minPriceTicks || priceTicks > rules.maxPriceTicks) return false;',
    replace: 'if (priceTicks < 1) return false;',
  },
  {
    name: 'does not hold the largest quantity against a plain order',
    file: 'plain-orders',
    find: ' || quantityLots > rules.maxQuantityLots) return false;',
    replace: ') return false;',
  },
  {
    name: 'passes the limit of open lots with a plain buy',
    file: 'plain-orders',
    find: 'if (book.openBuyLots + quantityLots > HIGHEST) return false;',
    replace: '',
  },
  {
    name: 'rests a plain sell at the price of a bid',
    file: 'plain-orders',
    find: '(floats[bid * LEVEL_FLOATS + PRICE] as number) >= priceTicks) return false;',
    replace: '(floats[bid * LEVEL_FLOATS + PRICE] as number) > priceTicks) return false;',
  },
  {
    name: 'takes an owner 0 for a plain order',
    file: 'plain-orders',
    find: 'if (!Number.isSafeInteger(ownerId) || ownerId < 1) return false;',
    replace: 'if (!Number.isSafeInteger(ownerId)) return false;',
  },
  {
    name: 'puts a plain order at the head of its queue',
    file: 'plain-orders',
    find: 'const tail = levelInts[levelInt + TAIL] as number;',
    replace: 'const tail = levelInts[levelInt + HEAD] as number;',
    also: [
      {
        file: 'plain-orders',
        find: '  if (tail === 0) levelInts[levelInt + HEAD] = slot;\n  levelInts[levelInt + TAIL] = slot;\n',
        replace:
          '  if (tail === 0) levelInts[levelInt + TAIL] = slot;\n  levelInts[levelInt + HEAD] = slot;\n',
      },
      {
        file: 'plain-orders',
        find: '  ints[at + NEXT] = 0;\n  ints[at + PREV] = tail;\n',
        replace: '  ints[at + NEXT] = tail;\n  ints[at + PREV] = 0;\n',
      },
      {
        file: 'plain-orders',
        find: 'ints[tail * ORDER_INTS + NEXT] = slot;',
        replace: 'ints[tail * ORDER_INTS + PREV] = slot;',
      },
    ],
  },
  {
    name: 'tells a level without the plain order that rested there',
    file: 'plain-orders',
    find: 'words[changed + 4] = shown;\n  words[changed + 5] = count;\n}\n\n/** Ends',
    replace: 'words[changed + 4] = shown - lots;\n  words[changed + 5] = count;\n}\n\n/** Ends',
  },
  {
    name: 'does not open the lots of a plain sell',
    file: 'plain-orders',
    find: '  else book.openSellLots += lots;\n',
    replace: '',
  },
  {
    name: 'leaves the lots of a cancelled plain order to FOK orders',
    file: 'plain-orders',
    find: '(levelFloats[levelFloat + OPEN] as number) - lots;',
    replace: 'levelFloats[levelFloat + OPEN] as number;',
  },
  {
    name: 'leaves a level open when its last plain order is cancelled',
    file: 'plain-orders',
    find: 'if (count === 0) book.closeLevel(level, side);',
    replace: '',
  },
  {
    name: 'keeps a cancelled plain order as the tail of its queue',
    file: 'plain-orders',
    find: 'if (next === 0) levelInts[levelInt + TAIL] = prev;',
    replace: '',
  },
  {
    name: 'leaves a cancelled plain order in the index',
    file: 'plain-orders',
    find: '  book.index.remove(orderId, slot);\n  orders.release(slot);',
    replace: '  orders.release(slot);',
  },
  {
    name: 'trades at the taker’s price',
    file: 'plain-orders',
    find: 'words[trade + 6] = priceTicks;',
    replace: 'words[trade + 6] = isGiven(incoming.limitTicks) ? incoming.limitTicks : priceTicks;',
    also: [IS_GIVEN],
  },
  {
    name: 'lets an order trade with its owner’s behind another one',
    file: 'plain-orders',
    find: 'if (prevents && orders.ownerId(maker) === ownerId) break;',
    replace: '',
  },
  {
    name: 'takes all of an iceberg that stands in a queue',
    file: 'plain-orders',
    find: 'if (((ints[at + FLAGS] as number) & HAS_EXTRAS) !== 0) break;',
    replace: '',
  },
  {
    name: 'never says that the taker is final',
    file: 'plain-orders',
    find: '(left === 0 ? TAKER_FINAL : 0);',
    replace: '0;',
  },
  {
    name: 'says of every maker that it is final',
    file: 'plain-orders',
    find: '(lots === open ? MAKER_FINAL : 0) |',
    replace: 'MAKER_FINAL |',
  },
  {
    name: 'gives the trades of one command one number',
    file: 'plain-orders',
    find: 'words[trade + 3] = tradeId;',
    replace: 'words[trade + 3] = book.tradeId + 1;',
  },
  {
    name: 'does not move the last price with a trade',
    file: 'plain-orders',
    find: '  book.lastPriceTicks = priceTicks;\n',
    replace: '',
  },
  {
    name: 'shows lots that are traded already',
    file: 'plain-orders',
    find: '(levelFloats[levelFloat + VISIBLE] as number) - traded;',
    replace: 'levelFloats[levelFloat + VISIBLE] as number;',
  },
  {
    name: 'counts makers that are filled together as one',
    file: 'plain-orders',
    find: '(levelInts[levelInt + COUNT] as number) - filled;',
    replace: '(levelInts[levelInt + COUNT] as number) - Math.min(filled, 1);',
  },
  {
    name: 'leaves a filled maker before the next one in the queue',
    file: 'plain-orders',
    find: '  ints[maker * ORDER_INTS + PREV] = 0;\n',
    replace: '',
  },
];
