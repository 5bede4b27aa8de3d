interface Waiting<Row> {
  keys: readonly string[];
  resolve: (rows: ReadonlyMap<string, Row>) => void;
  reject: (error: unknown) => void;
}

/**
 * Loads rows by key. Callers share statements: while one load is under way the next keys gather, so a crowd that wants
 * the same rows asks for them once.
 */
export class GatheredLoads<Row> {
  private waiting: Waiting<Row>[] = [];
  private running = false;

  /** @param load one entry for each key that has a row. */
  constructor(private readonly load: (keys: string[]) => Promise<ReadonlyMap<string, Row>>) {}

  /**
   * @returns the rows of these keys as they are now or later, and perhaps of others.
   * @throws what `load` throws.
   */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ keys, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      try {
        const rows = await this.load([...new Set(group.flatMap(({ keys }) => keys))]);
        for (const { resolve } of group) resolve(rows);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.running = false;
  }
}
