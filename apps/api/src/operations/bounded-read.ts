/**
 * Reads something for as long as it is worth waiting for. A read that goes on beyond that is let be, and no other one
 * begins before it has ended: a server that hangs gathers no queue of questions.
 */
export class BoundedRead<T> {
  private reading = false;

  /** @param failed is told why, once for each read that fails. */
  constructor(
    private readonly read: () => Promise<T>,
    private readonly timeoutMs: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** @returns null when it failed, or was not there in time. It never rejects. */
  async next(): Promise<T | null> {
    if (this.reading) return null;
    this.reading = true;
    const reading = this.attempt();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.timeoutMs);
    });
    const result = await Promise.race([reading, late]);
    clearTimeout(timer);
    return result;
  }

  private async attempt(): Promise<T | null> {
    try {
      return await this.read();
    } catch (error) {
      this.failed(error);
      return null;
    } finally {
      this.reading = false;
    }
  }
}
