// Ids in pages of 256, a bit each: eight 32-bit words.
const PAGE_IDS = 256;
const WORDS = 8;
const FULL = -1;
const SMALLEST = 64;
const NO_PAGE = -1;
const GOLDEN = 0x9e3779b1;

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
  // By entry, from 1: the page, −1 if the entry is free; its bits; the next entry of its chain, or the next free one.
  private pages = new Float64Array(SMALLEST).fill(NO_PAGE);
  private words = new Int32Array(SMALLEST * WORDS);
  private chain = new Int32Array(SMALLEST);
  /** By place: the first entry of the pages that hash to it, 0 for none. */
  private heads = new Int32Array(SMALLEST);
  private entriesEver = 0;
  private freeEntry = 0;
  private floor = 0;
  // The page that was looked at last, because most ids are close to the one before: its first id, and its words.
  private nearFirst = Infinity;
  private nearAt = 0;

  static restore(snapshot: UsedIdsSnapshot): UsedIds {
    const ids = new UsedIds();
    ids.floor = snapshot.floor;
    for (const [page, words] of snapshot.pages) {
      const at = ids.wordsFor(page);
      ids.words.set(words, at);
    }
    return ids;
  }

  get bytes(): number {
    const { pages, words, chain, heads } = this;
    return pages.byteLength + words.byteLength + chain.byteLength + heads.byteLength;
  }

  has(id: number): boolean {
    if (id <= this.floor) return true;
    const entry = this.find(pageOf(id));
    return entry !== 0 && this.hasBit(entry * WORDS, id);
  }

  /** From now on the id is used. @returns false if it was already. */
  take(id: number): boolean {
    if (id <= this.floor) return false;
    const offset = id - this.nearFirst;
    const first = offset >= 0 && offset < PAGE_IDS ? this.nearAt : this.wordsNear(id);
    const at = first + ((id >>> 5) & (WORDS - 1));
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
    for (let entry = 1; entry <= this.entriesEver; entry += 1) {
      const page = this.pages[entry] as number;
      if (page !== NO_PAGE && (page + 1) * PAGE_IDS - 1 <= id) this.drop(entry);
    }
    this.raiseFloor();
  }

  snapshot(): UsedIdsSnapshot {
    const { pages, words } = this;
    const entries = Array.from({ length: this.entriesEver }, (_, index) => index + 1);
    const inUse = entries.filter((entry) => pages[entry] !== NO_PAGE);
    inUse.sort((a, b) => (pages[a] as number) - (pages[b] as number));
    return {
      floor: this.floor,
      pages: inUse.map((entry) => [
        pages[entry] as number,
        [...words.subarray(entry * WORDS, (entry + 1) * WORDS)],
      ]),
    };
  }

  /** Takes full pages at the bottom into the floor. */
  private raiseFloor(): void {
    for (;;) {
      const page = pageOf(this.floor + 1);
      const entry = this.find(page);
      if (entry === 0 || !this.isFull(page, entry)) return;
      this.floor = (page + 1) * PAGE_IDS - 1;
      this.drop(entry);
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

  private hasBit(first: number, id: number): boolean {
    const word = this.words[first + ((id >>> 5) & (WORDS - 1))] as number;
    return ((word >>> (id & 31)) & 1) === 1;
  }

  /** The words of the id's page, made if need be; the page is the near one from now on. */
  private wordsNear(id: number): number {
    const page = pageOf(id);
    this.nearAt = this.wordsFor(page);
    this.nearFirst = page * PAGE_IDS;
    return this.nearAt;
  }

  private wordsFor(page: number): number {
    const found = this.find(page);
    return (found === 0 ? this.add(page) : found) * WORDS;
  }

  private find(page: number): number {
    const { pages, chain } = this;
    let entry = this.heads[this.placeOf(page)] as number;
    while (entry !== 0 && pages[entry] !== page) entry = chain[entry] as number;
    return entry;
  }

  private add(page: number): number {
    let entry = this.freeEntry;
    if (entry !== 0) {
      this.freeEntry = this.chain[entry] as number;
    } else {
      this.entriesEver += 1;
      entry = this.entriesEver;
      if (entry >= this.pages.length) this.grow();
    }
    this.words.fill(0, entry * WORDS, (entry + 1) * WORDS);
    this.pages[entry] = page;
    this.chainIn(entry);
    return entry;
  }

  private chainIn(entry: number): void {
    const place = this.placeOf(this.pages[entry] as number);
    this.chain[entry] = this.heads[place] as number;
    this.heads[place] = entry;
  }

  private drop(entry: number): void {
    const { pages, chain, heads } = this;
    const place = this.placeOf(pages[entry] as number);
    let before = heads[place] as number;
    if (before === entry) {
      heads[place] = chain[entry] as number;
    } else {
      while (chain[before] !== entry) before = chain[before] as number;
      chain[before] = chain[entry] as number;
    }
    pages[entry] = NO_PAGE;
    chain[entry] = this.freeEntry;
    this.freeEntry = entry;
  }

  private placeOf(page: number): number {
    const bits = page <= 0x7fffffff ? page : page ^ Math.imul(page / 2 ** 32, GOLDEN);
    return Math.imul(bits, GOLDEN) >>> Math.clz32(this.heads.length - 1);
  }

  private grow(): void {
    const capacity = this.pages.length * 2;
    const pages = new Float64Array(capacity).fill(NO_PAGE);
    pages.set(this.pages);
    this.pages = pages;
    const words = new Int32Array(capacity * WORDS);
    words.set(this.words);
    this.words = words;
    const chain = new Int32Array(capacity);
    chain.set(this.chain);
    this.chain = chain;
    this.heads = new Int32Array(capacity);
    for (let entry = 1; entry < this.entriesEver; entry += 1) {
      if (pages[entry] === NO_PAGE) continue;
      this.chainIn(entry);
    }
  }
}

function pageOf(id: number): number {
  return id <= 0x7fffffff ? id >>> 8 : Math.floor(id / PAGE_IDS);
}
