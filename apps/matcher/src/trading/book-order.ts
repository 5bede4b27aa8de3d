import {
  ORDER_SIDES,
  ORDER_TYPES,
  type OrderStatus,
  SELF_TRADE_PREVENTIONS,
  TIMES_IN_FORCE,
} from '@app/contracts';
import {
  OrderType,
  type OrderRecord,
  type PlaceOrder,
  type SelfTradePrevention,
  type Side,
  type TimeInForce,
} from '@app/matching';

/** A book order as its row has it, in the engine's codes: prices in ticks, quantities in lots, 0 where it has none. */
export interface BookOrder {
  id: number;
  userId: number;
  item: string;
  status: OrderStatus;
  createdAtMs: number;
  side: Side;
  type: OrderType;
  timeInForce: TimeInForce;
  selfTradePrevention: SelfTradePrevention;
  postOnly: boolean;
  priceTicks: number;
  quantityLots: number;
  /** Of a MARKET order by amount, in ticks × lots. */
  budget: number;
  stopTicks: number;
  displayLots: number;
  expiresAtMs: number;
  filledLots: number;
  visibleLots: number;
  /** Null until the matcher has taken it in. */
  acceptedSequence: number | null;
  queueSequence: number;
  triggered: boolean;
  commandSequence: number;
}

/** BIGINT is text on MySQL. */
type Integer = string | number;

export interface BookOrderRow {
  id: Integer;
  user_id: Integer;
  item: string;
  status: OrderStatus;
  created_at_ms: Integer;
  side: string;
  type: string;
  time_in_force: string;
  self_trade_prevention: string | null;
  post_only: Integer | null;
  price_ticks: Integer | null;
  quantity_lots: Integer | null;
  budget: Integer | null;
  stop_ticks: Integer | null;
  display_lots: Integer | null;
  expires_at_ms: Integer | null;
  filled_lots: Integer;
  visible_lots: Integer;
  accepted_sequence: Integer | null;
  queue_sequence: Integer | null;
  triggered: Integer;
  command_sequence: Integer;
}

export const BOOK_ORDER_COLUMNS = `id, user_id, item, status, created_at_ms, side, type, time_in_force,
  self_trade_prevention, post_only, price_ticks, quantity_lots, budget, stop_ticks, display_lots, expires_at_ms,
  filled_lots, visible_lots, accepted_sequence, queue_sequence, triggered, command_sequence`;

export function toBookOrder(row: BookOrderRow): BookOrder {
  return {
    id: Number(row.id),
    userId: Number(row.user_id),
    item: row.item,
    status: row.status,
    createdAtMs: Number(row.created_at_ms),
    side: codeOf(ORDER_SIDES, row.side) as Side,
    type: codeOf(ORDER_TYPES, row.type) as OrderType,
    timeInForce: codeOf(TIMES_IN_FORCE, row.time_in_force) as TimeInForce,
    selfTradePrevention: codeOf(
      SELF_TRADE_PREVENTIONS,
      row.self_trade_prevention ?? 'NONE',
    ) as SelfTradePrevention,
    postOnly: Number(row.post_only ?? 0) === 1,
    priceTicks: Number(row.price_ticks ?? 0),
    quantityLots: Number(row.quantity_lots ?? 0),
    budget: Number(row.budget ?? 0),
    stopTicks: Number(row.stop_ticks ?? 0),
    displayLots: Number(row.display_lots ?? 0),
    expiresAtMs: Number(row.expires_at_ms ?? 0),
    filledLots: Number(row.filled_lots),
    visibleLots: Number(row.visible_lots),
    acceptedSequence: row.accepted_sequence === null ? null : Number(row.accepted_sequence),
    queueSequence: Number(row.queue_sequence ?? 0),
    triggered: Number(row.triggered) === 1,
    commandSequence: Number(row.command_sequence),
  };
}

/** The engine's codes are the places of the words in their lists. */
function codeOf(words: readonly string[], word: string): number {
  const code = words.indexOf(word);
  if (code === -1) throw new Error(`${word} is none of ${words.join(', ')}`);
  return code;
}

/** Fills the engine's command; the instance may be used again and again. */
export function fillCommand(command: PlaceOrder, order: BookOrder): PlaceOrder {
  command.orderId = order.id;
  command.ownerId = order.userId;
  command.side = order.side;
  command.type = order.type;
  command.timeInForce = order.timeInForce;
  command.selfTradePrevention = order.selfTradePrevention;
  command.postOnly = order.postOnly;
  command.quantityLots = order.quantityLots;
  command.priceTicks = order.priceTicks;
  command.stopTicks = order.stopTicks;
  command.displayLots = order.displayLots;
  command.amountTickLots = order.budget;
  command.expiresAtMs = order.expiresAtMs;
  return command;
}

/** A live order as the engine's snapshots carry it. */
export function toRecord(order: BookOrder): OrderRecord {
  return {
    orderId: order.id,
    ownerId: order.userId,
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    selfTradePrevention: order.selfTradePrevention,
    postOnly: order.postOnly,
    quantityLots: order.quantityLots,
    remainingLots: order.quantityLots - order.filledLots,
    visibleLots: order.visibleLots,
    priceTicks: order.priceTicks,
    stopTicks: order.stopTicks,
    displayLots: order.displayLots,
    expiresAtMs: order.expiresAtMs,
  };
}

/** Whether a live order is a stop that has not fired. */
export function isWaitingStop({ type, triggered }: BookOrder): boolean {
  return (type === OrderType.Stop || type === OrderType.StopLimit) && !triggered;
}
