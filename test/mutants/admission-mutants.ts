import type { Mutant } from './mutant';

/** What is taken and what is refused: docs/matching-rules.md §2, §10, §11. */
export const ADMISSION_MUTANTS: readonly Mutant[] = [
  {
    name: 'takes a limit price one tick above the band',
    file: 'admission',
    find: 'priceTicks <= rules.maxPriceTicks;',
    replace: 'priceTicks <= rules.maxPriceTicks + 1;',
  },
  {
    name: 'does not hold a stop price against the band',
    file: 'admission',
    find: 'if (stopTicks !== 0 && !isInBand(rules, stopTicks)) return Reason.PriceOutOfBand;',
    replace: '',
  },
  {
    name: 'refuses the largest quantity that the rules allow',
    file: 'admission',
    find: 'if (quantityLots > rules.maxQuantityLots)',
    replace: 'if (quantityLots >= rules.maxQuantityLots)',
  },
  {
    name: 'lets the market’s state go before a duplicate id',
    file: 'admission',
    find: 'if (book.store.usedIds.has(order.orderId)) return Reason.DuplicateId;\n  return refusalOf(book, order);',
    replace:
      'const refusal = refusalOf(book, order);\n  if (refusal !== None) return refusal;\n' +
      '  return book.store.usedIds.has(order.orderId) ? Reason.DuplicateId : None;',
  },
  {
    name: 'checks the quantity before the price band',
    file: 'admission',
    find: 'if (priceTicks !== 0 && !isInBand(rules, priceTicks)) return Reason.PriceOutOfBand;',
    replace:
      'if (quantityLots !== 0 && sizeFault(rules, quantityLots) !== None) return sizeFault(rules, quantityLots);\n' +
      '  if (priceTicks !== 0 && !isInBand(rules, priceTicks)) return Reason.PriceOutOfBand;',
  },
  {
    name: 'checks the limit before the owner',
    file: 'admission',
    find: 'if (!isCount(order.ownerId)) return Reason.InvalidOwnerId;',
    replace:
      'if (!isCountOrZero(order.priceTicks)) return Reason.InvalidPrice;\n' +
      '  if (!isCount(order.ownerId)) return Reason.InvalidOwnerId;',
  },
  {
    name: 'takes an order that would have ended at this very millisecond',
    file: 'admission',
    find: 'order.expiresAtMs <= book.clockMs',
    replace: 'order.expiresAtMs < book.clockMs',
  },
  {
    name: 'lets an order be worth more than 2^53',
    file: 'admission',
    find: 'if (order.priceTicks * order.quantityLots > HIGHEST) {',
    replace: 'if (order.priceTicks * order.quantityLots > HIGHEST * 2) {',
  },
  {
    name: 'refuses the last lot that a side has room for',
    file: 'admission',
    find: 'if (book.openLots(side) + quantityLots > HIGHEST) {',
    replace: 'if (book.openLots(side) + quantityLots >= HIGHEST) {',
  },
  {
    name: 'lets a waiting stop pass the limit of open lots',
    file: 'admission',
    find: 'if (mayRest || waits) {',
    replace: 'if (mayRest) {',
  },
  {
    name: 'lets a post-only order meet an equal price',
    file: 'admission',
    find: 'if (order.postOnly && book.crosses(side, order.priceTicks))',
    replace:
      'if (order.postOnly && book.crosses(side, order.priceTicks + (side === Buy ? -1 : 1)))',
  },
  {
    name: 'takes IOC orders in a post-only market',
    file: 'admission',
    find: 'const makesOnly = type === Limit && mayRest;',
    replace: 'const makesOnly = type === Limit;',
  },
  {
    name: 'takes new orders in a market that takes cancels alone',
    file: 'admission',
    find: 'if (book.state === CancelOnly) return Reason.CancelOnly;',
    replace: '',
  },
  {
    name: 'takes an order by amount that is FOK',
    file: 'admission',
    find: 'order.timeInForce !== Fok &&\n    order.selfTradePrevention',
    replace: 'order.selfTradePrevention',
  },
  {
    name: 'holds against a stop what it would meet before it fires',
    file: 'admission',
    find: 'if (waits) return None;',
    replace: '',
  },
  {
    name: 'takes a display quantity above the quantity',
    file: 'admission',
    find: 'if (order.displayLots > order.quantityLots) return Reason.InvalidDisplayQuantity;',
    replace: '',
  },
  {
    name: 'takes an iceberg of any number of slices',
    file: 'admission',
    find: 'if (hasTooManySlices(order.displayLots, order.quantityLots)) {',
    replace: 'if (hasTooManySlices(0, order.quantityLots)) {',
  },
  {
    name: 'refuses an iceberg of the most slices that there may be',
    file: 'admission',
    find: 'quantityLots > displayLots * MOST_SLICES',
    replace: 'quantityLots >= displayLots * MOST_SLICES',
  },
  {
    name: 'amends an iceberg to any number of slices',
    file: 'amend',
    find: 'if (hasTooManySlices(displayLots, newTotal)) return Reason.InvalidDisplayQuantity;',
    replace: '',
  },
  {
    name: 'takes a code one beyond the last',
    file: 'admission',
    find: 'return Number.isSafeInteger(value) && value >= 0 && value < codes;',
    replace: 'return Number.isSafeInteger(value) && value >= 0 && value <= codes;',
  },
  {
    name: 'takes 2^53 as a number',
    file: 'admission',
    find: 'export function isCountOrZero(value: number): boolean {\n  return Number.isSafeInteger(value)',
    replace:
      'export function isCountOrZero(value: number): boolean {\n  return Number.isInteger(value)',
  },
  {
    name: 'uses up the id of a refused order',
    file: 'matching-engine',
    find: 'if (refusal !== None) return this.refuse(book, market, Place, order.orderId, refusal);',
    replace:
      'if (refusal !== None) {\n      if (isCount(order.orderId)) this.store.usedIds.take(order.orderId);\n' +
      '      return this.refuse(book, market, Place, order.orderId, refusal);\n    }',
  },
  {
    name: 'moves the last price with a refused order',
    file: 'matching-engine',
    find: 'if (refusal !== None) return this.refuse(book, market, Place, order.orderId, refusal);',
    replace:
      'if (refusal !== None) {\n      if (isCount(order.priceTicks)) book.lastPriceTicks = order.priceTicks;\n' +
      '      return this.refuse(book, market, Place, order.orderId, refusal);\n    }',
  },
  {
    name: 'takes the id of a finished order again',
    file: 'admission',
    find: 'if (book.store.usedIds.has(order.orderId)) return',
    replace: 'if (book.store.index.find(order.orderId) !== 0) return',
  },
  {
    name: 'does not count refusals among the effects',
    file: 'matching-engine',
    find: 'const sequence = book === undefined ? 0 : book.nextSequence();',
    replace: 'const sequence = book === undefined ? 0 : book.sequence + 1;',
  },
  {
    name: 'names a market in a refusal that can be none',
    file: 'matching-engine',
    find: 'const namedMarket = isCountOrZero(market) ? market : -1;',
    replace: 'const namedMarket = market;',
  },
  {
    name: 'forgets the self-trade mode DECREMENT',
    file: 'order-flags',
    find: 'const PREVENTION_MASK = 7;',
    replace: 'const PREVENTION_MASK = 3;',
  },
  {
    name: 'takes an order that shows everything for an iceberg',
    file: 'order-flags',
    find: 'return displayLots !== 0 && displayLots < quantityLots;',
    replace: 'return displayLots !== 0 && quantityLots !== 0;',
  },
  {
    name: 'calls HALTED what is CANCEL_ONLY',
    file: 'reasons',
    find: "  'HALTED',\n  'CANCEL_ONLY',",
    replace: "  'CANCEL_ONLY',\n  'HALTED',",
  },
];
