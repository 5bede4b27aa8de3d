import { memo, useEffect, useRef } from 'react';
import { remInPixels } from '../ui/use-size';
import { useWindow } from '../ui/use-window';
import type { Market } from './live/directory';
import { useTicker } from './live/use-live';
import { MARKET_STATES } from './market-states';
import { compact, percentOf, separated, signed, signOf } from './logic/decimal';

interface MarketRowsProps {
  id: string;
  markets: readonly Market[];
  /** An item that nobody has traded yet and that can be opened. */
  fresh: string | null;
  /** The market that the page shows. */
  shown: string | null;
  /** Where the arrow keys are. */
  active: number | null;
  onChoose: (item: string) => void;
}

const ROW_REM = 2.5;

/** Only the rows in sight exist, so that many thousands of markets cost as much as a few. */
export function MarketRows({ id, markets, fresh, shown, active, onChoose }: MarketRowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const row = ROW_REM * remInPixels();
  const count = markets.length + (fresh === null ? 0 : 1);
  const { measure, onScroll, from, to } = useWindow(count, row);

  useEffect(() => {
    const element = list.current;
    if (element === null || active === null) return;
    const [above, below] = [active * row, (active + 1) * row];
    if (above < element.scrollTop) element.scrollTop = above;
    else if (below > element.scrollTop + element.clientHeight) {
      element.scrollTop = below - element.clientHeight;
    }
  }, [active, row]);

  return (
    <div className="market-rows" ref={measure}>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Markets"
        tabIndex={-1}
        onScroll={onScroll}
      >
        <div className="market-space" role="presentation" style={{ height: count * row }}>
          {Array.from({ length: Math.max(0, to - from) }, (_, at) => {
            const place = from + at;
            const market = markets[place];
            const item = market?.item ?? fresh ?? '';
            return (
              <div
                key={item}
                id={`${id}-${place}`}
                role="option"
                aria-selected={item === shown}
                aria-setsize={count}
                aria-posinset={place + 1}
                className={place === active ? 'market-row active' : 'market-row'}
                style={{ transform: `translateY(${place * row}px)` }}
                onClick={() => onChoose(item)}
              >
                {market === undefined ? <FreshRow item={item} /> : <MarketRow market={market} />}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function FreshRow({ item }: { item: string }) {
  return (
    <>
      <b>{item}</b>
      <span />
      <span className="soft">Open as a new market</span>
      <span />
    </>
  );
}

const MarketRow = memo(function MarketRow({ market }: { market: Market }) {
  const { value: ticker } = useTicker(market.item);
  const last = ticker?.last ?? market.last_price;
  const change = ticker?.change ?? null;
  const open = ticker?.open ?? null;
  const percent = change === null || open === null ? null : percentOf(change, open);
  const sign = signOf(percent ?? '0');
  return (
    <>
      <b title={market.item}>{market.item}</b>
      <span className="num">{last === null ? '–' : separated(last)}</span>
      <span className="soft">
        {market.state === 'TRADING' ? (
          <>Vol {ticker === null ? '–' : compact(ticker.volume)}</>
        ) : (
          <span className={`market-state ${market.state}`}>{MARKET_STATES[market.state].word}</span>
        )}
      </span>
      <span className={`num ${{ [-1]: 'down', 0: 'soft', 1: 'up' }[sign]}`}>
        {percent === null ? '–' : `${signed(percent)}%`}
      </span>
    </>
  );
});
