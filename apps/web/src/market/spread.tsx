import { memo } from 'react';
import { useTicker } from './live/use-live';
import { useTrend } from './live/use-trend';
import { separated } from './logic/decimal';

interface SpreadProps {
  item: string;
  spread: string | null;
  percent: string | null;
}

/** Between asks and bids: the last price, and how far both sides are apart. */
export const Spread = memo(function Spread({ item, spread, percent }: SpreadProps) {
  const last = useTicker(item).value?.last ?? null;
  const trend = useTrend(last);
  return (
    <div className="spread" role="row">
      <span role="cell" className={`spread-last ${trend}`}>
        {last === null ? '–' : separated(last)}
        <span aria-hidden="true">{{ up: ' ▲', down: ' ▼', '': '' }[trend]}</span>
        <span className="visually-hidden"> last price</span>
      </span>
      <span
        role="cell"
        className="spread-width"
        title={spread === null ? undefined : `Spread ${separated(spread)}, ${percent}%`}
      >
        {spread === null ? (
          'No spread'
        ) : (
          <>
            Spread <b>{separated(spread)}</b> {percent}%
          </>
        )}
      </span>
    </div>
  );
});
