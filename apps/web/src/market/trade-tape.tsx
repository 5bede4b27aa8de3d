import type { components } from '@app/client';
import { memo, useLayoutEffect, useRef } from 'react';
import { EmptyState } from '../ui/empty-state';
import { remInPixels } from '../ui/use-size';
import { useWindow } from '../ui/use-window';
import { Figure } from './figure';
import { useTape, useStreamStatus } from './live/use-live';
import { useMarket } from './live/use-market';
import { padded, separated } from './logic/decimal';
import { fullTime, tapeTime } from './logic/times';
import './trade-tape.css';

type Trade = components['schemas']['TradeDto'];

interface TradeTapeProps {
  item: string;
}

/** The last trades of a market, the newest at the top. */
export function TradeTape({ item }: TradeTapeProps) {
  const { units } = useMarket(item);
  const { value: tape, error } = useTape(item);
  const stale = useStreamStatus() !== 'open';
  if (tape === null || units === undefined) {
    return error === null ? (
      <EmptyState title="Loading trades …" />
    ) : (
      <EmptyState title="Trades can not be shown" role="alert">
        {error}
      </EmptyState>
    );
  }
  if (tape.length === 0) {
    return <EmptyState title="No trades yet">They appear here as they happen.</EmptyState>;
  }
  return <Tape tape={tape} item={item} stale={stale} decimals={units.quantityDecimals} />;
}

const ROW_REM = 1.25;
/** More digits of price and quantity than these do not fit where the tape is narrowest. */
const MOST_DIGITS = 17;

interface TapeProps {
  tape: readonly Trade[];
  item: string;
  stale: boolean;
  decimals: number;
}

function Tape({ tape, item, stale, decimals }: TapeProps) {
  const row = ROW_REM * remInPixels();
  const { measure, onScroll, scrolled, from, to } = useWindow(tape.length, row);
  const body = useSteadyScroll(tape[0]?.trade_id ?? 0, row, scrolled);
  return (
    <div className="tape" role="table" aria-label={`Last trades of ${item}`} aria-rowcount={-1}>
      <div role="rowgroup">
        <div role="row" className="tape-row tape-head">
          <span role="columnheader">Price</span>
          <span role="columnheader">Quantity</span>
          <span role="columnheader">Time</span>
        </div>
      </div>
      <div className="tape-area" role="presentation" ref={measure}>
        <div
          ref={body}
          className="tape-body"
          role="rowgroup"
          aria-label="Trades, the newest first"
          data-stale={stale || undefined}
          onScroll={onScroll}
          // Scrolled by the keyboard too.
          tabIndex={0}
        >
          <div role="presentation" style={{ height: from * row }} />
          {tape.slice(from, to).map((trade, at) => (
            // Rows stay, and what stands in them moves on: far less work than moving them.
            <TapeRow key={from + at} trade={trade} decimals={decimals} />
          ))}
          <div role="presentation" style={{ height: (tape.length - to) * row }} />
        </div>
      </div>
    </div>
  );
}

/** Who has scrolled down to older trades keeps them in sight while new ones come. */
function useSteadyScroll(newest: number, row: number, scrolled: boolean) {
  const body = useRef<HTMLDivElement>(null);
  const before = useRef(newest);
  useLayoutEffect(() => {
    const added = newest - before.current;
    before.current = newest;
    // The position is asked for only then: to answer, the page has to be laid out.
    if (scrolled && added > 0 && body.current !== null) body.current.scrollTop += added * row;
  }, [newest, row, scrolled]);
  return body;
}

const TapeRow = memo(function TapeRow({ trade, decimals }: { trade: Trade; decimals: number }) {
  const bought = trade.taker_side === 'BUY';
  const quantity = padded(trade.quantity, decimals);
  const short = separated(trade.price).length + separated(quantity).length > MOST_DIGITS;
  return (
    <div role="row" className="tape-row">
      <span role="cell" className={bought ? 'up' : 'down'}>
        <span aria-hidden="true" className="tape-side">
          {bought ? '▲' : '▼'}
        </span>
        <span className="visually-hidden">{bought ? 'bought at ' : 'sold at '}</span>
        {separated(trade.price)}
      </span>
      <span role="cell">
        <Figure text={quantity} short={short} />
      </span>
      <span role="cell" className="soft" title={fullTime(trade.executed_at)}>
        {tapeTime(trade.executed_at, Date.now())}
      </span>
    </div>
  );
});
