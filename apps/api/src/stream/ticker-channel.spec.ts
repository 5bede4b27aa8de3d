import { parseUnit } from '@app/contracts';
import { fanOut, RecordingClient, settled, silentLog, subscriberOf } from './stream-fixtures';
import { TickerChannel } from './ticker-channel';

const UNITS = { tick: parseUnit('0.01')!, lot: parseUnit('1')! };

describe('a ticker channel', () => {
  it('tells one who comes again what time alone has changed', async () => {
    const read = () =>
      Promise.resolve({ candles: [], lastPriceTicks: 150, tradeId: 4, units: UNITS });
    const channel = new TickerChannel('ticker:AAPL', 'AAPL', read, fanOut(), silentLog());
    const client = new RecordingClient();
    channel.join(subscriberOf(client, 4));
    await settled();
    channel.close();
    expect(client.received).toMatchObject([
      { type: 'delta', prev_seq: 4, seq: 4, ticker: { last: '1.50', trades: 0 } },
    ]);
  });
});
