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
    find: 'if (bests[at] === level) bests[at] = this.behind(side, level);',
    replace:
      'if (bests[at] === level) bests[at] = this.behind(side, this.behind(side, level)) || this.behind(side, level);',
  },
  {
    name: 'does not notice a better bid',
    file: 'order-book',
    find: 'if (bests[at] === this.behind(side, level)) bests[at] = level;',
    replace: 'if (bests[at] === (side === Buy ? 0 : this.behind(side, level))) bests[at] = level;',
  },
  {
    name: 'links a new level below another to nothing underneath',
    file: 'price-ladders',
    find: 'if (beside > 0) this.link(ladder, this.lower(beside), level, beside);',
    replace: 'if (beside > 0) this.link(ladder, 0, level, beside);',
  },
  {
    name: 'links a new level of a short ladder to nothing underneath',
    file: 'price-ladders',
    find: 'higher === 0 ? this.highest(ladder) : this.lower(higher)',
    replace: 'higher === 0 ? this.highest(ladder) : 0',
  },
  {
    name: 'leaves the nodes of a trie that it gives up',
    file: 'price-ladders',
    find: '        trie.clear(root, ladder);\n',
    replace: '',
  },
  {
    name: 'leaves the wrong child of a trie node',
    file: 'price-trie',
    find: 'const onlyLink = at * WIDTH + lowestBit(bits);',
    replace: 'const onlyLink = (at * WIDTH + lowestBit(bits)) ^ 1;',
  },
  {
    name: 'never leaves out a trie node',
    file: 'price-trie',
    find: '    if ((bits & (bits - 1)) !== 0) return root;\n    const onlyLink',
    replace: '    if (bits !== 0) return root;\n    const onlyLink',
  },
  {
    name: 'overlooks the next digit of a bottom node',
    file: 'price-trie',
    find: 'const above = bits & (-2 << digit);\n    const beside',
    replace: 'const above = bits & (-4 << digit);\n    const beside',
  },
  {
    name: 'overlooks the next digit of a trie node',
    file: 'price-trie',
    find: 'const above = bits & (-2 << digit);\n    this.beside',
    replace: 'const above = bits & (-4 << digit);\n    this.beside',
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
    find: 'if (next === 0) ints[level + TAIL] = prev;',
    replace: '',
  },
  {
    name: 'keeps the low 32 bits of a price',
    file: 'price-ladders',
    find: 'floats[(level >> 1) + PRICE] = price;',
    replace: 'floats[(level >> 1) + PRICE] = price >>> 0;',
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
    find: 'coldFloats[slot * COLD_FLOATS + OWNER_ID] = ownerId;',
    replace: 'coldFloats[slot * COLD_FLOATS + OWNER_ID] = ownerId >>> 0;',
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
    find: 'if (this.nodes[place] === node) this.nodes[place] = 0;',
    replace: 'if (this.nodes[place] === -node) this.nodes[place] = 0;',
  },
  {
    name: 'takes the trie node of another ladder',
    lookAt: { spec: 'many-levels', tests: 'keeps their levels apart' },
    file: 'price-trie',
    find: 'return levels.ladder(beside) === ladder && pageOf',
    replace: 'return levels.ladder(beside) >= 0 && pageOf',
  },
  {
    name: 'takes the trie node of another page',
    file: 'price-trie',
    find: 'levels.ladder(beside) === ladder && pageOf(levels.price(beside)) === pageOf(price);',
    replace: 'levels.ladder(beside) === ladder && pageOf(levels.price(beside)) >= 0;',
  },
  {
    name: 'keeps a trie node that holds one level',
    file: 'price-trie',
    find: '      if ((bits & (bits - 1)) !== 0) {\n        children[place] = 0;',
    replace: '      if (bits !== 0) {\n        children[place] = 0;',
  },
  {
    name: 'takes a level of another ladder at the same price',
    lookAt: { spec: 'many-levels', tests: 'keeps their levels apart' },
    file: 'price-ladders',
    find: '=== price && this.ints[level + LADDER] === ladder;',
    replace: '=== price && level !== 0;',
  },
  {
    name: 'rests a plain order in another market’s level at its price',
    lookAt: { spec: 'many-levels', tests: 'keeps their levels apart' },
    file: 'plain-orders',
    find: ' ||\n    ladders.ints[(level & INDEX) + LADDER] !== ladder\n',
    replace: '\n',
  },
  {
    name: 'breaks the chain when an order leaves the index',
    lookAt: streams('first trades'),
    file: 'order-index',
    find: 'ints[at * ORDER_INTS + CHAIN] = next;',
    replace: 'ints[at * ORDER_INTS + CHAIN] = 0;',
  },
  {
    name: 'loses the chain behind an order that joins the index',
    file: 'order-index',
    find: 'this.orders.ints[slot * ORDER_INTS + CHAIN] = this.heads[place] as number;',
    replace: 'this.orders.ints[slot * ORDER_INTS + CHAIN] = 0;',
  },
  {
    name: 'loses the chain behind a plain order that joins the index',
    file: 'plain-orders',
    find: 'ints[at + CHAIN] = heads[place] as number;',
    replace: 'ints[at + CHAIN] = 0;',
  },
  {
    name: 'loses all but the heads of chains when the index grows',
    file: 'order-index',
    find: 'next = this.after(slot);',
    replace: 'next = 0;',
  },
  {
    name: 'forgets owners and totals when the pool grows',
    file: 'order-pool',
    find: '    coldInts.set(this.coldInts);\n',
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
    file: 'price-trie',
    find: '    occupied.set(this.occupied);\n',
    replace: '',
  },
  {
    name: 'mixes up the ladders of the fifth market',
    lookAt: restored('first trades'),
    file: 'price-ladders',
    find: '    grown.set(this.ends);\n',
    replace: '',
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
    find: 'if (page !== NO_PAGE && (page + 1) * PAGE_IDS - 1 <= id) this.drop(entry);',
    replace: 'if (page !== NO_PAGE && page * PAGE_IDS <= id) this.drop(entry);',
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
    find: '    words.set(this.words);\n',
    replace: '',
  },
  {
    name: 'loses chains of used pages when their memory grows',
    lookAt: streams('high words'),
    file: 'used-ids',
    find: '      this.chainIn(entry);\n    }\n',
    replace: '    }\n',
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
