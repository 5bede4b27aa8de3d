import { isWorking, type OrderDto } from '@app/contracts';
import { isStoreUnavailable } from '@app/persistence';
import { Log, ProblemException } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { GroupCommit } from './group-commit';
import type { NewOrder } from './order-commands';
import { type OrderFilter, OrdersRepository } from './orders.repository';

@Injectable()
export class OrdersService {
  constructor(
    private readonly groupCommit: GroupCommit,
    private readonly orders: OrdersRepository,
    private readonly log: Log,
  ) {}

  /** Stores the order together with its event; the cached list of the user is invalid from then on. */
  async place(order: NewOrder, requestId: string): Promise<OrderDto> {
    const placed = await this.groupCommit.submit({
      type: 'place',
      order,
      requestId,
    });
    this.log.info('order placed', {
      request_id: requestId,
      order_id: placed.id,
      user_id: placed.user_id,
    });
    return placed;
  }

  /**
   * Asks the matcher to cancel an order that still waits.
   * @throws ProblemException ORDER_NOT_FOUND, ORDER_FINAL.
   */
  async cancel(id: number, requestId: string): Promise<OrderDto> {
    const order = await available(this.orders.findById(id));
    if (order === null) throw orderNotFound(id);
    if (!isWorking(order.status)) {
      throw new ProblemException(
        'ORDER_FINAL',
        `order ${id} is ${order.status} and can not be cancelled`,
      );
    }
    await this.groupCommit.submit({ type: 'cancel', order, requestId });
    this.log.info('cancel requested', {
      request_id: requestId,
      order_id: id,
      user_id: order.user_id,
    });
    return withoutTime(order);
  }

  async get(id: number): Promise<OrderDto> {
    const order = await available(this.orders.findById(id));
    if (order === null) throw orderNotFound(id);
    return withoutTime(order);
  }

  ofUser(userId: number): Promise<OrderDto[]> {
    return available(this.orders.findByUser(userId));
  }

  /** @returns a page of orders, and whether there are more behind it. */
  async list(filter: OrderFilter): Promise<{ orders: OrderDto[]; more: boolean }> {
    const found = await available(this.orders.find({ ...filter, limit: filter.limit + 1 }));
    return {
      orders: found.slice(0, filter.limit),
      more: found.length > filter.limit,
    };
  }
}

function withoutTime({ id, user_id, item, amount, status }: OrderDto): OrderDto {
  return { id, user_id, item, amount, status };
}

function orderNotFound(id: number): ProblemException {
  return new ProblemException('ORDER_NOT_FOUND', `there is no order ${id}`);
}

async function available<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (!isStoreUnavailable(error)) throw error;
    throw new ProblemException('STORE_UNAVAILABLE', 'orders can not be read now, try again');
  }
}
