/** What the simulator has done so far. */
export class Activity {
  /** Orders that were placed, changed or cancelled. */
  orders = 0;
  /** Trades of all markets, whoever made them. */
  trades = 0;
  /** Requests that the api refused, by code. */
  readonly refusals = new Map<string, number>();
  private readonly markets = new Map<string, number>();

  /** @param trades how many the item has had; what there was at the first look does not count. */
  traded(item: string, trades: number): void {
    const before = this.markets.get(item);
    if (before !== undefined && trades > before) this.trades += trades - before;
    this.markets.set(item, trades);
  }

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }
}
