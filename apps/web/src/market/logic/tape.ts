/** What the tape keeps of trades, the newest first. */
export const TAPE_LENGTH = 200;

interface Numbered {
  readonly trade_id: number;
}

/**
 * The newest {@link TAPE_LENGTH} of both, each once, newest first.
 * @param tape newest first
 * @param trades in any order
 */
export function onTape<T extends Numbered>(tape: readonly T[], trades: readonly T[]): readonly T[] {
  const fresh = trades.toSorted((a, b) => b.trade_id - a.trade_id);
  const newest = tape[0]?.trade_id ?? 0;
  const oldestFresh = fresh.at(-1)?.trade_id;
  if (oldestFresh === undefined) return tape;
  if (oldestFresh > newest) return [...fresh, ...tape].slice(0, TAPE_LENGTH);
  const known = new Set(fresh.map((trade) => trade.trade_id));
  return [...fresh, ...tape.filter((trade) => !known.has(trade.trade_id))]
    .sort((a, b) => b.trade_id - a.trade_id)
    .slice(0, TAPE_LENGTH);
}
