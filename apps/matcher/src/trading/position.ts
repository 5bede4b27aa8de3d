import { divideHalfEven } from '@app/contracts';
import { Side } from '@app/matching';

/** What a user holds of an item: lots, and money in ticks × lots. */
export interface Position {
  /** Bought minus sold. */
  netLots: bigint;
  /** What the open quantity cost; of a short position what it brought in, negative. */
  cost: bigint;
  realised: bigint;
}

export function emptyPosition(): Position {
  return { netLots: 0n, cost: 0n, realised: 0n };
}

/**
 * Adds a trade, by average cost. What closes a part of the position takes its share of the cost with it, rounded
 * half-even to ticks × lots; whatever is rounded, `realised − cost` is the money that all trades brought in.
 */
export function addTrade(position: Position, side: Side, priceTicks: number, lots: number): void {
  const direction = side === Side.Buy ? 1n : -1n;
  const price = BigInt(priceTicks);
  const quantity = BigInt(lots);
  const held = position.netLots < 0n ? -position.netLots : position.netLots;
  const closes = position.netLots * direction < 0n ? (quantity < held ? quantity : held) : 0n;
  if (closes > 0n) {
    const share = closes === held ? position.cost : divideHalfEven(position.cost * closes, held);
    position.realised += -direction * price * closes - share;
    position.cost -= share;
    position.netLots += direction * closes;
  }
  const opens = quantity - closes;
  position.cost += direction * price * opens;
  position.netLots += direction * opens;
}
