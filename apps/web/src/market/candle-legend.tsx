import type { MarketUnits } from './live/use-market';
import type { Candle } from './logic/candle-series';
import { compact, fromUnits, percentOf, separated, signed, signOf, toUnits } from './logic/decimal';

interface CandleLegendProps {
  /** `traded`: of its own time; otherwise the last one before a time without trades. */
  shown: { candle: Candle; traded: boolean } | undefined;
  units: MarketUnits;
}

/** What the candle under the pointer says, or the last one. */
export function CandleLegend({ shown, units }: CandleLegendProps) {
  if (shown === undefined) return <p className="candle-legend" />;
  const { close, volume } = shown.candle;
  const [open, high, low] = shown.traded
    ? [shown.candle.open, shown.candle.high, shown.candle.low]
    : [close, close, close];
  const { priceDecimals: decimals } = units;
  const change = fromUnits(toUnits(close, decimals) - toUnits(open, decimals), decimals);
  const percent = percentOf(change, open);
  const direction = { [-1]: 'down', 0: '', 1: 'up' }[signOf(change)];
  return (
    <p className="candle-legend">
      <Part name="O" value={separated(open)} />
      <Part name="H" value={separated(high)} />
      <Part name="L" value={separated(low)} />
      <Part name="C" value={separated(close)} />
      <Part name="Vol" value={shown.traded ? compact(volume) : '0'} />
      <span className={direction}>{percent === null ? '' : `${signed(percent)}%`}</span>
    </p>
  );
}

function Part({ name, value }: { name: string; value: string }) {
  return (
    <span>
      <span className="soft">{name}</span> {value}
    </span>
  );
}
