/** Turns readings of a number that only rises into what it rises by in a second. */
export class Rate {
  private last: { value: number; atMs: number } | null = null;

  /**
   * @param value null when it could not be read.
   * @param atMs on a clock that never goes back.
   * @returns null for the first reading after none, and where the number fell: it is another one then.
   */
  next(value: number | null, atMs: number): number | null {
    const { last } = this;
    this.last = value === null ? null : { value, atMs };
    if (last === null || value === null || value < last.value || atMs <= last.atMs) return null;
    return ((value - last.value) * 1000) / (atMs - last.atMs);
  }
}
