import type { BookView } from '@app/client';
import { useMemo, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import { setDraftPrice } from '../session/ticket-draft';
import { EmptyState } from '../ui/empty-state';
import { Panel } from '../ui/panel';
import { remInPixels, useSize } from '../ui/use-size';
import { LadderRows } from './ladder-rows';
import { useOwnPrices } from './live/own-prices';
import { tickUnits, useMarket, type MarketUnits } from './live/use-market';
import { useBook, useStreamStatus } from './live/use-live';
import { fromUnits, separated, toUnits } from './logic/decimal';
import {
  groupingsAt,
  groupPrice,
  ladderOf,
  type Ladder as LadderView,
  type LadderRow,
} from './logic/ladder';
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
  if (units !== undefined && book !== null) {
    return <Ladder key={item} item={item} userId={userId} units={units} book={book} />;
  }
  const error = bookError ?? marketError;
  return (
    <Panel title="Order book" className="area-book">
      {error === null ? (
        <EmptyState title="Loading the order book …" />
      ) : (
        <EmptyState title="The order book can not be shown" role="alert">
          {error}
        </EmptyState>
      )}
    </Panel>
  );
}

interface LadderProps extends OrderBookProps {
  units: MarketUnits;
  book: BookView;
}

function Ladder({ item, userId, units, book }: LadderProps) {
  const stale = useStreamStatus() !== 'open';
  const [measure, { height }] = useSize();
  const { rows, rowHeight } = rowsIn(height);
  const { priceDecimals, quantityDecimals } = units;

  const best = book.bids[0]?.[0] ?? book.asks[0]?.[0] ?? null;
  const groupings = groupingsAt(best, units.market.tick_size, priceDecimals);
  const [chosen, choose] = useState<string | null>(null);
  const grouping = groupings.find((each) => each === chosen) ?? groupings[0];
  const step = grouping === undefined ? tickUnits(units) : toUnits(grouping, priceDecimals);
  const ladder = useMemo(
    () => ladderOf(book, { priceDecimals, quantityDecimals, step, rows }),
    [book, priceDecimals, quantityDecimals, step, rows],
  );
  const own = useOwnGroups(userId, item, priceDecimals, step);
  const room = roomFor(ladder);
  return (
    <Panel
      title="Order book"
      className="area-book"
      actions={<Grouping groupings={groupings} value={grouping} onChange={choose} />}
    >
      <div
        className="ladder"
        data-stale={stale || undefined}
        style={{ '--price-digits': room.priceDigits } as CSSProperties}
      >
        <div className="ladder-head" aria-hidden="true">
          <span className="ladder-price">Price</span>
          <span>Quantity</span>
          <span>Total</span>
        </div>
        <div
          className="ladder-body"
          style={{ '--ladder-row': `${rowHeight}px` } as CSSProperties}
          role="table"
          aria-label={`Order book of ${item}: price, quantity, total`}
          ref={measure}
          onClick={pick}
          onKeyDown={moveFocus}
        >
          <LadderRows
            side="ask"
            levels={ladder.asks}
            rows={rows}
            own={own.asks}
            short={room.short}
          />
          <Spread item={item} spread={ladder.spread} percent={ladder.spreadPercent} />
          <LadderRows
            side="bid"
            levels={ladder.bids}
            rows={rows}
            own={own.bids}
            short={room.short}
          />
        </div>
        {best === null && (
          <div className="ladder-empty">
            <EmptyState title="No orders rest in this market">
              The first limit order opens its book.
            </EmptyState>
          </div>
        )}
      </div>
    </Panel>
  );
}

/** The rows in which own orders rest. */
function useOwnGroups(userId: number, item: string, decimals: number, step: bigint) {
  const own = useOwnPrices(userId, item);
  return useMemo(() => {
    const groups = (prices: ReadonlySet<string>, side: 'bid' | 'ask') => {
      const group = (price: string) => groupPrice(toUnits(price, decimals), side, step);
      return new Set([...prices].map((price) => fromUnits(group(price), decimals)));
    };
    return { bids: groups(own.BUY, 'bid'), asks: groups(own.SELL, 'ask') };
  }, [own, step, decimals]);
}

interface GroupingProps {
  groupings: readonly string[];
  value: string | undefined;
  onChange: (grouping: string) => void;
}

function Grouping({ groupings, value, onChange }: GroupingProps) {
  return (
    <label className="grouping">
      Group
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {groupings.map((each) => (
          <option key={each} value={each}>
            {separated(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** More digits than these do not fit side by side where the ladder is narrowest. */
const MOST_DIGITS = 27;

/** A price is always shown in full; where that leaves too little room for quantities, those are shortened. */
function roomFor({ asks, bids }: LadderView): { priceDigits: number; short: boolean } {
  const rows = [...asks, ...bids];
  const most = (digitsOf: (row: LadderRow) => number) => Math.max(0, ...rows.map(digitsOf));
  const priceDigits = most(({ price }) => separated(price).length);
  const quantityDigits = most(({ quantity }) => separated(quantity).length);
  const totalDigits = most(({ total }) => separated(total).length);
  return { priceDigits, short: priceDigits + quantityDigits + totalDigits > MOST_DIGITS };
}

/** As many rows of each side as fit, a little higher where space would be left over. */
function rowsIn(height: number): { rows: number; rowHeight: number } {
  const rem = remInPixels();
  const side = (height - SPREAD_REM * rem) / 2;
  const rows = Math.max(1, Math.floor(side / (ROW_REM * rem)));
  return { rows, rowHeight: Math.max(ROW_REM * rem, Math.floor(side / rows)) };
}

function pick({ target }: MouseEvent): void {
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
