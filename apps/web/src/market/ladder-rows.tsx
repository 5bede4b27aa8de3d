import { memo, useEffect, useRef } from 'react';
import { Figure } from './figure';
import type { LadderRow } from './logic/ladder';

interface LadderRowsProps {
  side: 'bid' | 'ask';
  levels: readonly LadderRow[];
  rows: number;
  /** Prices at which own orders rest. */
  own: ReadonlySet<string>;
  /** Whether quantities are shortened. */
  short: boolean;
}

/** One side. Its rows stay where they are, and what stands in them changes: nothing jumps. */
export function LadderRows({ side, levels, rows, own, short }: LadderRowsProps) {
  const places = Array.from({ length: rows }, (_, at) => (side === 'bid' ? at : rows - 1 - at));
  return (
    <div role="rowgroup" aria-label={side === 'bid' ? 'Bids' : 'Asks'} className={`side ${side}`}>
      {places.map((place) => {
        const level = levels[place];
        return level === undefined ? (
          <div key={place} className="level" />
        ) : (
          <LevelRow
            key={place}
            side={side}
            price={level.price}
            quantity={level.quantity}
            total={level.total}
            share={level.share}
            mine={own.has(level.price)}
            best={place === 0}
            short={short}
          />
        );
      })}
    </div>
  );
}

interface LevelRowProps extends LadderRow {
  side: 'bid' | 'ask';
  mine: boolean;
  /** The keyboard enters a side at its best price. */
  best: boolean;
  short: boolean;
}

const LevelRow = memo(function LevelRow(props: LevelRowProps) {
  const { side, price, quantity, total, share, mine, best, short } = props;
  const flash = useFlash(price, quantity);
  return (
    <div
      role="row"
      className="level"
      data-price={price}
      style={{ backgroundSize: `${share * 100}% calc(100% - 2px)` }}
    >
      <span ref={flash} className="level-flash" />
      <span role="cell" className="ladder-price">
        <button
          type="button"
          tabIndex={best ? 0 : -1}
          title={mine ? 'You have an order here' : undefined}
          className={side === 'bid' ? 'up' : 'down'}
        >
          {mine && <span className="level-mine" aria-label="your order" role="img" />}
          <Figure text={price} />
        </button>
      </span>
      <span role="cell">
        <Figure text={quantity} short={short} />
      </span>
      <span role="cell">
        <Figure text={total} short={short} />
      </span>
    </div>
  );
});

const FLASH_MS = 400;
const REST_MS = 250;

/** Lights up when another quantity rests at the same price; not at every change while they come fast. */
function useFlash(price: string, quantity: string) {
  const element = useRef<HTMLSpanElement>(null);
  const before = useRef({ price, quantity, at: 0 });
  useEffect(() => {
    const { price: oldPrice, quantity: oldQuantity, at } = before.current;
    before.current = { price, quantity, at };
    if (price !== oldPrice || quantity === oldQuantity) return;
    const now = performance.now();
    if (now - at < REST_MS || reducedMotion.matches) return;
    before.current.at = now;
    element.current?.animate([{ opacity: 0.22 }, { opacity: 0 }], { duration: FLASH_MS });
  }, [price, quantity]);
  return element;
}

const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)');
