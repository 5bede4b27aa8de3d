import type { Mutant, Part } from './mutant';

const streams = (profile: string): Part => ({
  spec: 'engine-against-reference',
  tests: `do the same: ${profile}`,
});
const restored = (profile: string): Part => ({
  spec: 'replay',
  tests: `goes on as the one it was made of: ${profile}`,
});

/** Ladders, pool, index, log: what the rules stand on. */
const STRUCTURES: readonly Mutant[] = [
  {
    name: 'skips a level when the best ask is gone',
    file: 'order-book',
    find: 'this.bestAsk = this.ladders.higher(level);',
    replace:
      'this.bestAsk = this.ladders.higher(this.ladders.higher(level)) || this.ladders.higher(level);',
  },
  {
    name: 'does not notice a better bid',
    file: 'order-book',
    find: 'if (this.ladders.higher(level) === this.bestAsk) this.bestBid = level;',
    replace: 'if (this.bestBid === 0) this.bestBid = level;',
  },
  {
    name: 'links a new level below another to nothing underneath',
    file: 'price-ladders',
    find: 'this.link(ladder, this.lower(higher), level, higher);',
    replace: 'this.link(ladder, 0, level, higher);',
  },
  {
    name: 'leaves the wrong child of a trie node',
    file: 'price-ladders',
    find: '    const digit = lowestBit(bits);\n    this.setLink(ladder, linkToNode',
    replace: '    const digit = lowestBit(bits) ^ 1;\n    this.setLink(ladder, linkToNode',
  },
  {
    name: 'never leaves out a trie node',
    file: 'price-ladders',
    find: 'if ((bits & (bits - 1)) === 0) this.leaveOut',
    replace: 'if (bits === 0) this.leaveOut',
  },
  {
    name: 'takes the highest digit for one with something above it',
    file: 'price-ladders',
    find: 'digit === DIGIT ? 0 : bits & (-1 << (digit + 1))',
    replace: 'bits & (-1 << (digit + 1))',
  },
  {
    name: 'reads the digits of large prices modulo 2^32',
    file: 'digits',
    find: 'if (shift < FIRST_SCALED_SHIFT) return',
    replace: 'if (shift < 64) return',
  },
  {
    name: 'keeps the last order of a queue as its tail when it leaves',
    file: 'price-ladders',
    find: 'if (next === 0) ints[at + TAIL] = prev;',
    replace: '',
  },
  {
    name: 'keeps the low 32 bits of a price',
    file: 'price-ladders',
    find: 'floats[level * FLOATS + PRICE] = price;',
    replace: 'floats[level * FLOATS + PRICE] = price >>> 0;',
  },
  {
    name: 'keeps the low 32 bits of a quantity',
    file: 'order-pool',
    find: 'floats[slot * HOT_FLOATS + REMAINING] = remainingLots;',
    replace: 'floats[slot * HOT_FLOATS + REMAINING] = remainingLots >>> 0;',
  },
  {
    name: 'keeps the low 32 bits of an order id',
    lookAt: streams('high words'),
    file: 'order-pool',
    find: 'floats[slot * HOT_FLOATS + ORDER_ID] = orderId;',
    replace: 'floats[slot * HOT_FLOATS + ORDER_ID] = orderId >>> 0;',
  },
  {
    name: 'keeps the low 32 bits of an owner',
    file: 'order-pool',
    find: 'cold[slot * COLD_FLOATS + OWNER_ID] = ownerId;',
    replace: 'cold[slot * COLD_FLOATS + OWNER_ID] = ownerId >>> 0;',
  },
  {
    name: 'keeps the low 32 bits of an expiry',
    lookAt: streams('high words'),
    file: 'order-extras',
    find: 'this.floats[at + EXPIRES_AT] = expiresAtMs;',
    replace: 'this.floats[at + EXPIRES_AT] = expiresAtMs >>> 0;',
  },
  {
    name: 'remembers a trie node that was given back',
    file: 'recent-nodes',
    find: 'this.pages[node] = -1;',
    replace: 'this.pages[node] = this.pages[node] as number;',
  },
  {
    name: 'takes the trie node of another ladder',
    file: 'recent-nodes',
    find: 'this.pages[node] === page && this.ladders[node] === ladder ?',
    replace: 'this.pages[node] === page && this.ladders.length > ladder ?',
  },
  {
    name: 'takes the trie node of another page',
    file: 'recent-nodes',
    find: 'this.pages[node] === page && this.ladders[node] === ladder ?',
    replace: 'this.pages[node] !== -1 && this.ladders[node] === ladder ?',
  },
  {
    name: 'keeps a trie node that holds one level',
    file: 'price-ladders',
    find: 'if (known !== 0 && (bits & (bits - 1)) !== 0) {',
    replace: 'if (known !== 0 && bits !== 0) {',
  },
  {
    name: 'breaks the chain when an order leaves the index',
    lookAt: streams('first trades'),
    file: 'order-index',
    find: 'chain[at] = chain[slot] as number;\n  }',
    replace: 'chain[at] = 0;\n  }',
  },
  {
    name: 'loses the chain behind an order that joins the index',
    file: 'order-index',
    find: 'this.chain[slot] = this.heads[place] as number;',
    replace: 'this.chain[slot] = 0;',
  },
  {
    name: 'loses all but the heads of chains when the index grows',
    file: 'order-index',
    find: 'slot = links[slot] as number) {',
    replace: 'slot = links[0] as number) {',
  },
  {
    name: 'loses chains when there are more slots but no more places in the index',
    file: 'order-index',
    find: '      this.chain.set(links);\n',
    replace: '',
  },
  {
    name: 'lets the pool grow without the index',
    file: 'book-store',
    find: '    this.index.grow();\n',
    replace: '',
  },
  {
    name: 'forgets owners and totals when the pool grows',
    file: 'order-pool',
    find: '    cold.set(this.cold);\n',
    replace: '',
  },
  {
    name: 'forgets where the extras are when the pool grows',
    lookAt: { spec: 'long-effects', tests: 'stop after stop' },
    file: 'order-pool',
    find: '    extrasOf.set(this.extrasOf);\n',
    replace: '',
  },
  {
    name: 'forgets icebergs, stops and expiries when their memory grows',
    lookAt: streams('first trades'),
    file: 'order-extras',
    find: '    ints.set(this.ints);\n',
    replace: '',
  },
  {
    name: 'forgets levels when their memory grows',
    lookAt: streams('first trades'),
    file: 'price-ladders',
    find: '    ints.set(this.ints);\n',
    replace: '',
  },
  {
    name: 'forgets trie nodes when their memory grows',
    file: 'price-ladders',
    find: 'this.occupied = grownInts(this.occupied, capacity);',
    replace: 'this.occupied = new Int32Array(capacity);',
  },
  {
    name: 'mixes up the ladders of the fifth market',
    lookAt: restored('first trades'),
    file: 'price-ladders',
    find: 'this.roots = grownInts(this.roots, size);',
    replace: 'this.roots = new Int32Array(size);',
  },
  {
    name: 'loses effects when the log grows',
    lookAt: { spec: 'effects-replica', tests: 'never crossed: mixed' },
    file: 'effect-log',
    find: '    grown.set(this.words);\n',
    replace: '',
  },
  {
    name: 'reads the lots that an order was reduced by from the wrong field',
    file: 'effect-cursor',
    find: 'Reduced ? FIELDS + 2 : FIELDS + 3',
    replace: 'Reduced ? FIELDS + 3 : FIELDS + 3',
  },
];

/** §1: order ids are never reused. */
const USED_IDS: readonly Mutant[] = [
  {
    name: 'takes the first id above a full page for used',
    file: 'used-ids',
    find: '      this.floor = (page + 1) * PAGE_IDS - 1;\n',
    replace: '      this.floor = (page + 1) * PAGE_IDS;\n',
  },
  {
    name: 'takes a page for full when a word of it is',
    lookAt: streams('several markets'),
    file: 'used-ids',
    find: 'if (!this.has(id)) return false;',
    replace: 'if (!this.has(id) && word < 0) return false;',
  },
  {
    name: 'forgets ids up to the one before',
    lookAt: streams('several markets'),
    file: 'used-ids',
    find: '    this.floor = id;\n',
    replace: '    this.floor = id - 1;\n',
  },
  {
    name: 'drops a page of used ids that is forgotten in part',
    lookAt: restored('several markets'),
    file: 'used-ids',
    find: 'if ((page + 1) * PAGE_IDS - 1 <= id) this.drop(page);',
    replace: 'if (page * PAGE_IDS <= id) this.drop(page);',
  },
  {
    name: 'mixes up ids that differ by 2^32',
    lookAt: streams('high words'),
    file: 'used-ids',
    find: 'return id <= 0x7fffffff ? id >>> 8 : Math.floor(id / PAGE_IDS);',
    replace: 'return id >>> 8;',
  },
  {
    name: 'loses used ids when their memory grows',
    lookAt: streams('high words'),
    file: 'used-ids',
    find: '      grown.set(this.words);\n',
    replace: '',
  },
  {
    name: 'takes over the used ids of a page that was dropped',
    lookAt: streams('several markets'),
    file: 'used-ids',
    find: '    this.words.fill(0, entry * WORDS, (entry + 1) * WORDS);\n',
    replace: '',
  },
];

export const MEMORY_MUTANTS: readonly Mutant[] = [...STRUCTURES, ...USED_IDS];
