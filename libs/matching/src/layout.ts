// Where the numbers of an order, a level and an effect lie. Beside the files that own the arrays, only
// plain-orders.ts reads this: see there.

/**
 * Masks an index into any array here. None is larger; but V8 then knows that adding a field's number to it does not
 * overflow, and leaves out a check for each.
 */
export const INDEX = 2 ** 30 - 1;

/**
 * A live order: what matching touches is 32 bytes, this many floats, over the same bytes this many ints; what is
 * seldom needed is 24 bytes elsewhere.
 */
export const ORDER_FLOATS = 4;
export const ORDER_INTS = 8;
/** So many bits to the left a slot is where its ints begin. */
export const ORDER_SHIFT = 3;
export const COLD_FLOATS = 3;
export const COLD_INTS = 6;
/** Floats. */
export const ORDER_ID = 0;
export const REMAINING = 1;
/** Ints. */
export const NEXT = 4;
export const PREV = 5;
/** The level, and in its last two bits, which are 0 in every level, the side and whether there are extras. */
export const LEVEL = 6;
export const SIDE = 1;
export const EXTRAS_BIT = 2;
export const LEVEL_BITS = ~3;
/** The next order in the chain of the index. */
export const CHAIN = 7;
/** Cold floats. */
export const OWNER_ID = 0;
export const TOTAL = 1;
/** Cold ints. */
export const FLAGS = 4;
export const EXTRAS = 5;

/** A level of a ladder. It is known by where its ints begin, which is twice where its floats do. */
export const LEVEL_FLOATS = 6;
export const LEVEL_INTS = 12;
/** Floats. */
export const PRICE = 0;
export const VISIBLE = 1;
export const OPEN = 2;
/** Ints. */
export const HEAD = 6;
export const TAIL = 7;
export const COUNT = 8;
export const LOWER = 9;
export const HIGHER = 10;
export const LADDER = 11;

/**
 * An effect: a header, the market, its sequence, then the fields of its kind. The header packs kind (bits 0–3),
 * side (4), maker final (5), taker final (6), reason (8–15) and command (16–19).
 */
export const HEADER = 0;
export const MARKET = 1;
export const SEQUENCE = 2;
export const FIELDS = 3;
export const SIDE_BIT = 4;
export const MAKER_FINAL = 1 << 5;
export const TAKER_FINAL = 1 << 6;
export const REASON_BIT = 8;
export const COMMAND_BIT = 16;
/** Words that a record takes, by kind: what every record begins with, then its fields. */
export const EFFECT_WORDS = [5, 4, 10, 7, 7, 6, 7, 5, 5, 4, 6, 4] as const;
