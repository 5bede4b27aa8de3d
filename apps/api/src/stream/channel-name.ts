import { CANDLE_INTERVALS, type CandleInterval, isItem, parseId } from '@app/contracts';

/** What a channel tells of. */
export type ChannelSubject =
  | { kind: 'book' | 'trades' | 'ticker'; item: string }
  | { kind: 'candles'; item: string; interval: CandleInterval }
  | { kind: 'orders'; userId: number };

/**
 * Reads the name of a channel: `book:{item}`, `trades:{item}`, `ticker:{item}`, `candles:{item}:{interval}` or
 * `orders:{user_id}`. An item may be any text: it is all that stands behind the first colon, of candles up to the last.
 * @returns null where the text names none.
 */
export function parseChannel(name: string): ChannelSubject | null {
  const colon = name.indexOf(':');
  if (colon === -1) return null;
  const kind = name.slice(0, colon);
  const rest = name.slice(colon + 1);
  switch (kind) {
    case 'book':
    case 'trades':
    case 'ticker':
      return isItem(rest) ? { kind, item: rest } : null;
    case 'candles':
      return parseCandles(rest);
    case 'orders': {
      const userId = parseId(rest);
      // One user has one channel, however its number is written.
      return userId === null || String(userId) !== rest ? null : { kind, userId };
    }
    default:
      return null;
  }
}

function parseCandles(rest: string): ChannelSubject | null {
  const colon = rest.lastIndexOf(':');
  const item = rest.slice(0, Math.max(colon, 0));
  const interval = CANDLE_INTERVALS.find((each) => each === rest.slice(colon + 1));
  return interval === undefined || !isItem(item) ? null : { kind: 'candles', item, interval };
}
