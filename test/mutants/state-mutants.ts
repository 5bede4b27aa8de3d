import type { Mutant, Part } from './mutant';

const RESTORED: Part = { spec: 'replay', tests: 'a restored engine' };

/** Snapshots. */
const SNAPSHOTS: readonly Mutant[] = [
  {
    name: 'loses the reserve of icebergs in a snapshot',
    file: 'snapshot',
    find: 'const record = (slot: number): OrderRecord => recordOf(book, slot);',
    replace:
      'const record = (slot: number): OrderRecord => {\n    const whole = recordOf(book, slot);\n' +
      '    return { ...whole, remainingLots: whole.visibleLots || whole.remainingLots };\n  };',
  },
  {
    name: 'loses the last price in a snapshot',
    file: 'snapshot',
    find: 'Object.assign(book, { state, clockMs, lastPriceTicks, sequence, tradeId });',
    replace: 'Object.assign(book, { state, clockMs, sequence, tradeId });',
  },
  {
    name: 'counts trades from 1 again after a restore',
    file: 'snapshot',
    find: 'Object.assign(book, { state, clockMs, lastPriceTicks, sequence, tradeId });',
    replace: 'Object.assign(book, { state, clockMs, lastPriceTicks, sequence });',
  },
  {
    name: 'counts effects from 1 again after a restore',
    lookAt: RESTORED,
    file: 'snapshot',
    find: 'Object.assign(book, { state, clockMs, lastPriceTicks, sequence, tradeId });',
    replace: 'Object.assign(book, { state, clockMs, lastPriceTicks, tradeId });',
  },
  {
    name: 'restores expiries in the order of the book',
    file: 'snapshot',
    find: 'for (const orderId of [...expiries, ...orders.keys()]) {',
    replace: 'for (const orderId of orders.keys()) {',
  },
  {
    name: 'restores every slice of an iceberg in full',
    file: 'snapshot',
    find: 'book.enqueue(slot, side, priceTicks, remainingLots, visibleLots);',
    replace:
      'const whole = Math.min(order.displayLots || visibleLots, remainingLots);\n' +
      '    book.enqueue(slot, side, priceTicks, remainingLots, whole);',
  },
  {
    name: 'forgets in a snapshot up to where ids are used',
    lookAt: { ...RESTORED, tests: 'made of: several markets' },
    file: 'used-ids',
    find: '    ids.floor = snapshot.floor;\n',
    replace: '',
  },
  {
    name: 'restores an order that has expired',
    file: 'invariants',
    find: '    ensure(book, extras.expiresAtMs(entry) > clockMs, `order ${id} should have expired`);\n',
    replace: '',
  },
  {
    name: 'restores two orders with one id',
    file: 'snapshot',
    find: '    expect(!orders.has(orderId) && store.index.find(orderId) === 0, `two orders ${orderId}`);\n',
    replace: '',
  },
];

/** State hash and reads. */
const READS: readonly Mutant[] = [
  {
    name: 'hashes a queue whatever its order',
    file: 'state-hash',
    find: 'for (const slot of queue) addOrder(lanes, book, slot);',
    replace:
      'const byId = [...queue].sort((a, b) => orders.orderId(a) - orders.orderId(b));\n' +
      '    for (const slot of byId) addOrder(lanes, book, slot);',
  },
  {
    name: 'hashes expiries whatever their order',
    file: 'state-hash',
    find: 'for (const slot of expiries) lanes.add(orders.orderId(slot));',
    replace: '',
  },
  {
    name: 'leaves the reserve of icebergs out of the hash',
    file: 'state-hash',
    find: '  lanes.add(order.remainingLots);\n',
    replace: '',
  },
  {
    name: 'hashes the low 32 bits of numbers',
    file: 'state-hash',
    find: '    this.mix(Math.floor(value / 2 ** 32));\n',
    replace: '',
  },
  {
    name: 'leaves used ids out of the hash',
    file: 'state-hash',
    find: '    for (const word of words) lanes.add(word);\n',
    replace: '',
  },
  {
    name: 'serves sell stops by ascending price in a snapshot',
    file: 'queues',
    find: 'walk(ladders.highest(sellStops), lower, nextInQueue)',
    replace: 'walk(ladders.lowest(sellStops), higher, nextInQueue)',
  },
  {
    name: 'shows the lots of a waiting stop',
    file: 'order-record',
    find: 'visibleLots: (flags & WAITING) === 0 ? book.visible(slot) : 0,',
    replace: 'visibleLots: book.visible(slot),',
  },
  {
    name: 'counts hidden lots ahead of an order',
    file: 'reads',
    find: 'book.visible(ahead);',
    replace: 'orders.remaining(ahead);',
  },
  {
    name: 'counts an order ahead of itself',
    file: 'reads',
    find: 'for (let ahead = orders.prev(slot); ahead',
    replace: 'for (let ahead = slot; ahead',
  },
  {
    name: 'shows all levels to a visitor who has had enough',
    file: 'reads',
    find: '    if (more === false) return;\n',
    replace: '    if (more === false) continue;\n',
  },
  {
    name: 'shows all orders to a visitor who has had enough',
    file: 'reads',
    find: 'book.visible(slot)) === false) return;',
    replace: 'book.visible(slot)) === false) continue;',
  },
  {
    name: 'names the last expiry as the next one',
    file: 'matching-engine',
    find: 'book.ladders.lowest(book.expiriesLadder)',
    replace: 'book.ladders.highest(book.expiriesLadder)',
  },
  {
    name: 'keeps the caller’s rules and not a copy of them',
    file: 'matching-engine',
    find: '    book.rules = { minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots };',
    replace: '    book.rules = rules;',
  },
];

export const STATE_MUTANTS: readonly Mutant[] = [...SNAPSHOTS, ...READS];
