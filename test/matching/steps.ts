import { inspect } from 'node:util';
import {
  CommandKind,
  MARKET_STATES,
  ORDER_TYPES,
  PlaceOrder,
  Reason,
  SELF_TRADE_PREVENTIONS,
  SIDES,
  TIMES_IN_FORCE,
  readEffects,
  type Command,
  type Effect,
  type MatchingEngine,
} from '@app/matching';
import type { ReferenceEngine } from './reference-engine';

/** One call of an engine, as a value. */
export type Step =
  | { call: 'execute'; market: number; command: Command }
  | { call: 'cancelAllMarkets'; ownerId: number }
  | { call: 'forgetIdsUpTo'; orderId: number };

/** What a call answered; None for the calls that answer nothing. */
export interface Outcome {
  reason: Reason;
  effects: Effect[];
}

export function runOnReference(reference: ReferenceEngine, step: Step): Outcome {
  switch (step.call) {
    case 'execute':
      return reference.execute(step.market, step.command);
    case 'cancelAllMarkets':
      return { reason: Reason.None, effects: reference.cancelAllMarkets(step.ownerId) };
    case 'forgetIdsUpTo':
      reference.forgetIdsUpTo(step.orderId);
      return { reason: Reason.None, effects: [] };
  }
}

/** By the engine's methods; the replica's spec uses `execute`. Clears the engine's log first, so the effects are those of this step. */
export function runOnEngine(engine: MatchingEngine, step: Step): Outcome {
  engine.effects.clear();
  const reason = call(engine, step);
  return { reason, effects: readEffects(engine.effects) };
}

function call(engine: MatchingEngine, step: Step): Reason {
  switch (step.call) {
    case 'execute':
      return command(engine, step.market, step.command);
    case 'cancelAllMarkets':
      engine.cancelAllMarkets(step.ownerId);
      return Reason.None;
    case 'forgetIdsUpTo':
      engine.forgetIdsUpTo(step.orderId);
      return Reason.None;
  }
}

/** One for all places, as a caller may do. */
const ORDER = new PlaceOrder();

/** By the command's own method. What is passed is spoilt after the call: the engine must not keep it. */
function command(engine: MatchingEngine, market: number, command: Command): Reason {
  switch (command.kind) {
    case CommandKind.Place: {
      const reason = engine.place(market, Object.assign(ORDER, command.order));
      Object.assign(ORDER, { orderId: NaN, ownerId: NaN, quantityLots: NaN, priceTicks: NaN });
      return reason;
    }
    case CommandKind.Cancel:
      return engine.cancel(market, command.orderId);
    case CommandKind.CancelAll:
      return engine.cancelAll(market, command.ownerId);
    case CommandKind.Amend:
      return engine.amend(market, command.orderId, command.priceTicks, command.quantityLots);
    case CommandKind.Expire:
      return engine.expire(market, command.nowMs);
    case CommandKind.SetState:
      return engine.setState(market, command.state);
    case CommandKind.SetRules: {
      const rules = { ...command.rules };
      const reason = engine.setRules(market, rules);
      rules.minPriceTicks = NaN;
      return reason;
    }
  }
}

/** The step as a line, a placed order in the words of docs/matching-rules.md §12. */
export function describeStep(step: Step): string {
  switch (step.call) {
    case 'execute':
      return `${inspect(step.market)}: ${describeCommand(step.command)}`;
    case 'cancelAllMarkets':
      return `*: cancel-all ${step.ownerId}`;
    case 'forgetIdsUpTo':
      return `*: forget ids up to ${step.orderId}`;
  }
}

function describeCommand(command: Command): string {
  switch (command.kind) {
    case CommandKind.Place:
      return describeOrder(command.order);
    case CommandKind.Cancel:
      return `cancel ${inspect(command.orderId)}`;
    case CommandKind.CancelAll:
      return `cancel-all ${inspect(command.ownerId)}`;
    case CommandKind.Amend: {
      const { orderId, priceTicks, quantityLots } = command;
      const price = priceTicks === 0 ? '' : ` @ ${inspect(priceTicks)}`;
      const quantity = quantityLots === 0 ? '' : ` quantity ${inspect(quantityLots)}`;
      return `amend ${inspect(orderId)}${quantity}${price}`;
    }
    case CommandKind.Expire:
      return `expire ${inspect(command.nowMs)}`;
    case CommandKind.SetState:
      return `state ${MARKET_STATES[command.state] ?? inspect(command.state)}`;
    case CommandKind.SetRules:
      return `rules ${inspect(command.rules, { breakLength: Infinity })}`;
  }
}

function describeOrder(order: Readonly<PlaceOrder>): string {
  const words = [
    `place ${inspect(order.orderId)} by ${inspect(order.ownerId)}`,
    SIDES[order.side] ?? inspect(order.side),
    ORDER_TYPES[order.type] ?? inspect(order.type),
    inspect(order.quantityLots),
  ];
  const option = (name: string, value: unknown): void => {
    if (value !== 0) words.push(`${name} ${inspect(value)}`);
  };
  option('amount', order.amountTickLots);
  option('@', order.priceTicks);
  option('stop', order.stopTicks);
  if (order.timeInForce !== 0) {
    words.push(TIMES_IN_FORCE[order.timeInForce] ?? inspect(order.timeInForce));
  }
  option('until', order.expiresAtMs);
  option('display', order.displayLots);
  const { postOnly }: { postOnly: unknown } = order;
  if (postOnly !== false) words.push(postOnly === true ? 'post-only' : inspect(postOnly));
  if (order.selfTradePrevention !== 0) {
    const mode = order.selfTradePrevention;
    words.push(SELF_TRADE_PREVENTIONS[mode] ?? inspect(mode));
  }
  return words.join(' ');
}
