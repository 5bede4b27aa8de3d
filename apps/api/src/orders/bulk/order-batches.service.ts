import type { OrderBatchResultDto } from '@app/contracts';
import { isStoreUnavailable } from '@app/persistence';
import { Log, ProblemException, toProblem } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { GroupCommit } from '../group-commit';
import { OrderReader } from '../new-order/order-reader';
import { readOrderRequest } from '../new-order/order-request';
import { batchItemKey } from '../new-order/request-identity';
import type { Outcome } from '../order-commands';
import { toOrderDto } from '../order-view';
import { OrdersRepository } from '../orders.repository';
import type { NewOrder, StoredOrder } from '../stored-order';
import { batchRefused, type OrderBatch } from './order-batch';

/** Places many orders in one transaction. */
@Injectable()
export class OrderBatchesService {
  constructor(
    private readonly groupCommit: GroupCommit,
    private readonly orders: OrdersRepository,
    private readonly reader: OrderReader,
    private readonly log: Log,
  ) {}

  /**
   * Stores the valid orders of a batch with their events, all of them at once.
   * @returns what has become of each, in order.
   * @throws ProblemException BATCH_REFUSED for an atomic batch with an order that is refused; OVERLOADED, STORE_UNAVAILABLE
   *   (nothing was stored) or OUTCOME_UNKNOWN.
   */
  async place(
    batch: OrderBatch,
    idempotencyKey: string | null,
    requestId: string,
  ): Promise<OrderBatchResultDto[]> {
    const read = await this.reader.read(
      batch.orders.map((body, index) => ({
        request: readOrderRequest(body),
        fallbackKey: idempotencyKey === null ? null : batchItemKey(idempotencyKey, index),
      })),
    );
    const refused = read.filter((each) => each instanceof ProblemException).length;
    if (batch.atomic && refused > 0) throw refusal(read, batch);
    const outcomes = await this.write(read, batch.atomic, requestId);
    if (batch.atomic && outcomes.some((each) => each.result === 'REFUSED')) {
      throw refusal(outcomes.map(toRefusal), batch);
    }
    this.log.info('orders placed', {
      request_id: requestId,
      orders: outcomes.filter((each) => each.result === 'WRITTEN').length,
      of: batch.orders.length,
    });
    const earlier = await this.earlierOrders(outcomes);
    return outcomes.map((outcome) => toResult(outcome, earlier, requestId));
  }

  /** @returns the outcome of each order, also of those that are not valid. */
  private async write(
    read: readonly (NewOrder | ProblemException)[],
    atomic: boolean,
    requestId: string,
  ): Promise<Outcome[]> {
    const commands = read.flatMap((order) =>
      order instanceof ProblemException ? [] : [{ type: 'place' as const, order }],
    );
    const written = await this.groupCommit.submit({ commands, atomic, requestId });
    let next = 0;
    return read.map((order): Outcome => {
      if (order instanceof ProblemException) return { result: 'REFUSED', problem: order };
      const outcome = written[next++];
      if (outcome === undefined) throw new Error('an order of a batch has no outcome');
      return outcome;
    });
  }

  /**
   * The orders that the same requests have placed before, as they are now.
   * @throws ProblemException OUTCOME_UNKNOWN: others may have been stored when these can not be read.
   */
  private async earlierOrders(
    outcomes: readonly Outcome[],
  ): Promise<ReadonlyMap<number, StoredOrder>> {
    const ids = outcomes.flatMap((each) => (each.result === 'REPLAYED' ? [each.id] : []));
    try {
      const orders = await this.orders.findByIds(ids);
      return new Map(orders.map((order) => [order.id, order]));
    } catch (error) {
      if (!isStoreUnavailable(error)) throw error;
      const detail = 'the batch is stored, but its orders can not be read now: look for them';
      throw new ProblemException('OUTCOME_UNKNOWN', detail);
    }
  }
}

function refusal(
  orders: readonly (NewOrder | ProblemException | null)[],
  batch: OrderBatch,
): ProblemException {
  const faults = orders.flatMap((problem, index) =>
    problem instanceof ProblemException ? [{ index, problem }] : [],
  );
  return batchRefused(faults, batch.pointer);
}

function toRefusal(outcome: Outcome): ProblemException | null {
  return outcome.result === 'REFUSED' ? outcome.problem : null;
}

function toResult(
  outcome: Outcome,
  earlier: ReadonlyMap<number, StoredOrder>,
  requestId: string,
): OrderBatchResultDto {
  switch (outcome.result) {
    case 'WRITTEN':
      return { status: 201, order: toOrderDto(outcome.order) };
    case 'REPLAYED': {
      const order = earlier.get(outcome.id);
      if (order === undefined) throw new Error(`order ${outcome.id} is gone`);
      return { status: 200, order: toOrderDto(order) };
    }
    case 'REFUSED':
      return { status: outcome.problem.status, problem: toProblem(outcome.problem, requestId) };
    case 'LEFT_OUT':
      throw new Error('an order was left out of a batch that is not atomic');
  }
}
