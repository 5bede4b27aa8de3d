import { compare, parseDecimal } from '../decimal';
import type { BookTop } from '../use-market';
import type { Draft } from './draft';
import { restsNot } from './fields';

export interface Notice {
  readonly text: string;
  readonly tone: 'info' | 'warn';
}

/** What the market as it stands now would make of the order. It may stand otherwise when the order comes. */
export function noticeOf(draft: Draft, top: BookTop | null, last: string | null): Notice | null {
  switch (draft.kind) {
    case 'LIMIT':
      return limitNotice(draft, top);
    case 'MARKET':
      return marketNotice(draft, top);
    case 'STOP':
    case 'STOP_LIMIT':
      return stopNotice(draft, last);
    case 'PLAIN':
      return null;
  }
}

function limitNotice(draft: Draft, top: BookTop | null): Notice | null {
  const opposite = (draft.side === 'BUY' ? top?.ask : top?.bid) ?? null;
  if (opposite === null || !reaches(draft.side === 'BUY', draft.price, opposite)) return null;
  const best = `best ${draft.side === 'BUY' ? 'ask' : 'bid'} ${opposite}`;
  return draft.postOnly && restsNot(draft) === null
    ? { text: `Reaches the ${best}: post-only would be refused.`, tone: 'warn' }
    : { text: `Reaches the ${best}: trades at once.`, tone: 'info' };
}

function marketNotice(draft: Draft, top: BookTop | null): Notice | null {
  if (top === null) return null;
  const opposite = draft.side === 'BUY' ? top.ask : top.bid;
  if (opposite !== null) return null;
  const nobody = draft.side === 'BUY' ? 'Nobody sells now' : 'Nobody buys now';
  return { text: `${nobody}: a market order would end unfilled.`, tone: 'warn' };
}

function stopNotice(draft: Draft, last: string | null): Notice | null {
  if (last === null) return { text: 'No trade yet: a stop waits for the first.', tone: 'info' };
  // A buy fires when the last price is at or above its stop, a sell at or below.
  if (!reaches(draft.side === 'SELL', draft.stopPrice, last)) return null;
  return { text: `The last price ${last} has reached it: fires at once.`, tone: 'warn' };
}

/** @param upwards whether `typed` reaches `price` from below. */
function reaches(upwards: boolean, typed: string, price: string): boolean {
  const a = parseDecimal(typed.trim());
  const b = parseDecimal(price);
  if (a === null || b === null) return false;
  return upwards ? compare(a, b) >= 0 : compare(a, b) <= 0;
}
