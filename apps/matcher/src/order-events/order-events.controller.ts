import { ORDER_EVENTS_TOPIC } from '@app/contracts';
import type { EventBatch } from '@app/messaging';
import { Catch, Controller, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import { FillScheduler } from '../fills/fill-scheduler';
import { OrderEventsService } from './order-events.service';

/** Lets the transport see why a batch failed: it then delivers the batch again. */
@Catch()
class RethrowFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

@Controller()
@UseFilters(RethrowFilter)
export class OrderEventsController {
  constructor(
    private readonly events: OrderEventsService,
    private readonly scheduler: FillScheduler,
  ) {}

  @EventPattern(ORDER_EVENTS_TOPIC)
  async onOrderEvents(@Payload() batch: EventBatch): Promise<void> {
    const dueAtMs = await this.events.applyBatch(batch);
    if (dueAtMs !== null) this.scheduler.lookAt(dueAtMs);
  }
}
