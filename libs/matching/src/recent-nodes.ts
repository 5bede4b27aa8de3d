/** Places to remember nodes in; a power of two. */
const PLACES = 4096;
/** Spreads the same prices of different ladders. */
const LADDER_STEP = 89;

/**
 * The trie's bottom nodes that were in use lately, by ladder and page (price / 32), so that most searches need not
 * walk down from the root. What it remembers is checked when it is asked for, so it may forget at any time.
 */
export class RecentNodes {
  private readonly nodes = new Int32Array(PLACES);
  // By node: what it covers. No page is −1.
  private pages = new Float64Array(256).fill(-1);
  private ladders = new Int32Array(256);

  get bytes(): number {
    return this.nodes.byteLength + this.pages.byteLength + this.ladders.byteLength;
  }

  /** The bottom node of a page, or 0 if it is not remembered. */
  find(ladder: number, page: number): number {
    const node = this.nodes[placeOf(ladder, page)] as number;
    return this.pages[node] === page && this.ladders[node] === ladder ? node : 0;
  }

  remember(node: number, ladder: number, page: number): void {
    if (node >= this.pages.length) this.growBeyond(node);
    this.pages[node] = page;
    this.ladders[node] = ladder;
    this.nodes[placeOf(ladder, page)] = node;
  }

  /** The node was given back. */
  forget(node: number): void {
    if (node < this.pages.length) this.pages[node] = -1;
  }

  private growBeyond(node: number): void {
    const capacity = Math.ceil((node + 1) * 1.5);
    const pages = new Float64Array(capacity).fill(-1);
    const ladders = new Int32Array(capacity);
    pages.set(this.pages);
    ladders.set(this.ladders);
    this.pages = pages;
    this.ladders = ladders;
  }
}

function placeOf(ladder: number, page: number): number {
  return (Math.imul(ladder, LADDER_STEP) + page) & (PLACES - 1);
}
