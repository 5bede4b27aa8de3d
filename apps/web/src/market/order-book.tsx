import { useCallback, useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { setDraftPrice } from '../session/ticket-draft';
import { EmptyState } from '../ui/empty-state';
import { remInPixels, useSize } from '../ui/use-size';
import { LadderRows } from './ladder-rows';
import { useOwnPrices } from './live/own-prices';
import { tickUnits, useMarket, type MarketUnits } from './live/use-market';
import { useBook, useStreamStatus } from './live/use-live';
import { fromUnits, separated, toUnits } from './logic/decimal';
import { groupingsAt, groupPrice, ladderOf } from './logic/ladder';
import './order-book.css';
import { Spread } from './spread';

interface OrderBookProps {
  item: string;
  userId: number;
}

const ROW_REM = 1.25;
const SPREAD_REM = 1.75;

/** What rests in a market: asks above, bids below, as many prices as fit. */
export function OrderBook({ item, userId }: OrderBookProps) {
  const { units, error: marketError } = useMarket(item);
  const { value: book, error: bookError } = useBook(item);
  const error = book === null ? (bookError ?? marketError) : null;
  if (error !== null) {
    return (
      <EmptyState title="The order book can not be shown" role="alert">
        {error}
      </EmptyState>
    );
  }
  if (units === undefined || book === null) {
    return <EmptyState title="Loading the order book …" />;
  }
  return <Ladder key={item} item={item} userId={userId} units={units} />;
}

function Ladder({ item, userId, units }: OrderBookProps & { units: MarketUnits }) {
  const { value: book } = useBook(item);
  const stale = useStreamStatus() !== 'open';
  const own = useOwnPrices(userId, item);
  const [measure, { height }] = useSize();
  const rows = rowsIn(height);
  const { priceDecimals, quantityDecimals } = units;

  const best = book?.bids[0]?.[0] ?? book?.asks[0]?.[0] ?? null;
  const groupings = groupingsAt(best, units.market.tick_size, priceDecimals);
  const [chosen, choose] = useState<string | null>(null);
  const grouping = groupings.find((each) => each === chosen) ?? groupings[0];
  const step = grouping === undefined ? tickUnits(units) : toUnits(grouping, priceDecimals);

  const ladder = useMemo(
    () => ladderOf(book ?? { bids: [], asks: [] }, { priceDecimals, quantityDecimals, step, rows }),
    [book, priceDecimals, quantityDecimals, step, rows],
  );
  const ownGroups = useMemo(() => {
    const group = (prices: ReadonlySet<string>, side: 'bid' | 'ask') =>
      new Set(
        [...prices].map((price) =>
          fromUnits(groupPrice(toUnits(price, priceDecimals), side, step), priceDecimals),
        ),
      );
    return { bids: group(own.BUY, 'bid'), asks: group(own.SELL, 'ask') };
  }, [own, step, priceDecimals]);

  const onClick = useCallback((event: MouseEvent) => pick(event.target), []);
  return (
    <div className="ladder" data-stale={stale || undefined}>
      <LadderHead groupings={groupings} grouping={grouping} onChoose={choose} />
      <div
        className="ladder-body"
        role="table"
        aria-label={`Order book of ${item}`}
        ref={measure}
        onClick={onClick}
        onKeyDown={moveFocus}
      >
        <LadderRows side="ask" levels={ladder.asks} rows={rows} own={ownGroups.asks} />
        <Spread item={item} spread={ladder.spread} percent={ladder.spreadPercent} />
        <LadderRows side="bid" levels={ladder.bids} rows={rows} own={ownGroups.bids} />
      </div>
      {book?.bids.length === 0 && book.asks.length === 0 && (
        <div className="ladder-empty">
          <EmptyState title="No orders rest in this market">
            The first limit order opens its book.
          </EmptyState>
        </div>
      )}
    </div>
  );
}

interface LadderHeadProps {
  groupings: readonly string[];
  grouping: string | undefined;
  onChoose: (grouping: string) => void;
}

function LadderHead({ groupings, grouping, onChoose }: LadderHeadProps) {
  const id = useId();
  return (
    <div className="ladder-head">
      <span className="ladder-price">
        <label htmlFor={id} className="visually-hidden">
          Group prices by
        </label>
        <select
          id={id}
          title="Group prices by"
          value={grouping}
          onChange={(event) => onChoose(event.target.value)}
        >
          {groupings.map((each) => (
            <option key={each} value={each}>
              {separated(each)}
            </option>
          ))}
        </select>
      </span>
      <span aria-hidden="true">Quantity</span>
      <span aria-hidden="true">Total</span>
    </div>
  );
}

function rowsIn(height: number): number {
  const rem = remInPixels();
  return Math.max(1, Math.floor((height - SPREAD_REM * rem) / (2 * ROW_REM * rem)));
}

function pick(target: EventTarget): void {
  const price = target instanceof Element ? target.closest<HTMLElement>('[data-price]') : null;
  if (price?.dataset.price !== undefined) setDraftPrice(price.dataset.price);
}

/** The arrow keys go from price to price; Enter is a button's own. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = buttons.findIndex((each) => each === document.activeElement);
  buttons[at + step]?.focus();
}
