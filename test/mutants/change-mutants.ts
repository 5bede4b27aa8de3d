import type { Mutant } from './mutant';

/** Cancels and expiry: docs/matching-rules.md §7. */
const ENDINGS: readonly Mutant[] = [
  {
    name: 'takes cancels in a halted market',
    file: 'matching-engine',
    find: 'if (book === undefined || slot === 0 || book.isHalted) {',
    replace: 'if (book === undefined || slot === 0) {',
  },
  {
    name: 'cancels orders of another market',
    file: 'order-book',
    find: 'return marketOfLadder(ladder) === this.market ? slot : 0;',
    replace: 'return marketOfLadder(ladder) >= 0 ? slot : 0;',
  },
  {
    name: 'says that an order of another market has finished',
    file: 'order-book',
    find: 'return !live && this.store.usedIds.has(orderId)',
    replace: 'return (!live || this.store.orders.size > 0) && this.store.usedIds.has(orderId)',
  },
  {
    name: 'cancels an owner’s orders by price instead of id',
    file: 'matching-engine',
    find: '      .sort((a, b) => a - b);',
    replace: ';',
  },
  {
    name: 'leaves an owner’s waiting stops in a cancel-all',
    file: 'matching-engine',
    find: 'return [bids, asks, buyStops, sellStops]\n      .flat()',
    replace: 'return [bids, asks, buyStops.slice(0, 0), sellStops.slice(0, 0)]\n      .flat()',
  },
  {
    name: 'cancels an owner’s orders from the last market to the first',
    file: 'book-store',
    find: 'sort((a, b) => a - b)',
    replace: 'sort((a, b) => b - a)',
  },
  {
    name: 'sends a cancel-all to markets where an owner had orders once',
    file: 'order-pool',
    find: '    ints[slot * HOT_INTS + LEVEL] = 0;\n',
    replace: '',
  },
  {
    name: 'does not give open lots back when an order leaves',
    file: 'order-book',
    find: 'this.addOpenLots(sideOf(this.orders.flags(slot)), -remaining);',
    replace: '',
  },
  {
    name: 'does not tell the level that a cancelled order left',
    file: 'order-book',
    find: '    this.announceLevel(sideOf(flags), priceTicks, level);\n  }',
    replace: '    if (level === 0) this.announceLevel(sideOf(flags), priceTicks, level);\n  }',
  },
  {
    name: 'ends an order one millisecond late',
    file: 'expiry',
    find: 'ladders.price(level) <= nowMs;',
    replace: 'ladders.price(level) < nowMs;',
  },
  {
    name: 'lets the clock go back',
    file: 'expiry',
    find: 'if (nowMs <= book.clockMs) return;',
    replace: '',
  },
  {
    name: 'ends orders of one time by id',
    file: 'expiry',
    find: 'const slot = ladders.head(level);',
    replace:
      'let slot = ladders.head(level);\n    for (let at = slot; at !== 0; at = book.extras.next(orders.extras(at))) {\n' +
      '      if (orders.orderId(at) < orders.orderId(slot)) slot = at;\n    }',
  },
  {
    name: 'ends orders by descending time',
    file: 'expiry',
    find: '    const slot = ladders.head(level);',
    replace:
      '    let last = level;\n    while (ladders.higher(last) !== 0 && ladders.price(ladders.higher(last)) <= nowMs) last = ladders.higher(last);\n' +
      '    const slot = ladders.head(last);',
  },
];

/** Amends: docs/matching-rules.md §7, §10. */
const AMENDS: readonly Mutant[] = [
  {
    name: 'takes an order’s place for a smaller quantity',
    file: 'amend',
    find: 'newPrice !== oldPrice || newTotal > orders.total(slot)',
    replace: 'newPrice !== oldPrice || newTotal !== orders.total(slot)',
  },
  {
    name: 'leaves an order its place with a larger quantity',
    file: 'amend',
    find: '  const level = book.leave(slot);\n',
    replace:
      '  if (newPrice === oldPrice) {\n' +
      '    const more = newTotal - orders.total(slot);\n' +
      '    const iceberg = (orders.flags(slot) & ICEBERG) !== 0;\n' +
      '    book.shrink(orders.level(slot), slot, -more, iceberg ? 0 : -more);\n' +
      '    announce(book, slot, newPrice);\n' +
      '    book.announceLevel(sideOf(orders.flags(slot)), oldPrice, orders.level(slot));\n' +
      '    return;\n  }\n' +
      '  const level = book.leave(slot);\n',
  },
  {
    name: 'takes the new total for what is left',
    file: 'amend',
    find: 'orders.setRemaining(slot, orders.remaining(slot) + growth);\n  orders.setTotal',
    replace: 'orders.setRemaining(slot, orders.remaining(slot) * 0 + newTotal);\n  orders.setTotal',
  },
  {
    name: 'forgets what is filled when a total ends the order',
    file: 'amend',
    find: 'const filled = orders.total(slot) - orders.remaining(slot);',
    replace: 'const filled = 0;',
  },
  {
    name: 'does not end an order whose new total is just what is filled',
    file: 'amend',
    find: 'quantityLots <= filled)',
    replace: 'quantityLots < filled)',
  },
  {
    name: 'ignores the self-trade mode of an amend that crosses',
    file: 'amend',
    find: '  run(book, incoming);',
    replace: '  incoming.prevention = 0;\n  run(book, incoming);',
  },
  {
    name: 'takes what an iceberg shows before what it hides',
    file: 'amend',
    find: 'const visibleLots = Math.max(0, shown - left);',
    replace: 'const visibleLots = Math.max(shown - left, Math.min(lots, shown - 1));',
  },
  {
    name: 'holds the band against a price that stays',
    file: 'amend',
    find: 'if (isNewPrice && !isInBand(rules, newPrice)) return',
    replace: 'if (newPrice !== 0 && !isInBand(rules, newPrice)) return',
  },
  {
    name: 'holds the smallest quantity against a total that stays',
    file: 'amend',
    find: 'growth === 0 ? Reason.None : sizeFault(rules, newTotal)',
    replace: 'sizeFault(rules, newTotal)',
  },
  {
    name: 'lets an amend make a post-only order take',
    file: 'amend',
    find: 'if (willCross && (flags & POST_ONLY) !== 0) return Reason.PostOnlyWouldCross;',
    replace: '',
  },
  {
    name: 'lets an amend trade in a post-only market',
    file: 'amend',
    find: 'if (willCross && book.state === MarketState.PostOnly) return Reason.PostOnly;',
    replace: '',
  },
  {
    name: 'looks at the halt before the order of an amend',
    file: 'amend',
    find: '  if (slot === 0) return book.whyNotLive(orderId);\n  if (book.state === MarketState.Halted) return Reason.Halted;',
    replace:
      '  if (book.state === MarketState.Halted) return Reason.Halted;\n  if (slot === 0) return book.whyNotLive(orderId);',
  },
  {
    name: 'lets an amend pass the limit of open lots',
    file: 'amend',
    find: 'if (book.openLots(side) + growth > Number.MAX_SAFE_INTEGER) return Reason.OpenQuantityLimit;',
    replace: '',
  },
  {
    name: 'sends an amended stop to the end of its queue',
    file: 'amend',
    find: '  book.addOpenLots(sideOf(orders.flags(slot)), growth);\n',
    replace:
      '  book.addOpenLots(sideOf(orders.flags(slot)), growth);\n  book.stopWaiting(slot);\n' +
      '  book.wait(slot, sideOf(orders.flags(slot)), book.extras.stopTicks(orders.extras(slot)));\n',
  },
  {
    name: 'does not count the new lots of an amended stop',
    file: 'amend',
    find: '  book.addOpenLots(sideOf(orders.flags(slot)), growth);\n',
    replace: '',
  },
  {
    name: 'tells a reduced order’s level as it was',
    file: 'amend',
    find: '  effects.reduced(book.market',
    replace:
      '  book.announceLevel(sideOf(flags), book.ladders.price(level), level);\n  effects.reduced(book.market',
    also: [
      {
        file: 'amend',
        find: 'shown - visibleLots);\n  book.announceLevel(sideOf(flags), book.ladders.price(level), level);\n',
        replace: 'shown - visibleLots);\n',
      },
    ],
  },
];

export const CHANGE_MUTANTS: readonly Mutant[] = [...ENDINGS, ...AMENDS];
