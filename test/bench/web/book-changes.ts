import { send } from '../../support/http';

const LEVELS = 25;

const BEST_BID = 18_990;
const USER = 9500;

/** Changes one book at a steady rate, each change by a command of its own: an order more, then one less, price by price. */
export class BookChanges {
  private timer: NodeJS.Timeout | null = null;
  private beganMs = 0;
  private endedMs = 0;
  private sent = 0;
  private readonly live: number[] = [];
  private readonly answers = new Set<Promise<void>>();

  constructor(
    private readonly baseUrl: string,
    private readonly item: string,
    private readonly rate: number,
  ) {}

  /** Changes a second, as they were sent. */
  get perSecond(): number {
    return (1000 * this.sent) / (this.endedMs - this.beganMs);
  }

  begin(): void {
    this.beganMs = performance.now();
    this.timer = setInterval(() => {
      const due = ((performance.now() - this.beganMs) / 1000) * this.rate;
      while (this.sent < due) this.change();
    }, 2);
  }

  async end(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.endedMs = performance.now();
    await Promise.all(this.answers);
  }

  private change(): void {
    this.sent += 1;
    const oldest = this.live.length > LEVELS ? this.live.shift() : undefined;
    const answer = oldest === undefined ? this.place() : this.cancel(oldest);
    this.answers.add(answer);
    void answer.finally(() => this.answers.delete(answer));
  }

  private async place(): Promise<void> {
    const price = BEST_BID - (this.sent % LEVELS);
    const body = {
      user_id: USER,
      item: this.item,
      side: 'BUY',
      price: `${Math.floor(price / 100)}.${String(price % 100).padStart(2, '0')}`,
      quantity: 1 + (this.sent % 90),
    };
    const { status, json } = await send(this.baseUrl, 'POST', '/orders', { body });
    if (status !== 201) throw new Error(`an order was answered with ${status}`);
    this.live.push((json as { id: number }).id);
  }

  private async cancel(id: number): Promise<void> {
    await send(this.baseUrl, 'DELETE', `/orders/${id}`);
  }
}
