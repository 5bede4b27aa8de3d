import { parseInstant } from '@app/contracts';

/** JSON escapes the quotes within texts, so this stands nowhere but before a trade's time. */
const MEMBER = '"executed_at":"';
const TIME_LENGTH = '2026-11-22T15:18:29.325Z'.length;

/**
 * Finds when the orders were accepted that caused the trades of a market's event, without reading the whole event.
 * @param value JSON of a `MARKET_UPDATED`.
 * @param found gets the time for each trade, ms since the epoch.
 */
export function eachTradeTime(value: string, found: (timeMs: number) => void): void {
  let text = '';
  let timeMs: number | null = null;
  for (let at = value.indexOf(MEMBER); at !== -1; at = value.indexOf(MEMBER, at)) {
    at += MEMBER.length;
    // Trades of one order, and of many orders of one commit, have the same time.
    if (text === '' || !value.startsWith(text, at)) {
      text = value.slice(at, at + TIME_LENGTH);
      timeMs = parseInstant(text);
    }
    if (timeMs !== null) found(timeMs);
  }
}
