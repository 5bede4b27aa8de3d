import type { CandleInterval } from '@app/client';
import { useEffect, useState } from 'react';
import { INTERVAL_SECONDS, type Candle, type CandleSeries } from './logic/candle-series';
import { barTime } from './logic/times';

interface CandleTextProps {
  series: CandleSeries;
  interval: CandleInterval;
}

const SHOWN = 12;
const EVERY_MS = 5000;

/** The chart for those who do not see it: its last candles as a table. */
export function CandleText({ series, interval }: CandleTextProps) {
  const [candles, setCandles] = useState<readonly Candle[]>(() => series.newest(SHOWN));
  useEffect(() => {
    const timer = setInterval(() => setCandles(series.newest(SHOWN)), EVERY_MS);
    return () => clearInterval(timer);
  }, [series]);
  return (
    <table className="visually-hidden">
      <caption>The last candles of {interval}, the newest first</caption>
      <thead>
        <tr>
          {['Begin', 'Open', 'High', 'Low', 'Close', 'Volume'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {candles.toReversed().map((candle) => (
          <tr key={candle.start}>
            <th scope="row">
              {barTime(Date.parse(candle.start) / 1000, INTERVAL_SECONDS[interval])}
            </th>
            <td>{candle.open}</td>
            <td>{candle.high}</td>
            <td>{candle.low}</td>
            <td>{candle.close}</td>
            <td>{candle.volume}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
