// Ids in pages of 256, a bit each: eight 32-bit words.
const PAGE_IDS = 256;
const WORDS = 8;
const FULL = -1;
const RECENT = 64;

/** Used ids as a snapshot carries them: all up to `floor`, and by page (ids / 256) the bits of those above. */
export interface UsedIdsSnapshot {
  floor: number;
  pages: [page: number, words: number[]][];
}

/**
 * Every order id that was ever taken, so that none is taken twice. Ids that come without gaps cost nothing: full
 * pages at the bottom melt into `floor`. Other ids cost a bit each where they lie close together, and some 60 bytes
 * where they are far apart, until `forgetUpTo` declares everything below an id as used.
 */
export class UsedIds {
  private readonly pages = new Map<number, number>();
  private words = new Int32Array(64 * WORDS);
  private entriesEver = 0;
  private readonly freeEntries: number[] = [];
  // The entries of pages looked at lately, by the page's last bits: most ids are close to the one before.
  private readonly recentPages = new Float64Array(RECENT).fill(-1);
  private readonly recentEntries = new Int32Array(RECENT);
  private floor = 0;
  private lastPage = -1;
  private lastEntry = 0;

  static restore(snapshot: UsedIdsSnapshot): UsedIds {
    const ids = new UsedIds();
    ids.floor = snapshot.floor;
    for (const [page, words] of snapshot.pages) {
      const entry = ids.entryFor(page);
      ids.words.set(words, entry * WORDS);
    }
    return ids;
  }

  get bytes(): number {
    return this.words.byteLength + this.pages.size * 32;
  }

  has(id: number): boolean {
    if (id <= this.floor) return true;
    const entry = this.find(pageOf(id));
    if (entry < 0) return false;
    const word = this.words[entry * WORDS + ((id >>> 5) & (WORDS - 1))] as number;
    return ((word >>> (id & 31)) & 1) === 1;
  }

  /** From now on the id is used. @returns false if it was already. */
  take(id: number): boolean {
    if (id <= this.floor) return false;
    const at = this.entryFor(pageOf(id)) * WORDS + ((id >>> 5) & (WORDS - 1));
    const bit = 1 << (id & 31);
    const word = this.words[at] as number;
    if ((word & bit) !== 0) return false;
    this.words[at] = word | bit;
    if ((word | bit) === FULL) this.raiseFloor();
    return true;
  }

  /** From now on every id up to `id` counts as used; gives back what was kept of them. */
  forgetUpTo(id: number): void {
    if (id <= this.floor) return;
    this.floor = id;
    for (const page of this.pages.keys()) {
      if ((page + 1) * PAGE_IDS - 1 <= id) this.drop(page);
    }
    this.raiseFloor();
  }

  snapshot(): UsedIdsSnapshot {
    const pages = [...this.pages.entries()].sort(([a], [b]) => a - b);
    return {
      floor: this.floor,
      pages: pages.map(([page, entry]) => [
        page,
        [...this.words.subarray(entry * WORDS, (entry + 1) * WORDS)],
      ]),
    };
  }

  /** Takes full pages at the bottom into the floor. */
  private raiseFloor(): void {
    for (;;) {
      const page = pageOf(this.floor + 1);
      const entry = this.find(page);
      if (entry < 0 || !this.isFull(page, entry)) return;
      this.floor = (page + 1) * PAGE_IDS - 1;
      this.drop(page);
    }
  }

  /** Whether every id of the page is used, by its bits or by the floor. */
  private isFull(page: number, entry: number): boolean {
    for (let word = 0; word < WORDS; word += 1) {
      if (this.words[entry * WORDS + word] === FULL) continue;
      const last = page * PAGE_IDS + word * 32 + 31;
      for (let id = last - 31; id <= last; id += 1) if (!this.has(id)) return false;
    }
    return true;
  }

  private find(page: number): number {
    if (page === this.lastPage) return this.lastEntry;
    const entry = this.look(page);
    if (entry >= 0) {
      this.lastPage = page;
      this.lastEntry = entry;
    }
    return entry;
  }

  private look(page: number): number {
    const recent = page & (RECENT - 1);
    if (this.recentPages[recent] === page) return this.recentEntries[recent] as number;
    const entry = this.pages.get(page);
    if (entry === undefined) return -1;
    this.recentPages[recent] = page;
    this.recentEntries[recent] = entry;
    return entry;
  }

  private entryFor(page: number): number {
    const found = this.find(page);
    if (found >= 0) return found;
    const entry = this.freeEntries.pop() ?? this.entriesEver++;
    if ((entry + 1) * WORDS > this.words.length) {
      const grown = new Int32Array(Math.ceil(this.words.length * 1.5));
      grown.set(this.words);
      this.words = grown;
    }
    this.words.fill(0, entry * WORDS, (entry + 1) * WORDS);
    this.pages.set(page, entry);
    return entry;
  }

  private drop(page: number): void {
    const entry = this.pages.get(page);
    if (entry === undefined) return;
    this.pages.delete(page);
    this.freeEntries.push(entry);
    this.recentPages[page & (RECENT - 1)] = -1;
    this.lastPage = -1;
  }
}

function pageOf(id: number): number {
  return id <= 0x7fffffff ? id >>> 8 : Math.floor(id / PAGE_IDS);
}
