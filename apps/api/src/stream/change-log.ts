/** What takes a reader from `prevSeq` to `seq`: the last state of each thing that changed, by its key. */
export interface Change<Entry> {
  prevSeq: number;
  seq: number;
  entries: ReadonlyMap<string, Entry>;
}

/** The latest changes, so that a reader who has missed some gets them as one. */
export class ChangeLog<Entry> {
  private changes: Change<Entry>[] = [];
  private size = 0;

  /** @param limit most entries that are kept. */
  constructor(private readonly limit: number) {}

  push(change: Change<Entry>): void {
    this.changes.push(change);
    this.size += change.entries.size + 1;
    if (this.size <= this.limit) return;
    let dropped = 0;
    // To half the limit: cutting the list off for each change would cost too much.
    while (this.size > this.limit / 2 && dropped < this.changes.length) {
      this.size -= this.changes[dropped]!.entries.size + 1;
      dropped += 1;
    }
    this.changes.splice(0, dropped);
  }

  clear(): void {
    this.changes = [];
    this.size = 0;
  }

  /** @returns all that changed since `seq`, as one change; null where that is not known any more. */
  since(seq: number): Change<Entry> | null {
    const first = this.changes.findIndex(({ prevSeq }) => prevSeq === seq);
    if (first === -1) return null;
    const entries = new Map<string, Entry>();
    let last = seq;
    for (let index = first; index < this.changes.length; index += 1) {
      const change = this.changes[index]!;
      for (const [key, entry] of change.entries) entries.set(key, entry);
      last = change.seq;
    }
    return { prevSeq: seq, seq: last, entries };
  }
}
