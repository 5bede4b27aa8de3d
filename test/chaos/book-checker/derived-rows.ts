import type { CandleRow, PositionRow, StoredBooks, TradeRow } from './stored-rows';
import { compareRows } from './row-comparison';

// What positions and candles must be, from the trades alone.

const CANDLE_SECONDS = [60, 3600];

/** @returns what positions and candles say that the trades do not. */
export function checkDerived(stored: StoredBooks): string[] {
  return [
    ...compareRows(
      'position',
      positionsOf(stored.trades),
      stored.positions,
      (row) => `${row.userId} ${row.item}`,
    ),
    ...compareRows(
      'candle',
      candlesOf(stored.trades),
      stored.candles,
      (row) => `${row.item} ${row.seconds} ${row.startMs}`,
    ),
  ];
}

function positionsOf(trades: readonly TradeRow[]): PositionRow[] {
  const positions = new Map<string, PositionRow>();
  const add = (userId: number, bought: boolean, trade: TradeRow): void => {
    const key = `${userId} ${trade.item}`;
    const known = positions.get(key);
    const position = known ?? { userId, item: trade.item, netLots: 0n, cost: 0n, realised: 0n };
    if (known === undefined) positions.set(key, position);
    addToPosition(position, bought ? 1n : -1n, trade);
  };
  for (const trade of trades) {
    // The maker comes first: it matters where somebody trades with himself.
    add(trade.makerUserId, trade.takerSide === 'SELL', trade);
    add(trade.takerUserId, trade.takerSide === 'BUY', trade);
  }
  return [...positions.values()];
}

/**
 * Average cost: a trade against the position takes a part of what the position cost with it, in proportion, to the
 * nearest whole (a half to the even one); what is beyond the position opens one on the other side.
 */
function addToPosition(position: PositionRow, sign: bigint, trade: TradeRow): void {
  const price = BigInt(trade.priceTicks);
  let left = BigInt(trade.quantityLots);
  const against = position.netLots * sign < 0n;
  if (against) {
    const held = abs(position.netLots);
    const closing = left < held ? left : held;
    const partOfCost = roundedPart(position.cost, closing, held);
    position.cost -= partOfCost;
    position.realised += -sign * closing * price - partOfCost;
    position.netLots += sign * closing;
    left -= closing;
  }
  position.cost += sign * left * price;
  position.netLots += sign * left;
}

/** total × part / whole, a half to the even neighbour. */
function roundedPart(total: bigint, part: bigint, whole: bigint): bigint {
  const product = abs(total) * part;
  const down = product / whole;
  const rest = 2n * (product - down * whole);
  const up = rest > whole || (rest === whole && down % 2n !== 0n);
  const rounded = up ? down + 1n : down;
  return total < 0n ? -rounded : rounded;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function candlesOf(trades: readonly TradeRow[]): CandleRow[] {
  const candles = new Map<string, CandleRow>();
  for (const trade of trades) {
    for (const seconds of CANDLE_SECONDS) {
      const startMs = Math.floor(trade.executedAtMs / (seconds * 1000)) * seconds * 1000;
      const key = `${trade.item} ${seconds} ${startMs}`;
      const { item, priceTicks: price } = trade;
      const candle = candles.get(key) ?? {
        item,
        seconds,
        startMs,
        openTicks: price,
        highTicks: price,
        lowTicks: price,
        closeTicks: price,
        volumeLots: 0n,
        notional: 0n,
        trades: 0,
      };
      candles.set(key, {
        ...candle,
        highTicks: Math.max(candle.highTicks, price),
        lowTicks: Math.min(candle.lowTicks, price),
        closeTicks: price,
        volumeLots: candle.volumeLots + BigInt(trade.quantityLots),
        notional: candle.notional + BigInt(price) * BigInt(trade.quantityLots),
        trades: candle.trades + 1,
      });
    }
  }
  return [...candles.values()];
}
