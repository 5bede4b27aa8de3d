import type { SelfTradePrevention, TimeInForce } from '../schemas';
import type { Draft, TicketKind } from './draft';

/** The fields of the ticket that can be wrong. */
export type Field =
  | 'item'
  | 'price'
  | 'quantity'
  | 'stopPrice'
  | 'amount'
  | 'timeInForce'
  | 'expiresAt'
  | 'postOnly'
  | 'displayQuantity'
  | 'selfTradePrevention'
  | 'clientOrderId';

type Terms = Pick<Draft, 'kind' | 'sizeBy' | 'timeInForce'>;

const HAS_LIMIT: Record<TicketKind, boolean> = {
  LIMIT: true,
  MARKET: false,
  STOP: false,
  STOP_LIMIT: true,
  PLAIN: false,
};
const HAS_STOP: Record<TicketKind, boolean> = {
  LIMIT: false,
  MARKET: false,
  STOP: true,
  STOP_LIMIT: true,
  PLAIN: false,
};
const RESTS: Record<TimeInForce, boolean> = {
  GTC: true,
  IOC: false,
  FOK: false,
  GTD: true,
  DAY: true,
};

export const TIMES_IN_FORCE: readonly TimeInForce[] = ['GTC', 'IOC', 'FOK', 'GTD', 'DAY'];
export const SELF_TRADE_PREVENTIONS: readonly SelfTradePrevention[] = [
  'NONE',
  'CANCEL_NEWEST',
  'CANCEL_OLDEST',
  'CANCEL_BOTH',
  'DECREMENT',
];

export function hasPrice(kind: TicketKind): boolean {
  return HAS_LIMIT[kind];
}

export function hasStopPrice(kind: TicketKind): boolean {
  return HAS_STOP[kind];
}

export function isByAmount({ kind, sizeBy }: Pick<Draft, 'kind' | 'sizeBy'>): boolean {
  return kind === 'PLAIN' || (kind === 'MARKET' && sizeBy === 'amount');
}

/** docs/matching-rules.md §2. A MARKET order never rests, so it is offered only what it is. */
export function timesInForceOf({
  kind,
  sizeBy,
}: Omit<Terms, 'timeInForce'>): readonly TimeInForce[] {
  if (kind === 'PLAIN') return [];
  if (kind !== 'MARKET') return TIMES_IN_FORCE;
  return sizeBy === 'amount' ? ['IOC'] : ['IOC', 'FOK'];
}

/** The one that holds: the chosen one, or the first that there is where that one does not apply. */
export function timeInForceOf(terms: Terms): TimeInForce {
  const options = timesInForceOf(terms);
  return options.includes(terms.timeInForce) ? terms.timeInForce : (options[0] ?? 'GTC');
}

/** Post-only and icebergs are of orders that can rest. @returns why not, or null. */
export function restsNot(terms: Terms): string | null {
  const timeInForce = timeInForceOf(terms);
  if (!HAS_LIMIT[terms.kind]) return 'only for orders with a limit price';
  return RESTS[timeInForce] ? null : `${timeInForce} orders never rest`;
}

export function selfTradePreventionsOf(
  terms: Pick<Draft, 'kind' | 'sizeBy'>,
): readonly SelfTradePrevention[] {
  if (terms.kind === 'PLAIN') return [];
  return isByAmount(terms)
    ? SELF_TRADE_PREVENTIONS.filter((mode) => mode !== 'DECREMENT')
    : SELF_TRADE_PREVENTIONS;
}

export function selfTradePreventionOf(draft: Draft): SelfTradePrevention {
  const options = selfTradePreventionsOf(draft);
  return options.includes(draft.selfTradePrevention) ? draft.selfTradePrevention : 'NONE';
}

/** The fields that are shown, in the order in which they stand. */
export function fieldsOf(draft: Terms): ReadonlySet<Field> {
  const { kind } = draft;
  const fields: Field[] = ['item'];
  if (hasStopPrice(kind)) fields.push('stopPrice');
  if (hasPrice(kind)) fields.push('price');
  fields.push(isByAmount(draft) ? 'amount' : 'quantity');
  if (kind !== 'PLAIN') fields.push('timeInForce');
  if (kind !== 'PLAIN' && timeInForceOf(draft) === 'GTD') fields.push('expiresAt');
  if (restsNot(draft) === null) fields.push('postOnly', 'displayQuantity');
  if (kind !== 'PLAIN') fields.push('selfTradePrevention');
  fields.push('clientOrderId');
  return new Set(fields);
}

/** Fields that stand under "More". */
export const MORE: ReadonlySet<Field> = new Set<Field>([
  'postOnly',
  'displayQuantity',
  'selfTradePrevention',
  'clientOrderId',
]);
