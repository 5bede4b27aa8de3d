import type { components } from '@app/client';
import { memo } from 'react';
import { EmptyState } from '../ui/empty-state';
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
  return (
    <div
      className="tape"
      data-stale={stale || undefined}
      role="region"
      aria-label={`Last trades of ${item}`}
      // Scrolled by the keyboard too.
      tabIndex={0}
    >
      <table aria-label="Trades, the newest first">
        <thead>
          <tr>
            <th scope="col">Price</th>
            <th scope="col">Quantity</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {tape.map((trade) => (
            <TapeRow key={trade.trade_id} trade={trade} decimals={units.quantityDecimals} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const TapeRow = memo(function TapeRow({ trade, decimals }: { trade: Trade; decimals: number }) {
  const bought = trade.taker_side === 'BUY';
  return (
    <tr>
      <td className={bought ? 'up' : 'down'}>
        <span aria-hidden="true" className="tape-side">
          {bought ? '▲' : '▼'}
        </span>
        <span className="visually-hidden">{bought ? 'bought at ' : 'sold at '}</span>
        {separated(trade.price)}
      </td>
      <td>
        <Figure text={padded(trade.quantity, decimals)} />
      </td>
      <td className="soft" title={fullTime(trade.executed_at)}>
        {tapeTime(trade.executed_at, Date.now())}
      </td>
    </tr>
  );
});
