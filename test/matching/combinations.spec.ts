import {
  CommandKind,
  ORDER_TYPES,
  OrderType,
  PlaceOrder,
  SELF_TRADE_PREVENTIONS,
  SelfTradePrevention,
  SIDES,
  Side,
  TIMES_IN_FORCE,
  TimeInForce,
} from '@app/matching';
import { Comparison } from './comparison';

const QUANTITIES = [
  { quantityLots: 4, amountTickLots: 0 },
  { quantityLots: 0, amountTickLots: 500 },
  { quantityLots: 4, amountTickLots: 500 },
  { quantityLots: 0, amountTickLots: 0 },
];
const DISPLAYS = [0, 1, 4, 5];

const codes = (names: readonly string[]): number[] => names.map((_, code) => code);

/** Every combination of what §2 of the rules tells apart, for one side, type and time in force. */
function* ordersOf(side: number, type: number, timeInForce: number): Generator<PlaceOrder> {
  for (const quantity of QUANTITIES)
    for (const priceTicks of [0, 100])
      for (const stopTicks of [0, 100])
        for (const displayLots of DISPLAYS)
          for (const postOnly of [false, true])
            for (const expiresAtMs of [0, 1000])
              for (const selfTradePrevention of codes(SELF_TRADE_PREVENTIONS)) {
                const optional = { priceTicks, stopTicks, displayLots, postOnly, expiresAtMs };
                const kinds = { side, type, timeInForce, selfTradePrevention } as PlaceOrder;
                yield { ...new PlaceOrder(), ...kinds, ...quantity, ...optional };
              }
}

const CASES = codes(SIDES).flatMap((side) =>
  codes(ORDER_TYPES).flatMap((type) =>
    codes(TIMES_IN_FORCE).map(
      (timeInForce) =>
        [
          SIDES[side],
          ORDER_TYPES[type],
          TIMES_IN_FORCE[timeInForce],
          side,
          type,
          timeInForce,
        ] as const,
    ),
  ),
);

describe('every combination of what an order can be', () => {
  it.each(CASES)('is answered by the rules: %s %s %s', (_s, _t, _f, side, type, timeInForce) => {
    const comparison = new Comparison(1);
    let orderId = 0;
    const place = (order: PlaceOrder): void => {
      orderId += 1;
      const placed = { ...order, orderId, ownerId: 1 + (orderId % 2) };
      const command = { kind: CommandKind.Place, order: placed } as const;
      comparison.run({ call: 'execute', market: 0, command });
    };
    const resting = (restingSide: Side): PlaceOrder => ({
      ...new PlaceOrder(),
      side: restingSide,
      type: OrderType.Limit,
      timeInForce: TimeInForce.Gtc,
      selfTradePrevention: SelfTradePrevention.None,
      quantityLots: 3,
      priceTicks: restingSide === Side.Buy ? 99 : 100,
    });
    for (const order of ordersOf(side, type, timeInForce)) {
      place(order);
      // Something to meet, and not too much of it.
      if (orderId % 3 === 0) place(resting(orderId % 2 === 0 ? Side.Buy : Side.Sell));
      if (orderId % 40 === 0) {
        for (const ownerId of [1, 2]) comparison.run({ call: 'cancelAllMarkets', ownerId });
      }
    }
    expect(orderId).toBeGreaterThan(1000);
  });
});
