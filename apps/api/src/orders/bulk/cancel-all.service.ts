import type { CancelAllResultDto } from '@app/contracts';
import { Log } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { MarketStates } from '../../markets/market-states';
import { available } from '../../store-access';
import { GroupCommit } from '../group-commit';
import { OrdersRepository } from '../orders.repository';
import type { StoredOrder } from '../stored-order';

const ORDERS_A_COMMIT = 1000;

/** Cancels all orders of a user. */
@Injectable()
export class CancelAllService {
  constructor(
    private readonly groupCommit: GroupCommit,
    private readonly orders: OrdersRepository,
    private readonly states: MarketStates,
    private readonly log: Log,
  ) {}

  /**
   * Asks the matcher to cancel every order of a user that still waits, of one item or of all. Orders that are placed
   * meanwhile may be left, as may those behind a page at which the store was away: asking again does no harm.
   * @throws ProblemException OVERLOADED, STORE_UNAVAILABLE, OUTCOME_UNKNOWN
   */
  async cancelAll(
    userId: number,
    item: string | null,
    requestId: string,
  ): Promise<CancelAllResultDto> {
    let requested = 0;
    let halted = 0;
    let page: StoredOrder[] = [];
    do {
      const cursor = page.at(-1)?.id ?? 0;
      page = await readable(this.orders.findWorking(userId, item, cursor, ORDERS_A_COMMIT));
      const open = await this.outOfHalt(page);
      const commands = open.map((order) => ({ type: 'cancel' as const, order }));
      await this.groupCommit.submit({ commands, atomic: true, requestId });
      requested += open.length;
      halted += page.length - open.length;
    } while (page.length === ORDERS_A_COMMIT);
    this.log.info('cancels requested', {
      request_id: requestId,
      user_id: userId,
      orders: requested,
    });
    return { requested, ...(halted === 0 ? {} : { halted }) };
  }

  /** The matcher refuses to cancel in a halted market. */
  private async outOfHalt(orders: readonly StoredOrder[]): Promise<StoredOrder[]> {
    const items = new Set(orders.flatMap((order) => (order.book === null ? [] : [order.item])));
    const states = await readable(this.states.ofAll([...items]));
    return orders.filter((order) => order.book === null || states.get(order.item) !== 'HALTED');
  }
}

function readable<T>(read: Promise<T>): Promise<T> {
  return available(read, 'orders can not be read now');
}
