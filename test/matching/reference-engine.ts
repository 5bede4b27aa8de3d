import {
  CommandKind,
  EffectKind,
  OPEN_RULES,
  Reason,
  type Command,
  type Effect,
  type MarketRules,
} from '@app/matching';
import { ReferenceBook, orderIdOf, type Answer } from './reference-book';
import type { ReferenceOrder } from './reference-order';
import type { ReferenceIds } from './reference-queues';

/** Several reference markets that share their order ids. */
export class ReferenceEngine implements ReferenceIds {
  readonly books: ReferenceBook[] = [];
  private readonly items: string[] = [];
  private readonly used = new Set<number>();
  private readonly live = new Map<number, ReferenceOrder>();
  private forgottenUpTo = 0;

  get liveOrders(): number {
    return this.live.size;
  }

  openMarket(item: string, rules: Readonly<MarketRules> = OPEN_RULES): number {
    const open = this.items.indexOf(item);
    if (open !== -1) return open;
    const market = this.books.length;
    this.items.push(item);
    this.books.push(new ReferenceBook(market, this, rules));
    return market;
  }

  execute(market: number, command: Command): Answer {
    const book = this.books[market];
    if (book && typeof market === 'number') return book.execute(command);
    const reason = Reason.UnknownMarket;
    const rejected: Effect = {
      kind: EffectKind.Rejected,
      // A number that no market can have is not told.
      market: Number.isSafeInteger(market) ? market : -1,
      sequence: 0,
      command: command.kind,
      orderId: orderIdOf(command),
      reason,
    };
    return { reason, effects: [rejected] };
  }

  /** @returns the effects of all markets, in ascending order. */
  cancelAllMarkets(ownerId: number): Effect[] {
    const effects: Effect[] = [];
    for (const book of this.books) {
      if (!book.liveOrders().some((order) => order.ownerId === ownerId)) continue;
      effects.push(...book.execute({ kind: CommandKind.CancelAll, ownerId }).effects);
    }
    return effects;
  }

  forgetIdsUpTo(orderId: number): void {
    this.forgottenUpTo = Math.max(this.forgottenUpTo, orderId);
  }

  isUsed(orderId: number): boolean {
    return orderId <= this.forgottenUpTo || this.used.has(orderId);
  }

  find(orderId: number): ReferenceOrder | undefined {
    return this.live.get(orderId);
  }

  add(order: ReferenceOrder): void {
    this.used.add(order.orderId);
    this.live.set(order.orderId, order);
  }

  finish(order: ReferenceOrder): void {
    this.live.delete(order.orderId);
  }
}
