import type { Edit, Mutant } from './mutant';

const IS_GIVEN: Edit = {
  file: 'plain-orders',
  find: '/**\n * Lets an incoming order that is not by amount',
  replace:
    'function isGiven(limitTicks: number): boolean {\n  return limitTicks !== 0 && limitTicks !== Infinity;\n}\n\n' +
    '/**\n * Lets an incoming order that is not by amount',
};

/** The short ways of plain orders: each has to do what the general way does. */
export const PLAIN_MUTANTS: readonly Mutant[] = [
  {
    name: 'lets a plain order be worth more than 2^53',
    file: 'plain-orders',
    find: 'if (priceTicks * lots > HIGHEST) return General;',
    replace: '',
  },
  {
    name: 'takes the id of a finished order for a plain one',
    file: 'plain-orders',
    find: 'if (!store.usedIds.take(orderId)) return General;',
    replace: 'if (!store.usedIds.take(orderId) && store.index.find(orderId) !== 0) return General;',
  },
  {
    name: 'takes the id of a finished order for a plain market order',
    file: 'plain-orders',
    find: 'priceTicks === 0 && store.usedIds.take(orderId) ?',
    replace:
      'priceTicks === 0 && (store.usedIds.take(orderId) || store.index.find(orderId) === 0) ?',
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
    find: 'if (priceTicks < rules.minPriceTicks || priceTicks > rules.maxPriceTicks) return General;',
    replace: 'if (priceTicks < 1) return General;',
  },
  {
    name: 'does not hold the largest quantity against a plain order',
    file: 'plain-orders',
    find: ' || lots > rules.maxQuantityLots) return General;',
    replace: ') return General;',
  },
  {
    name: 'passes the limit of open lots with a plain buy',
    file: 'plain-orders',
    find: 'if (open + lots > HIGHEST || orders.inUse',
    replace: 'if (orders.inUse',
  },
  {
    name: 'rests a plain sell at the price of a bid',
    file: 'plain-orders',
    find: '(best !== 0 && gap <= 0)',
    replace: '(best !== 0 && gap < -side)',
  },
  {
    name: 'takes an owner 0 for a plain order',
    file: 'plain-orders',
    find: 'if (!Number.isSafeInteger(ownerId) || ownerId < 1) return General;',
    replace: 'if (!Number.isSafeInteger(ownerId)) return General;',
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
        find: 'ints[((tail << ORDER_SHIFT) & INDEX) + NEXT] = slot;',
        replace: 'ints[((tail << ORDER_SHIFT) & INDEX) + PREV] = slot;',
      },
    ],
  },
  {
    name: 'tells a level without the plain order that rested there',
    file: 'plain-orders',
    find: 'words[changed + 4] = shown;\n  words[changed + 5] = count;\n  return Rest;',
    replace: 'words[changed + 4] = shown - lots;\n  words[changed + 5] = count;\n  return Rest;',
  },
  {
    name: 'does not open the lots of a plain sell',
    file: 'plain-orders',
    find: 'openLots[openAt] = open + lots;',
    replace: 'openLots[openAt] = open + lots * (1 - side);',
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
    find: '  if (before === 0) heads[place] = behind;\n',
    replace: '  if (before === 0) heads[place] = slot;\n',
  },
  {
    name: 'loses what comes before a cancelled plain order in a chain of the index',
    lookAt: { spec: 'engine-against-reference', tests: 'do the same: first trades' },
    file: 'plain-orders',
    find: '  if (before === 0) heads[place] = behind;\n',
    replace: '  if (before >= 0) heads[place] = behind;\n',
  },
  {
    name: 'cancels a plain order of another market',
    file: 'plain-orders',
    find: ' || ladder >> LADDER_BITS !== market) return false;',
    replace: ') return false;',
  },
  {
    name: 'cancels a plain order while the market is halted',
    file: 'plain-orders',
    find: ' || book.state === Halted) return false;',
    replace: ') return false;',
  },
  {
    name: 'cancels an iceberg, a stop or an order that expires as if it were plain',
    file: 'plain-orders',
    find: 'if ((bits & EXTRAS_BIT) !== 0 || ladder',
    replace: 'if (ladder',
  },
  {
    name: 'gives the lots of a cancelled plain order back to the other side',
    file: 'plain-orders',
    find: 'openLots[openAt] = (openLots[openAt] as number) - lots;',
    replace: 'openLots[openAt ^ 1] = (openLots[openAt ^ 1] as number) - lots;',
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
    find: 'if (((ints[at + LEVEL] as number) & EXTRAS_BIT) !== 0) break;',
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
    find: '    book.lastPriceTicks = priceTicks;\n',
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
    find: '    ints[((maker << ORDER_SHIFT) & INDEX) + PREV] = 0;\n',
    replace: '',
  },
  {
    name: 'does not look at the limit of a plain order once it has traded',
    file: 'plain-orders',
    find: 'if (level === 0 || (priceTicks - limitTicks) * direction > 0) break;',
    replace:
      'if (level === 0 || (left === incoming.remainingLots && (priceTicks - limitTicks) * direction > 0)) break;',
  },
  {
    name: 'says nothing of a level that it left before an order with extras',
    file: 'plain-orders',
    find: '  incoming.isLevelUnsaid = isUnsaid;\n',
    replace: '',
  },
  {
    name: 'says a level twice that a plain order left before an order with extras',
    file: 'plain-orders',
    find: '    if (isUnsaid) break;\n',
    replace: '',
  },
  {
    name: 'fires no stops after a plain order',
    file: 'matching-engine',
    find: '    if (book.waitingStops !== 0) fireStops(book, incoming, firing);\n',
    replace: '',
  },
  {
    name: 'takes FOK orders for plain ones',
    file: 'plain-orders',
    find: 'if (timeInForce !== Gtc && timeInForce !== Ioc) return General;',
    replace: 'if (timeInForce !== Gtc && timeInForce > Ioc + 1) return General;',
  },
];
