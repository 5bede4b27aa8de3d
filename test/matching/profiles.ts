/** How likely each of some things is, as shares of their sum. */
export type Weights<Name extends string> = Readonly<Partial<Record<Name, number>>>;

export type OrderShape =
  'limit' | 'ioc' | 'fok' | 'postOnly' | 'market' | 'marketFok' | 'amount' | 'stop' | 'stopLimit';

export type Action =
  | 'place'
  | 'cancel'
  | 'cancelAll'
  | 'cancelAllMarkets'
  | 'amend'
  | 'expire'
  | 'state'
  | 'rules'
  | 'bad'
  | 'forget';

/** What a stream of commands is like. Chances are 0 … 1. */
export interface Profile {
  readonly name: string;
  readonly markets: number;
  readonly owners: readonly number[];
  readonly actions: Weights<Action>;
  readonly orders: Weights<OrderShape>;
  /** Live orders a market is kept around. */
  readonly liveOrders: number;
  /** Where prices start, and how far around the best ones they lie, in ticks. */
  readonly centreTicks: number;
  readonly spreadTicks: number;
  /** Prices lie this many ticks apart: 1, or 2^32 so that only their high words differ. */
  readonly stepTicks: number;
  /** Chance that a price is a power of two or so away from the others. */
  readonly farPrices: number;
  /** Chance that the centre moves by a step before a command. */
  readonly drift: number;
  readonly minLots: number;
  readonly maxLots: number;
  /** Ids one after another, in no order, or alike but for their high words. */
  readonly ids: 'ascending' | 'scattered' | 'huge';
  /** The clock of each market at the start. */
  readonly clockMs: number;
  readonly icebergs: number;
  readonly expiring: number;
  readonly selfTradePrevention: number;
  /** Chance that a quantity is so large that a limit is in sight. */
  readonly oversized: number;
}

const MIXED: Profile = {
  name: 'mixed',
  markets: 1,
  owners: [1, 2, 3, 4, 5, 6, 7, 8],
  actions: {
    place: 62,
    cancel: 12,
    cancelAll: 1,
    amend: 15,
    expire: 4,
    state: 1,
    rules: 1,
    bad: 4,
  },
  orders: {
    limit: 50,
    ioc: 8,
    fok: 8,
    postOnly: 6,
    market: 8,
    marketFok: 2,
    amount: 5,
    stop: 6,
    stopLimit: 7,
  },
  liveOrders: 40,
  centreTicks: 1_000,
  spreadTicks: 6,
  stepTicks: 1,
  farPrices: 0,
  drift: 0.02,
  minLots: 1,
  maxLots: 20,
  ids: 'scattered',
  clockMs: 0,
  icebergs: 0.15,
  expiring: 0.2,
  selfTradePrevention: 0.4,
  oversized: 0.002,
};

const CALM: Weights<Action> = { place: 70, cancel: 15, amend: 10, expire: 2, bad: 1 };

/** Numbers that agree in their low 32 bits, and the largest there is. */
const HUGE_OWNERS = [3, 2 ** 32 + 3, 2 ** 33 + 3, Number.MAX_SAFE_INTEGER];

export const PROFILES: readonly Profile[] = [
  MIXED,
  {
    ...MIXED,
    name: 'cancel-heavy',
    actions: { place: 50, cancel: 42, cancelAll: 4, amend: 3, expire: 1 },
    orders: { limit: 70, postOnly: 5, ioc: 5, market: 5, stop: 8, stopLimit: 7 },
    liveOrders: 80,
  },
  {
    ...MIXED,
    name: 'IOC and FOK',
    actions: CALM,
    orders: { limit: 40, ioc: 18, fok: 22, marketFok: 8, stop: 4, stopLimit: 8 },
    icebergs: 0.3,
  },
  {
    ...MIXED,
    name: 'amend-heavy',
    actions: { place: 45, cancel: 5, amend: 45, expire: 2, rules: 1, state: 1, bad: 1 },
    icebergs: 0.3,
  },
  {
    ...MIXED,
    name: 'icebergs',
    actions: CALM,
    orders: { limit: 70, ioc: 10, fok: 8, market: 8, amount: 4 },
    icebergs: 0.8,
    maxLots: 40,
    spreadTicks: 3,
  },
  {
    ...MIXED,
    name: 'stop cascades',
    actions: CALM,
    orders: { limit: 30, market: 8, ioc: 4, amount: 2, stop: 28, stopLimit: 28 },
    liveOrders: 90,
    spreadTicks: 12,
    maxLots: 6,
  },
  {
    ...MIXED,
    name: 'self trades',
    owners: [1, 2],
    actions: CALM,
    selfTradePrevention: 0.9,
    icebergs: 0.3,
    spreadTicks: 3,
    maxLots: 8,
  },
  {
    ...MIXED,
    name: 'amounts and self trades',
    owners: [1, 2, 3],
    actions: CALM,
    orders: { limit: 65, amount: 35 },
    selfTradePrevention: 0.7,
    centreTicks: 12,
    spreadTicks: 5,
  },
  {
    ...MIXED,
    name: 'sweeps',
    actions: { place: 92, cancel: 4, amend: 4 },
    orders: { limit: 75, market: 15, amount: 4, ioc: 6 },
    liveOrders: 120,
    spreadTicks: 30,
    maxLots: 60,
  },
  { ...MIXED, name: 'drifting', actions: CALM, drift: 0.6, spreadTicks: 4, liveOrders: 60 },
  { ...MIXED, name: 'narrow', actions: CALM, spreadTicks: 1, drift: 0, maxLots: 10 },
  {
    ...MIXED,
    name: 'states and rules',
    actions: { place: 55, cancel: 8, cancelAll: 2, amend: 12, expire: 3, state: 12, rules: 8 },
  },
  {
    ...MIXED,
    name: 'expiries',
    actions: { place: 60, cancel: 5, amend: 10, expire: 25 },
    expiring: 0.8,
  },
  {
    ...MIXED,
    name: 'bad input',
    actions: { place: 40, cancel: 5, amend: 5, bad: 50 },
    liveOrders: 25,
  },
  {
    ...MIXED,
    name: 'several markets',
    markets: 4,
    owners: [1, 2, 3],
    actions: { ...MIXED.actions, state: 3, cancelAllMarkets: 3, forget: 0.2 },
    liveOrders: 20,
  },
  {
    ...MIXED,
    name: 'first trades',
    markets: 25,
    actions: { place: 90, cancel: 5, amend: 5 },
    orders: { limit: 25, market: 5, stop: 40, stopLimit: 30 },
    liveOrders: 30,
    spreadTicks: 3,
  },
  {
    ...MIXED,
    name: 'far prices',
    actions: CALM,
    farPrices: 0.4,
    maxLots: 5,
    liveOrders: 60,
  },
  {
    ...MIXED,
    name: 'deep book',
    actions: { place: 80, cancel: 12, amend: 8 },
    liveOrders: 1_500,
    spreadTicks: 400,
    maxLots: 300,
  },
  {
    ...MIXED,
    name: 'high words',
    markets: 2,
    owners: HUGE_OWNERS,
    actions: { ...MIXED.actions, cancelAllMarkets: 1 },
    ids: 'huge',
    centreTicks: 7 + 20 * 2 ** 32,
    stepTicks: 2 ** 32,
    spreadTicks: 8,
    drift: 0.01,
    maxLots: 2 ** 14,
    clockMs: Number.MAX_SAFE_INTEGER - 20_000,
  },
  {
    ...MIXED,
    name: 'huge quantities',
    owners: HUGE_OWNERS,
    ids: 'huge',
    centreTicks: 6,
    spreadTicks: 3,
    minLots: 2 ** 33,
    maxLots: 2 ** 46,
    oversized: 0.08,
    clockMs: 2 ** 40,
  },
];
