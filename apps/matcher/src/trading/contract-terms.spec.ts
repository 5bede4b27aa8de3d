import * as contracts from '@app/contracts';
import * as engine from '@app/matching';

const { Reason, REASONS } = engine;

describe('the words of the contract', () => {
  it.each([
    [contracts.ORDER_SIDES, engine.SIDES],
    [contracts.ORDER_TYPES, engine.ORDER_TYPES],
    [contracts.TIMES_IN_FORCE, engine.TIMES_IN_FORCE],
    [contracts.SELF_TRADE_PREVENTIONS, engine.SELF_TRADE_PREVENTIONS],
    [contracts.MARKET_STATES, engine.MARKET_STATES],
  ])('are those of the engine, in the order of its codes: %j', (words, names) => {
    expect(words).toEqual(names);
  });

  it('name every reason for which an order that is well-formed can end', () => {
    const notOfOrders = new Set<number>([
      Reason.None,
      // A GTD order whose time has passed when it comes is EXPIRED.
      Reason.AlreadyExpired,
      // Ids and numbers are the api's, of the right form.
      Reason.DuplicateId,
      Reason.UnknownMarket,
      Reason.UnknownOrder,
      Reason.OrderFinished,
      Reason.NothingToAmend,
      ...Object.values(Reason).filter((code) => REASONS[code].startsWith('INVALID_')),
    ]);
    notOfOrders.delete(Reason.InvalidDisplayQuantity);
    const names = Object.values(Reason).filter((code) => !notOfOrders.has(code));
    expect([...contracts.ORDER_REASONS].sort()).toEqual(names.map((code) => REASONS[code]).sort());
  });

  it.each([
    [contracts.MAX_ICEBERG_SLICES, Reason.None],
    [contracts.MAX_ICEBERG_SLICES + 1, Reason.InvalidDisplayQuantity],
  ])('take an iceberg of %i slices as the engine does', (slices, reason) => {
    const books = new engine.MatchingEngine();
    const order = new engine.PlaceOrder();
    Object.assign(order, { orderId: 1, ownerId: 1, priceTicks: 1, displayLots: 1 });
    order.quantityLots = slices;
    expect(books.place(books.openMarket('AAPL'), order)).toBe(reason);
  });
});
