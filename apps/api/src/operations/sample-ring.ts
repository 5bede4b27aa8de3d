/** The newest `capacity` values, oldest first. */
export class SampleRing<T extends { timeMs: number }> {
  private readonly slots: T[] = [];
  private next = 0;

  constructor(private readonly capacity: number) {}

  push(sample: T): void {
    this.slots[this.next] = sample;
    this.next = (this.next + 1) % this.capacity;
  }

  /** @returns the samples that are newer than `timeMs`; all without it. */
  after(timeMs = Number.NEGATIVE_INFINITY): T[] {
    const ordered = [...this.slots.slice(this.next), ...this.slots.slice(0, this.next)];
    return ordered.filter((sample) => sample.timeMs > timeMs);
  }
}
