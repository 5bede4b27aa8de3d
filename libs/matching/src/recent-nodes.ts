const SMALLEST = 1024;
/** Two pages that are in use should seldom share a place. */
const PLACES_A_NODE = 8;
/** More places than this would not stay in a processor's cache. */
const LARGEST = 2 ** 18;
const GOLDEN = 0x9e3779b1;
const LADDER_STEP = 0x85ebca6b;

/**
 * The trie's bottom nodes that were in use lately, by ladder and page (price / 32), so that most searches need not
 * walk down from the root. A page has one place, which it shares with others: whoever asks has to check whose node
 * it is, by the levels in it. A node that is given back is forgotten.
 */
export class RecentNodes {
  private nodes = new Int32Array(SMALLEST);
  private shift = Math.clz32(SMALLEST - 1);

  get bytes(): number {
    return this.nodes.byteLength;
  }

  /** A bottom node that may be the page's; 0 for none. @param page its low bits are enough. */
  guess(ladder: number, page: number): number {
    return this.nodes[this.placeOf(ladder, page)] as number;
  }

  remember(ladder: number, page: number, node: number): void {
    this.nodes[this.placeOf(ladder, page)] = node;
  }

  forget(ladder: number, page: number, node: number): void {
    const place = this.placeOf(ladder, page);
    if (this.nodes[place] === node) this.nodes[place] = 0;
  }

  /** Has places enough for so many nodes from now on; forgets all that it knew if it had not. */
  makeRoomFor(nodes: number): void {
    let places = this.nodes.length;
    while (places < nodes * PLACES_A_NODE && places < LARGEST) places *= 2;
    if (places === this.nodes.length) return;
    this.nodes = new Int32Array(places);
    this.shift = Math.clz32(places - 1);
  }

  private placeOf(ladder: number, page: number): number {
    return Math.imul(page + Math.imul(ladder, LADDER_STEP), GOLDEN) >>> this.shift;
  }
}
