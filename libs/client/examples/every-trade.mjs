// Writes every trade of an item to a file, each once, wherever it was stopped and whatever broke in between:
// node every-trade.mjs [item] [file] [address of the api]
import { createClient } from '@tradeflow/client';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { WebSocket } from 'ws';

const [item = 'AAPL', file = 'trades.jsonl', baseUrl = 'http://localhost:8000'] =
  process.argv.slice(2);
const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
const last = lines.at(-1);
const fromSeq = last === undefined ? 0 : JSON.parse(last).trade_id;

const client = createClient({ baseUrl, WebSocket });
const follow = (trades, reset) => {
  // The server has never had the trade that this file ends with.
  if (reset) throw new Error(`${file} is of another store`);
  appendFileSync(file, trades.map((trade) => `${JSON.stringify(trade)}\n`).join(''));
};
client.stream.trades(item, follow, { fromSeq });
process.on('SIGINT', () => client.stream.close());
