import { Random } from '../../support/random';

/** One limit order of the flow, in ticks of 0.01 and lots of 0.0001. */
export interface FlowOrder {
  userId: number;
  item: string;
  side: 'BUY' | 'SELL';
  priceTicks: number;
  quantityLots: number;
}

export const FLOW_USERS = 1000;
const MID_TICKS = 10_000;

/**
 * GTC limit orders of which half trade: every second order stays far from the middle, the others come in pairs of the
 * same quantity, one to rest at the best price and one to take it.
 * @param items orders go round them at random.
 */
export function* flow(orders: number, items: number, seed = 1): Generator<FlowOrder> {
  const random = new Random(seed);
  const waiting = new Map<number, FlowOrder>();
  for (let index = 0; index < orders; index += 1) {
    const number = random.below(items);
    const item = `ITEM-${number}`;
    const userId = random.between(1, FLOW_USERS);
    const side = random.chance(0.5) ? 'BUY' : 'SELL';
    const maker = waiting.get(number);
    if (maker !== undefined) {
      waiting.delete(number);
      const { priceTicks, quantityLots } = maker;
      const opposite = maker.side === 'BUY' ? 'SELL' : 'BUY';
      yield { userId, item, side: opposite, priceTicks, quantityLots };
      continue;
    }
    const quantityLots = random.between(1, 100) * 1000;
    // Of three orders that find nothing to take, two stay far away and one is taken by the next.
    const far = random.chance(2 / 3);
    const distance = far ? random.between(100, 600) : random.between(1, 20);
    const priceTicks = MID_TICKS + (side === 'BUY' ? -distance : distance);
    const order: FlowOrder = { userId, item, side, priceTicks, quantityLots };
    if (!far) waiting.set(number, order);
    yield order;
  }
}

/** `123.45` */
export const decimalPrice = (ticks: number): string => (ticks / 100).toFixed(2);

/** `1.5` */
export const decimalQuantity = (lots: number): string => String(lots / 10_000);
