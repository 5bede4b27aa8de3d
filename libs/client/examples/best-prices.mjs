// Follows a book and prints its best prices as they change: node best-prices.mjs [item] [address of the api]
import { createClient } from '@tradeflow/client';
import { WebSocket } from 'ws';

const [item = 'AAPL', baseUrl = 'http://localhost:8000'] = process.argv.slice(2);
const client = createClient({ baseUrl, WebSocket });
const print = (line) => process.stdout.write(`${line}\n`);
const show = (level) => (level === undefined ? 'none' : `${level[1]} at ${level[0]}`);

client.stream.onStatus((status) => print(`(${status})`));
client.stream.onError(({ code, detail }) => print(`(${code}: ${detail})`));
client.stream.book(item, ({ seq, bids, asks }) => {
  print(`${item} ${seq}: bid ${show(bids[0])}, ask ${show(asks[0])}`);
});
process.on('SIGINT', () => client.stream.close());
