import { hashOf, parseRoute } from './route';

describe('the route behind the # of the address', () => {
  it.each(['AAPL', 'a b', 'a/b', 'ü%&#"', '..'])('keeps the item %j', (item) => {
    expect(parseRoute(hashOf({ view: 'trade', item }))).toEqual({ view: 'trade', item });
  });

  it('knows the operations view', () => {
    expect(parseRoute(hashOf({ view: 'operations' }))).toEqual({ view: 'operations' });
  });

  it.each(['', '#', '#/', '#/nothing'])('shows no item for %j', (hash) => {
    expect(parseRoute(hash)).toEqual({ view: 'trade', item: null });
  });

  it('takes a stray % as it is', () => {
    expect(parseRoute('#/trade/50%')).toEqual({ view: 'trade', item: '50%' });
  });
});
