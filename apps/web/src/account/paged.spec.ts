import { nextCursor, withNewest } from './paged';

const page = (ids: number[], next: number | null = null) => ({
  rows: ids.map((id) => ({ id })),
  next,
});
const idsOf = (pages: readonly { rows: readonly { id: number }[] }[]) =>
  pages.map(({ rows }) => rows.map(({ id }) => id));

describe('a list that is read page by page', () => {
  it.each([
    ['</orders?user_id=1&limit=1&cursor=51>; rel="next"', 51],
    ['</orders?cursor=x>; rel="next"', null],
    ['</orders?limit=1>; rel="prev"', null],
    [null, null],
  ])('goes on from %p at %p', (link, cursor) => {
    expect(nextCursor(link)).toBe(cursor);
  });

  it('gets what is new in front', () => {
    const pages = [page([5, 4], 4), page([3, 2], null)];
    const next = withNewest(pages, page([6, 5], 5), ({ id }) => id);
    expect(idsOf(next)).toEqual([
      [6, 5, 4],
      [3, 2],
    ]);
    expect(next.map((each) => each.next)).toEqual([4, null]);
  });

  it('begins anew where there may be a gap', () => {
    const pages = [page([5, 4], 4), page([3, 2], null)];
    expect(idsOf(withNewest(pages, page([9, 8], 8), ({ id }) => id))).toEqual([[9, 8]]);
  });

  it('does not grow for ever by what is new, but by what was asked for', () => {
    const many = page(Array.from({ length: 1000 }, (_, index) => 1000 - index));
    expect(idsOf(withNewest([many], page([1001, 1000], 1000), ({ id }) => id))).toEqual([
      [1001, 1000],
    ]);
    expect(withNewest([many, page([0])], page([1000], 1000), ({ id }) => id)).toHaveLength(2);
  });

  it('takes a first page', () => {
    expect(idsOf(withNewest([], page([1]), ({ id }) => id))).toEqual([[1]]);
    expect(idsOf(withNewest([page([])], page([1]), ({ id }) => id))).toEqual([[1]]);
  });

  it('renews rows that changed', () => {
    const old = [{ rows: [{ id: 1, status: 'OPEN' }], next: null }];
    const newest = { rows: [{ id: 1, status: 'FILLED' }], next: null };
    expect(withNewest(old, newest, ({ id }) => id)[0]?.rows).toEqual([{ id: 1, status: 'FILLED' }]);
  });
});
