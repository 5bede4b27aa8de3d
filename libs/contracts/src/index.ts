export { formatAmount, parseAmount } from './amount';
export { CreateOrderDto } from './create-order.dto';
export { parseId } from './id';
export { isItem, ITEM_MAX_CODE_POINTS } from './item';
export {
  decodeOrderEvent,
  ORDER_EVENTS_DLQ_TOPIC,
  ORDER_EVENTS_TOPIC,
  type DeadLetterReason,
  type DecodedOrderEvent,
  type EventOrder,
  type OrderCancelRequested,
  type OrderEvent,
  type OrderPlaced,
} from './order-event';
export { OrderDto } from './order.dto';
export { ORDER_REASONS, type OrderReason } from './order-reason';
export { isWorking, ORDER_STATUSES, type OrderStatus } from './order-status';
export { PROBLEM_STATUS, type Problem, type ProblemCode, type ProblemError } from './problem-code';
export { ProblemDto, ProblemErrorDto } from './problem.dto';
