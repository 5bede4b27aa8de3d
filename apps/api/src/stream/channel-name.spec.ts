import { parseChannel } from './channel-name';

describe('names of channels', () => {
  it.each([
    ['book:AAPL', { kind: 'book', item: 'AAPL' }],
    ['book:a:b "c"', { kind: 'book', item: 'a:b "c"' }],
    ['trades:%41', { kind: 'trades', item: '%41' }],
    ['ticker:candles:1m', { kind: 'ticker', item: 'candles:1m' }],
    ['candles:AAPL:1m', { kind: 'candles', item: 'AAPL', interval: '1m' }],
    ['candles:a:1s:1d', { kind: 'candles', item: 'a:1s', interval: '1d' }],
    ['orders:7', { kind: 'orders', userId: 7 }],
  ])('%s', (name, subject) => {
    expect(parseChannel(name)).toEqual(subject);
  });

  it.each([
    '',
    'book',
    'book:',
    'book: ',
    'Book:AAPL',
    'candles:AAPL',
    'candles:AAPL:2m',
    'candles::1m',
    'orders:0',
    'orders:07',
    'orders:x',
    'orders:1:2',
  ])('%j names none', (name) => {
    expect(parseChannel(name)).toBeNull();
  });
});
