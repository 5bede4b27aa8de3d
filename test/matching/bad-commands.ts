import {
  CommandKind,
  MarketState,
  OPEN_RULES,
  PlaceOrder,
  type Command,
  type MarketRules,
} from '@app/matching';
import { MOST_SLICES, type Choices } from './choices';
import type { Step } from './steps';

/** No safe integer from 0, or none that a typed caller could give. */
const BAD_NUMBERS: readonly unknown[] = [
  -1,
  -(2 ** 31),
  Number.MIN_SAFE_INTEGER,
  0.5,
  1.000001,
  2 ** 53,
  2 ** 64,
  1e300,
  Number.MIN_VALUE,
  NaN,
  Infinity,
  -Infinity,
  '5',
  '',
  'abc',
  null,
  undefined,
  true,
  false,
  [7],
  {},
];
const BAD_ENUMS: readonly unknown[] = [
  -0,
  -1,
  5,
  4.5,
  256,
  2 ** 32,
  2 ** 53,
  NaN,
  '0',
  '1',
  null,
  {},
];
const BAD_FLAGS: readonly unknown[] = [0, 1, 'true', null, undefined, NaN];
const ODD_NUMBERS: readonly number[] = [0, -0, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];
const BAD_MARKETS: readonly unknown[] = [-1, 1e9, 0.5, NaN, Infinity, 2 ** 32, undefined, null];

const IDS: readonly (keyof PlaceOrder)[] = ['orderId', 'ownerId'];
const NUMBERS: readonly (keyof PlaceOrder)[] = [
  'quantityLots',
  'priceTicks',
  'stopTicks',
  'displayLots',
  'amountTickLots',
  'expiresAtMs',
];
const ENUMS: readonly (keyof PlaceOrder)[] = ['side', 'type', 'timeInForce', 'selfTradePrevention'];

/** Commands that are wrong in one way or in several, most of them made of a good one. */
export class BadCommands {
  constructor(private readonly choices: Choices) {}

  /** @param good an order that is fine, its id included. @param liveId of an order, if there is one. */
  step(market: number, good: PlaceOrder, liveId: number): Step {
    const { choices } = this;
    const command = choices.chance(0.75) ? this.badPlace(good) : this.badOther(liveId);
    const wrongMarket = choices.chance(0.04);
    return {
      call: 'execute',
      market: wrongMarket ? (choices.pick(BAD_MARKETS) as number) : market,
      command:
        wrongMarket && choices.chance(0.5) ? { kind: CommandKind.Place, order: good } : command,
    };
  }

  private badPlace(good: PlaceOrder): Command {
    const { choices } = this;
    const order = Object.assign(new PlaceOrder(), good);
    const faults = choices.pick([1, 1, 1, 2, 3]);
    for (let fault = 0; fault < faults; fault += 1) this.spoil(order);
    // One that is refused may be as fine as it likes; one that is taken must not trade a million slices.
    const tooFine = order.quantityLots > order.displayLots * 100_000;
    if (order.displayLots >= 1 && !tooFine) {
      order.displayLots = Math.max(order.displayLots, Math.ceil(order.quantityLots / MOST_SLICES));
    }
    return { kind: CommandKind.Place, order };
  }

  private spoil(order: PlaceOrder): void {
    const { choices } = this;
    const kind = choices.next();
    if (kind < 0.1) this.set(order, choices.pick(IDS), choices.pick([0, -0, ...BAD_NUMBERS]));
    else if (kind < 0.35) this.set(order, choices.pick(NUMBERS), choices.pick(BAD_NUMBERS));
    else if (kind < 0.6) this.set(order, choices.pick(NUMBERS), choices.pick(ODD_NUMBERS));
    else if (kind < 0.7) this.set(order, choices.pick(ENUMS), choices.pick(BAD_ENUMS));
    else if (kind < 0.75) this.set(order, 'postOnly', choices.pick(BAD_FLAGS));
    else this.combineAnything(order);
  }

  /** Good values that do not go together, most of the time. */
  private combineAnything(order: PlaceOrder): void {
    const { choices } = this;
    const field = choices.pick([...ENUMS, ...NUMBERS, 'postOnly'] as const);
    if (field === 'displayLots' && choices.chance(0.5)) {
      this.set(order, field, choices.near(order.quantityLots));
      return;
    }
    if (field === 'postOnly') this.set(order, field, true);
    else if (field === 'side') this.set(order, field, choices.between(0, 1));
    else if (field === 'type') this.set(order, field, choices.between(0, 3));
    else if (ENUMS.includes(field)) this.set(order, field, choices.between(0, 4));
    else this.set(order, field, choices.between(0, 2) * choices.between(1, 1_000));
  }

  private set(order: PlaceOrder, field: keyof PlaceOrder, value: unknown): void {
    Object.assign(order, { [field]: value });
  }

  private badOther(liveId: number): Command {
    const { choices } = this;
    const bad = choices.pick([0, ...BAD_NUMBERS]) as number;
    switch (choices.between(0, 6)) {
      case 0:
        return { kind: CommandKind.Cancel, orderId: bad };
      case 1:
        return { kind: CommandKind.CancelAll, ownerId: bad };
      case 2:
        return { kind: CommandKind.Expire, nowMs: bad };
      case 3:
        return { kind: CommandKind.SetState, state: choices.pick(BAD_ENUMS) as MarketState };
      case 4:
        return { kind: CommandKind.SetRules, rules: this.badRules() };
      case 5:
        return { kind: CommandKind.Amend, orderId: bad, priceTicks: 1, quantityLots: 0 };
      default:
        return this.badAmend(liveId);
    }
  }

  private badAmend(orderId: number): Command {
    const { choices } = this;
    const value = (): number => choices.pick([0, -0, 1, ...BAD_NUMBERS]) as number;
    return { kind: CommandKind.Amend, orderId, priceTicks: value(), quantityLots: value() };
  }

  private badRules(): MarketRules {
    const { choices } = this;
    const rules = { ...OPEN_RULES };
    const bound = choices.pick(Object.keys(rules) as (keyof MarketRules)[]);
    if (choices.chance(0.6)) {
      rules[bound] = choices.pick([0, ...BAD_NUMBERS]) as number;
      return rules;
    }
    const [low, high] = [choices.between(2, 100), 1];
    return choices.chance(0.5)
      ? { ...rules, minPriceTicks: low, maxPriceTicks: high }
      : { ...rules, minQuantityLots: low, maxQuantityLots: high };
  }
}
