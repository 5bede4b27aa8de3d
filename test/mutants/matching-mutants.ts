import type { Edit, Mutant } from './mutant';

const IS_GIVEN: Edit = {
  file: 'match',
  find: '/** The best opposite price once',
  replace:
    'function isGiven(limitTicks: number): boolean {\n  return limitTicks !== 0 && limitTicks !== Infinity;\n}\n\n' +
    '/** The best opposite price once',
};

/** How orders meet: docs/matching-rules.md §3, §4, §5, §9. */
export const MATCHING_MUTANTS: readonly Mutant[] = [
  {
    name: 'trades with an iceberg at the taker’s price',
    file: 'match',
    find: '    incoming.side,\n    priceTicks,\n    lots,',
    also: [IS_GIVEN],
    replace:
      '    incoming.side,\n    isGiven(incoming.limitTicks) ? incoming.limitTicks : priceTicks,\n    lots,',
  },
  {
    name: 'puts an order that comes the general way at the head of its queue',
    file: 'order-book',
    find: 'this.append(level, slot, visibleLots, remainingLots);',
    replace:
      'orders.linkAhead(slot, level, this.ladders.joinFirst(level, slot));\n' +
      '    this.ladders.addLots(level, visibleLots, remainingLots);',
    also: [
      {
        file: 'price-ladders',
        find: '  /** The next lower level of the ladder, or 0. */',
        replace:
          '  joinFirst(level: number, slot: number): number {\n' +
          '    const head = this.head(level);\n' +
          '    if (head === 0) this.ints[level * INTS + TAIL] = slot;\n' +
          '    this.ints[level * INTS + HEAD] = slot;\n' +
          '    this.ints[level * INTS + COUNT] = this.count(level) + 1;\n' +
          '    return head;\n  }\n' +
          '  /** The next lower level of the ladder, or 0. */',
      },
      {
        file: 'order-pool',
        find: '  /** Puts the order last in a level',
        replace:
          '  linkAhead(slot: number, level: number, next: number): void {\n' +
          '    this.ints[slot * HOT_INTS + LEVEL] = level;\n' +
          '    this.ints[slot * HOT_INTS + PREV] = 0;\n' +
          '    this.ints[slot * HOT_INTS + NEXT] = next;\n' +
          '    this.ints[next * HOT_INTS + PREV] = slot;\n  }\n' +
          '  /** Puts the order last in a level',
      },
    ],
  },
  {
    name: 'moves a part-filled order to the end of its queue',
    file: 'match',
    find: '  if (!touched) return;',
    replace:
      '  if (!touched) return;\n' +
      '  if (maker !== 0) {\n    const lots = book.visible(maker);\n    book.unlink(level, maker, lots, lots);\n    book.append(level, maker, lots, lots);\n  }',
  },
  {
    name: 'reaches one tick beyond a buyer’s limit',
    file: 'order-book',
    find: 'restingTicks <= limitTicks :',
    replace: 'restingTicks <= limitTicks + 1 :',
  },
  {
    name: 'does not trade at the very limit of a sell',
    file: 'order-book',
    find: ': restingTicks >= limitTicks;',
    replace: ': restingTicks > limitTicks;',
  },
  {
    name: 'never closes a level that trades have emptied',
    file: 'match',
    find: 'if (maker === 0) book.closeLevel(level, restingSide);',
    replace: '',
  },
  {
    name: 'keeps an emptied level in the ladder for ever',
    file: 'order-book',
    find: '    this.ladders.remove(level);\n  }\n\n  /** Puts an order behind all others that expire',
    replace: '  }\n\n  /** Puts an order behind all others that expire',
  },
  {
    name: 'does not tell a level that is only part taken',
    file: 'match',
    find: 'if (!touched) return;',
    replace: 'if (!touched || maker !== 0) return;',
  },
  {
    name: 'tells the level as it was before an order rested there',
    file: 'order-book',
    find: 'this.announceLevel(side, priceTicks, level);\n  }\n\n  /** Puts an order at the tail of its level, which',
    replace:
      'this.announceLevel(side, priceTicks, 0);\n  }\n\n  /** Puts an order at the tail of its level, which',
  },
  {
    name: 'does not move the last price when an iceberg trades',
    file: 'match',
    find: '  book.lastPriceTicks = priceTicks;\n  book.tradeId += 1;',
    replace: '  book.tradeId += 1;',
  },
  {
    name: 'spends more than the amount',
    file: 'match',
    find: 'Math.floor(incoming.amountTickLots / priceTicks)',
    replace: 'Math.ceil(incoming.amountTickLots / priceTicks)',
  },
  {
    name: 'does not say that an order by amount is filled',
    file: 'incoming-order',
    find: 'this.amountTickLots === 0 || this.amountTickLots < nextTicks;',
    replace: 'this.amountTickLots === 0;',
  },
  {
    name: 'weighs the rest of an amount against the price that is gone',
    file: 'match',
    find: 'if (makerLeft !== 0 || orders.next(maker) !== 0) return ladders.price(level);',
    replace: 'if (makerLeft !== 0 || orders.ownerId(maker) !== 0) return ladders.price(level);',
  },
  {
    name: 'tells the rest of an amount in lots',
    file: 'incoming-order',
    find: 'if (this.byAmount) return this.amountTickLots;',
    replace: '',
  },
  {
    name: 'finds no liquidity where an amount buys no lot',
    file: 'run-order',
    find: 'if (incoming.byAmount && book.bestOpposite(incoming.side) !== 0) return AmountBelowOneLot;',
    replace: '',
  },
  {
    name: 'lets the rest of an IOC order rest',
    file: 'run-order',
    find: 'else if (incoming.canRest) book.rest(',
    replace: 'else if (incoming.canRest || incoming.type === OrderType.Limit) book.rest(',
  },
  {
    name: 'lets the rest of a market order rest at the last price',
    file: 'run-order',
    find: 'else if (incoming.canRest) book.rest(record(book, incoming), incoming.side, incoming.limitTicks);',
    replace:
      'else if (incoming.canRest || (incoming.type === OrderType.Market && book.lastPriceTicks !== 0))\n' +
      '    book.rest(record(book, incoming), incoming.side, incoming.canRest ? incoming.limitTicks : book.lastPriceTicks);',
  },
  {
    name: 'leaves the next slice of an iceberg at the head of the queue',
    file: 'iceberg',
    find: '  book.unlink(level, slot, 0, 0);\n  book.append(level, slot, slice, 0);\n',
    replace: '  ladders.addLots(level, slice, 0);\n',
  },
  {
    name: 'shows a slice larger than the display',
    file: 'iceberg',
    find: 'Math.min(extras.display(entry), remaining)',
    replace: 'Math.min(extras.display(entry) + 1, remaining)',
  },
  {
    name: 'shows the whole of an iceberg in its level',
    file: 'order-book',
    find: 'this.append(level, slot, visibleLots, remainingLots);',
    replace: 'this.append(level, slot, remainingLots, remainingLots);',
  },
  {
    name: 'does not count the next slice in its level',
    file: 'iceberg',
    find: 'book.append(level, slot, slice, 0);',
    replace: 'book.append(level, slot, 0, 0);',
  },
  {
    name: 'does not tell the next slice',
    file: 'iceberg',
    find: '  effects.replenished(',
    replace: '  if (remaining === 0) effects.replenished(',
  },
  {
    name: 'does not tell that an order was accepted',
    file: 'matching-engine',
    find: 'book.effects.accepted(market, book.nextSequence(), order.orderId',
    replace:
      'if (order.quantityLots < 0) book.effects.accepted(market, book.nextSequence(), order.orderId',
  },
];
