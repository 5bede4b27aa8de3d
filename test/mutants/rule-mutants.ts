import type { Mutant } from './mutant';

/** Fill-or-kill and self-trade prevention: docs/matching-rules.md §4, §8. */
const PREVENTION: readonly Mutant[] = [
  {
    name: 'lets a FOK order count its owner’s orders',
    file: 'fill-or-kill',
    find: 'if (prevention === SelfTradePrevention.None) missing',
    replace: 'if (ownerId !== 0) missing',
  },
  {
    name: 'lets a FOK order count what CANCEL_OLDEST would cancel',
    file: 'fill-or-kill',
    find: 'missing -= ladders.open(level) - ownOpenLots(book, level, ownerId);',
    replace: 'missing -= ladders.open(level);',
  },
  {
    name: 'lets a FOK order count what hides ahead of its owner’s order',
    file: 'fill-or-kill',
    find: 'lots += book.visible(slot);',
    replace: 'lots += orders.remaining(slot);',
  },
  {
    name: 'does not let a FOK order count what icebergs hide',
    file: 'fill-or-kill',
    find: 'if (prevention === SelfTradePrevention.None) missing -= ladders.open(level);',
    replace: 'if (prevention === SelfTradePrevention.None) missing -= ladders.visible(level);',
  },
  {
    name: 'lets a FOK order count beyond its limit',
    file: 'fill-or-kill',
    find: 'while (level !== 0 && reaches(side, limitTicks, ladders.price(level))) {',
    replace: 'while (level !== 0) {',
  },
  {
    name: 'refuses a FOK order that the book just fills',
    file: 'fill-or-kill',
    find: 'if (missing <= 0) return true;',
    replace: 'if (missing < 0) return true;',
  },
  {
    name: 'lets CANCEL_BOTH leave the resting order',
    file: 'self-trade',
    find: '      cancelResting(book, level, resting);\n      incoming.endWith(Reason.SelfTrade);\n      return true;',
    replace: '      incoming.endWith(Reason.SelfTrade);\n      return false;',
  },
  {
    name: 'lets the incoming order of CANCEL_BOTH go on',
    file: 'self-trade',
    find: '      cancelResting(book, level, resting);\n      incoming.endWith(Reason.SelfTrade);',
    replace: '      cancelResting(book, level, resting);',
  },
  {
    name: 'cancels the oldest for CANCEL_NEWEST',
    file: 'self-trade',
    find: '      incoming.endWith(Reason.SelfTrade);\n      return false;',
    replace: '      cancelResting(book, level, resting);\n      return true;',
  },
  {
    name: 'decrements what an iceberg hides',
    file: 'self-trade',
    find: 'Math.min(incoming.remainingLots, shown)',
    replace: 'Math.min(incoming.remainingLots, remaining)',
  },
  {
    name: 'leaves the incoming order’s total when it is decremented',
    file: 'self-trade',
    find: 'incoming.totalLots -= lots;',
    replace: '',
  },
  {
    name: 'leaves a resting order’s total when it is decremented',
    file: 'order-book',
    find: 'orders.setTotal(slot, orders.total(slot) - lots);',
    replace: '',
  },
  {
    name: 'tells nothing of the incoming order’s decrement',
    file: 'self-trade',
    find: '  } else {\n    const { orderId, remainingLots } = incoming;',
    replace: '  } else if (lots === 0) {\n    const { orderId, remainingLots } = incoming;',
  },
  {
    name: 'tells that a decrement ended an order with nothing',
    file: 'incoming-order',
    find: 'this.endedLots === 0 ? this.remainingLots : this.endedLots',
    replace: 'this.remainingLots',
  },
];

/** Stops: docs/matching-rules.md §6. */
const STOPS: readonly Mutant[] = [
  {
    name: 'fires a buy stop only above its price',
    file: 'stop-orders',
    find: 'last >= stopTicks :',
    replace: 'last > stopTicks :',
  },
  {
    name: 'fires stops before the first trade',
    file: 'stop-orders',
    find: 'if (last === 0) return false;',
    replace: '',
  },
  {
    name: 'lets a stop wait whose price is reached already',
    file: 'matching-engine',
    find: 'if (stopTicks !== 0 && !isReached(book, side, stopTicks)) {',
    replace: 'if (stopTicks !== 0) {',
  },
  {
    name: 'lines sell stops up by ascending price',
    file: 'stop-orders',
    find:
      '  for (\n    let level = ladders.highest(sells);\n' +
      '    level !== 0 && isReached(book, Side.Sell, ladders.price(level));\n' +
      '    level = ladders.highest(sells)\n  ) {\n    takeQueue(book, level, line);\n  }',
    replace:
      '  const reached: number[] = [];\n  for (\n    let level = ladders.highest(sells);\n' +
      '    level !== 0 && isReached(book, Side.Sell, ladders.price(level));\n' +
      '    level = ladders.lower(level)\n  ) {\n    reached.unshift(level);\n  }\n' +
      '  for (const level of reached) takeQueue(book, level, line);',
  },
  {
    name: 'lines sell stops up before buy stops',
    file: 'stop-orders',
    find: '  for (\n    let level = ladders.lowest(buys);',
    replace:
      '  for (\n    let level = ladders.highest(sells);\n' +
      '    level !== 0 && isReached(book, Side.Sell, ladders.price(level));\n' +
      '    level = ladders.highest(sells)\n  ) {\n    takeQueue(book, level, line);\n  }\n' +
      '  for (\n    let level = ladders.lowest(buys);',
  },
  {
    name: 'does not look for stops that a stop has reached',
    file: 'stop-orders',
    find: '    runTriggered(book, incoming);\n    lineUp(book, line);',
    replace: '    runTriggered(book, incoming);',
  },
  {
    name: 'sends a stop back from the line when the price moves away',
    file: 'stop-orders',
    find: '    const limitTicks = book.extras',
    replace:
      '    const side = (book.orders.flags(slot) & 1) as Side;\n' +
      '    const stopTicks = book.extras.stopTicks(book.orders.extras(slot));\n' +
      '    if (!isReached(book, side, stopTicks)) {\n' +
      '      book.wait(slot, side, stopTicks);\n      continue;\n    }\n' +
      '    const limitTicks = book.extras',
  },
  {
    name: 'fires stops before the remainder rests',
    file: 'run-order',
    find: 'else if (incoming.canRest) book.rest(record(book, incoming), incoming.side, incoming.limitTicks);',
    replace:
      'else if (incoming.canRest) {\n    fireStops(book, new IncomingOrder(), []);\n' +
      '    book.rest(record(book, incoming), incoming.side, incoming.limitTicks);\n  }',
    also: [
      {
        file: 'run-order',
        find: "import type { IncomingOrder } from './incoming-order';",
        replace:
          "import { IncomingOrder } from './incoming-order';\nimport { fireStops } from './stop-orders';",
      },
    ],
  },
  {
    name: 'does not fire stops after an amend that trades',
    file: 'matching-engine',
    find: '    fireStops(book, this.incoming, this.firing);\n    return Reason.None;',
    replace: '    return Reason.None;',
  },
  {
    name: 'lets a post-only order take when it fires',
    file: 'run-order',
    find: 'if (incoming.postOnly && book.crosses(side, limitTicks)) {',
    replace: 'if (incoming.slot < 0) {',
  },
  {
    name: 'lets a FOK order that fires trade what it can',
    file: 'run-order',
    find: '    incoming.allOrNone &&\n',
    replace: '    incoming.slot < 0 &&\n',
  },
  {
    name: 'runs the youngest stop of a price first',
    file: 'stop-orders',
    find: 'const slot = book.ladders.head(level);',
    replace: 'const slot = book.ladders.tail(level);',
  },
  {
    name: 'still counts the lots of stops that have fired',
    file: 'order-book',
    find: 'this.addOpenLots(sideOf(flags), -orders.remaining(slot));',
    replace: '',
  },
];

export const RULE_MUTANTS: readonly Mutant[] = [...PREVENTION, ...STOPS];
