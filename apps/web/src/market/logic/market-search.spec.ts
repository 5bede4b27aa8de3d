import { mostActive, searched, withPage } from './market-search';

const market = (item: string, sequence = 0) => ({ item, sequence });
const items = (markets: readonly { item: string }[]) => markets.map((each) => each.item);

describe('searching markets', () => {
  const markets = [market('AAPL', 3), market('BTC-USD', 9), market('SBTC', 1), market('btc', 2)];

  it('shows all by name or by activity', () => {
    expect(items(searched(markets, ' ', 'name'))).toEqual(['AAPL', 'BTC-USD', 'SBTC', 'btc']);
    expect(items(searched(markets, '', 'activity'))).toEqual(['BTC-USD', 'AAPL', 'btc', 'SBTC']);
  });

  it('puts the same before beginnings before the rest, whatever the case', () => {
    expect(items(searched(markets, 'BTC', 'name'))).toEqual(['btc', 'BTC-USD', 'SBTC']);
  });

  it('knows the most active', () => {
    expect(mostActive(markets)).toBe('BTC-USD');
    expect(mostActive([])).toBeNull();
  });
});

describe('a page of markets', () => {
  it('comes into its place', () => {
    const known = [market('A', 1), market('C', 1)];
    expect(withPage(known, [market('B', 1), market('A', 2)])).toEqual([
      market('A', 2),
      market('B', 1),
      market('C', 1),
    ]);
  });

  it('changes nothing when it has nothing new', () => {
    const known = [market('A', 1)];
    expect(withPage(known, [market('A', 1)])).toBe(known);
  });

  it('sorts numbers as numbers', () => {
    expect(items(withPage([], [market('M10'), market('M9')]))).toEqual(['M9', 'M10']);
  });
});
