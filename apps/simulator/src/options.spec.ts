import { HELP, parseOptions, UsageError } from './options';

describe('parseOptions', () => {
  it('has defaults for everything', () => {
    const options = parseOptions([]);
    expect(options).toMatchObject({
      url: null,
      port: 8000,
      dataDirectory: 'data/demo',
      keep: false,
      rate: 60,
      seed: 1,
    });
    expect(options !== 'help' && options.instruments.length).toBe(8);
  });

  it('takes what is said', () => {
    const line = '--url http://localhost:9000/ --rate 100 --items AAPL,BTC-USD --seed 7';
    expect(parseOptions(line.split(' '))).toMatchObject({
      url: 'http://localhost:9000',
      rate: 100,
      seed: 7,
      instruments: [{ item: 'AAPL' }, { item: 'BTC-USD' }],
    });
    expect(parseOptions(['--port', '8310', '--data', 'x', '--keep'])).toMatchObject({
      port: 8310,
      dataDirectory: 'x',
      keep: true,
    });
    expect(parseOptions(['--items', '3'])).toMatchObject({ instruments: { length: 3 } });
  });

  it.each([
    ['--rate fast', '--rate is a whole number from 1 to 1000, not "fast"'],
    ['--port 0', '--port'],
    ['--items 99', '--items'],
    ['--items DOGE', '"DOGE"'],
    ['--url localhost', '--url'],
    ['--url http://x --keep', '--keep says nothing'],
    ['--speed 3', '--speed'],
    ['AAPL', 'AAPL'],
  ])('refuses %s', (line, says) => {
    expect(() => parseOptions(line.split(' '))).toThrow(UsageError);
    expect(() => parseOptions(line.split(' '))).toThrow(says);
  });

  it('helps', () => {
    expect(parseOptions(['--help'])).toBe('help');
    expect(HELP).toContain('--rate');
  });
});
