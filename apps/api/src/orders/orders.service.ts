import { type AmendOrderDto, isWorking, type MarketState, type OrderDto } from '@app/contracts';
import { Log, ProblemException } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { MarketStates } from '../markets/market-states';
import { available } from '../store-access';
import { toAmendCommand } from './amend';
import { GroupCommit } from './group-commit';
import { OrderReader } from './new-order/order-reader';
import type { OrderRequest } from './new-order/order-request';
import { clientOrderKey, idempotencyKeyOf } from './new-order/request-identity';
import type { OrderCommand, Outcome } from './order-commands';
import { toOrderDto } from './order-view';
import { type OrderFilter, OrdersRepository } from './orders.repository';
import type { StoredOrder } from './stored-order';

/** An order that was asked for, and whether this request has placed it. */
export interface Placed {
  order: OrderDto;
  created: boolean;
}

@Injectable()
export class OrdersService {
  constructor(
    private readonly groupCommit: GroupCommit,
    private readonly orders: OrdersRepository,
    private readonly reader: OrderReader,
    private readonly states: MarketStates,
    private readonly log: Log,
  ) {}

  /**
   * Stores the order together with its event; the cached list of the user is invalid from then on. The same request
   * sent again gets the order that it has placed, as it is now.
   * @throws ProblemException VALIDATION_FAILED, NOTIONAL_TOO_LARGE, DUPLICATE_REQUEST, OVERLOADED, STORE_UNAVAILABLE,
   *   OUTCOME_UNKNOWN.
   */
  async place(
    request: OrderRequest,
    idempotencyKey: string | null,
    requestId: string,
  ): Promise<Placed> {
    const fallbackKey = idempotencyKey === null ? null : idempotencyKeyOf(idempotencyKey);
    const [order] = await this.reader.read([{ request, fallbackKey }]);
    if (order === undefined || order instanceof ProblemException) throw order;
    const outcome = await this.write({ type: 'place', order }, requestId);
    if (outcome.result === 'REPLAYED') return { order: await this.get(outcome.id), created: false };
    const placed = writtenOrder(outcome);
    this.log.info('order placed', {
      request_id: requestId,
      order_id: placed.id,
      user_id: placed.userId,
    });
    return { order: toOrderDto(placed), created: true };
  }

  /**
   * Asks the matcher to cancel an order that still waits.
   * @throws ProblemException ORDER_NOT_FOUND, ORDER_FINAL, MARKET_HALTED.
   */
  async cancel(id: number, requestId: string): Promise<OrderDto> {
    return this.cancelFound(await this.find(id), requestId);
  }

  /** The same for an order by its client's name. */
  async cancelByClientId(userId: number, name: string, requestId: string): Promise<OrderDto> {
    return this.cancelFound(await this.findByClientId(userId, name), requestId);
  }

  /**
   * Asks the matcher to change a book order that still waits.
   * @throws ProblemException ORDER_NOT_FOUND, ORDER_FINAL, NOT_AMENDABLE, MARKET_HALTED, and what `toAmendCommand` does.
   */
  async amend(id: number, amend: AmendOrderDto, requestId: string): Promise<OrderDto> {
    const order = await this.find(id);
    refuseFinal(order, 'amended');
    const command = toAmendCommand(order, amend);
    await this.refuseStates(order, ['HALTED', 'CANCEL_ONLY']);
    await this.write(command, requestId);
    this.log.info('amend requested', { request_id: requestId, order_id: id });
    return toOrderDto(order);
  }

  async get(id: number): Promise<OrderDto> {
    return toOrderDto(await this.find(id));
  }

  async getByClientId(userId: number, name: string): Promise<OrderDto> {
    return toOrderDto(await this.findByClientId(userId, name));
  }

  async ofUser(userId: number): Promise<OrderDto[]> {
    return (await readable(this.orders.findByUser(userId))).map(toOrderDto);
  }

  /** @returns a page of orders, and whether there are more behind it. */
  async list(filter: OrderFilter): Promise<{ orders: OrderDto[]; more: boolean }> {
    const found = await readable(this.orders.find({ ...filter, limit: filter.limit + 1 }));
    return {
      orders: found.slice(0, filter.limit).map(toOrderDto),
      more: found.length > filter.limit,
    };
  }

  private async cancelFound(order: StoredOrder, requestId: string): Promise<OrderDto> {
    refuseFinal(order, 'cancelled');
    await this.refuseStates(order, ['HALTED']);
    await this.write({ type: 'cancel', order }, requestId);
    this.log.info('cancel requested', {
      request_id: requestId,
      order_id: order.id,
      user_id: order.userId,
    });
    return toOrderDto(order);
  }

  private async write(command: OrderCommand, requestId: string): Promise<Outcome> {
    const unit = { commands: [command], atomic: true, requestId };
    const [outcome] = await this.groupCommit.submit(unit);
    if (outcome === undefined) throw new Error('a command has no outcome');
    return outcome;
  }

  private async find(id: number): Promise<StoredOrder> {
    const order = await readable(this.orders.findById(id));
    if (order !== null) return order;
    throw new ProblemException('ORDER_NOT_FOUND', `there is no order ${id}`);
  }

  private async findByClientId(userId: number, name: string): Promise<StoredOrder> {
    const order = await readable(this.orders.findByRequestKey(userId, clientOrderKey(name)));
    if (order !== null) return order;
    const detail = `user ${userId} has no order with the client_order_id ${name}`;
    throw new ProblemException('ORDER_NOT_FOUND', detail);
  }

  /** The matcher would refuse the command too, but nobody would be told. Plain orders know no market. */
  private async refuseStates(order: StoredOrder, refused: readonly MarketState[]): Promise<void> {
    if (order.book === null) return;
    const state = await readable(this.states.of(order.item));
    if (refused.includes(state)) {
      throw new ProblemException('MARKET_HALTED', `the market of order ${order.id} is ${state}`);
    }
  }
}

function writtenOrder(outcome: Outcome): StoredOrder {
  if (outcome.result === 'WRITTEN') return outcome.order;
  throw outcome.result === 'REFUSED' ? outcome.problem : new Error('a command was not written');
}

function refuseFinal(order: StoredOrder, what: string): void {
  if (isWorking(order.status)) return;
  const detail = `order ${order.id} is ${order.status} and can not be ${what}`;
  throw new ProblemException('ORDER_FINAL', detail);
}

function readable<T>(read: Promise<T>): Promise<T> {
  return available(read, 'orders can not be read now');
}
