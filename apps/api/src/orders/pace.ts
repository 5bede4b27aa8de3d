/** How much a commit counts in the average. */
const WEIGHT = 0.2;

/** How fast orders have been stored lately, and so how long another would wait. */
export class Pace {
  /** Null before the first commit. */
  private ordersPerMs: number | null = null;

  /** Call after each commit. */
  note(orders: number, tookMs: number): void {
    const now = orders / Math.max(1, tookMs);
    this.ordersPerMs =
      this.ordersPerMs === null ? now : this.ordersPerMs + WEIGHT * (now - this.ordersPerMs);
  }

  /** @returns how long it will take to store so many orders, ms; 0 while nothing is known. */
  timeFor(orders: number): number {
    return this.ordersPerMs === null ? 0 : orders / this.ordersPerMs;
  }
}
