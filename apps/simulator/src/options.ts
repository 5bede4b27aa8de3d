import { parseArgs } from 'node:util';
import { DEFAULT_ITEMS, type Instrument, INSTRUMENTS } from './model/instruments';

export interface DemoOptions {
  /** Of an api that runs already; null: the demo starts one of its own. */
  url: string | null;
  port: number;
  dataDirectory: string;
  /** Whether it goes on with the data of the last time. */
  keep: boolean;
  instruments: readonly Instrument[];
  rate: number;
  seed: number;
}

export class UsageError extends Error {}

const MOST_ORDERS_A_SECOND = 1000;
const NAMES = INSTRUMENTS.map(({ item }) => item).join(', ');

export const HELP = `usage: npm run demo -- [options]

Starts TradeFlow Engine on data of its own, and a market that lives: makers with ladders of quotes, takers in bursts.
Ctrl-C stops both.

  --url URL        trade at an api that runs already instead of starting one
  --port NUMBER    where the page is served (8000)
  --rate NUMBER    orders that are placed, changed or cancelled in a second, all items together (60)
  --items LIST     how many items, or which, separated by commas (${DEFAULT_ITEMS}):
                   ${NAMES}
  --seed NUMBER    another seed is another market (1)
  --data FOLDER    where the data lies (data/demo)
  --keep           go on with the data of the last time instead of beginning anew
  --help           this text
`;

/** @throws UsageError that says what is wrong. */
export function parseOptions(args: readonly string[]): DemoOptions | 'help' {
  const values = parse(args);
  if (values.help === true) return 'help';
  const own = ['port', 'data', 'keep'] as const;
  const idle = own.find((name) => values.url !== undefined && values[name] !== undefined);
  if (idle !== undefined) throw new UsageError(`--${idle} says nothing where --url is given`);
  return {
    url: values.url === undefined ? null : readUrl(values.url),
    port: readNumber('port', values.port ?? '8000', 1, 65_535),
    dataDirectory: values.data ?? 'data/demo',
    keep: values.keep ?? false,
    instruments: readItems(values.items ?? String(DEFAULT_ITEMS)),
    rate: readNumber('rate', values.rate ?? '60', 1, MOST_ORDERS_A_SECOND),
    seed: readNumber('seed', values.seed ?? '1', 0, 2 ** 32 - 1),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        port: { type: 'string' },
        rate: { type: 'string' },
        items: { type: 'string' },
        seed: { type: 'string' },
        data: { type: 'string' },
        keep: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new UsageError(`--url is the address of an api, not "${text}"`);
  }
  return text.replace(/\/+$/, '');
}

function readNumber(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw new UsageError(`--${name} is a whole number from ${low} to ${high}, not "${text}"`);
}

function readItems(text: string): readonly Instrument[] {
  if (/^\d+$/.test(text)) {
    return INSTRUMENTS.slice(0, readNumber('items', text, 1, INSTRUMENTS.length));
  }
  const names = [...new Set(text.split(','))];
  return names.map((name) => {
    const found = INSTRUMENTS.find(({ item }) => item === name);
    if (found === undefined) throw new UsageError(`--items are some of ${NAMES}, not "${name}"`);
    return found;
  });
}
