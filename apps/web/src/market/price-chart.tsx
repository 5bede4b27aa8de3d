import type { CandleInterval } from '@app/client';
import { useEffect, useRef, useState } from 'react';
import { useThemeName } from '../theme/palette';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import type { CandleCanvas } from './candle-canvas';
import { CandleLegend } from './candle-legend';
import { CandleText } from './candle-text';
import { CandleFeed } from './live/candle-feed';
import { useMarket, type MarketUnits } from './live/use-market';
import { INTERVAL_SECONDS, type Candle, type CandleSeries } from './logic/candle-series';
import './price-chart.css';

interface PriceChartProps {
  item: string;
  /** Null while it is not known. */
  interval: CandleInterval | null;
}

/** The chart's library is a third of the page's code: it comes while the rest is already there, asked for at once. */
const canvasModule = () => import('./candle-canvas');
canvasModule().catch(() => undefined);

/** Candles of a market, live, with all of their history behind them. */
export function PriceChart({ item, interval }: PriceChartProps) {
  const { units, error } = useMarket(item);
  if (units === undefined || interval === null) {
    return error === null ? (
      <EmptyState title="Loading the chart …" />
    ) : (
      <EmptyState title="The chart can not be shown" role="alert">
        {error}
      </EmptyState>
    );
  }
  const { tick_size } = units.market;
  return <Candles key={`${tick_size} ${interval} ${item}`} {...{ item, interval, units }} />;
}

interface Shown {
  candle: Candle;
  traded: boolean;
}

interface CandlesProps {
  item: string;
  interval: CandleInterval;
  units: MarketUnits;
}

function Candles({ item, interval, units }: CandlesProps) {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<CandleCanvas>(null);
  const [state, setState] = useState<'loading' | 'empty' | 'drawn'>('loading');
  const [error, setError] = useState<string | null>(null);
  const [series, setSeries] = useState<CandleSeries | null>(null);
  const [last, setLast] = useState<Candle | undefined>();
  const [pointed, setPointed] = useState<Shown | null>(null);
  const [away, setAway] = useState(false);
  const theme = useThemeName();
  const { priceDecimals } = units;
  const tick = Number(units.market.tick_size);

  useEffect(() => {
    const container = element.current;
    if (container === null) return undefined;
    let feed: CandleFeed | undefined;
    let closed = false;
    const show = (drawn: CandleSeries) => {
      setSeries(drawn);
      setLast(drawn.last);
      setState(drawn.size === 0 ? 'empty' : 'drawn');
    };
    const open = ({ CandleCanvas: Canvas }: Awaited<ReturnType<typeof canvasModule>>) => {
      if (closed) return;
      let known: CandleSeries | undefined;
      const drawing = new Canvas(container, {
        seconds: INTERVAL_SECONDS[interval],
        priceDecimals,
        tick,
        onPoint: (time) => setPointed(time === null ? null : (known?.at(time) ?? null)),
        onAway: setAway,
        onStart: () => void feed?.loadOlder(),
      });
      canvas.current = drawing;
      feed = new CandleFeed(item, interval, {
        redraw(drawn) {
          known = drawn;
          drawing.redraw(drawn.bars());
          show(drawn);
        },
        extend(bars, drawn) {
          drawing.extend(bars);
          if (bars.length > 0) show(drawn);
        },
        failed: setError,
      });
    };
    canvasModule().then(open, () => setError('The chart could not be loaded. Reload the page.'));
    return () => {
      closed = true;
      feed?.close();
      canvas.current?.close();
      canvas.current = null;
    };
  }, [item, interval, priceDecimals, tick]);

  useEffect(() => canvas.current?.paint(), [theme]);

  return (
    <figure className="price-chart" aria-label={`Candles of ${item}, ${interval}`}>
      <CandleLegend shown={pointed ?? (last && { candle: last, traded: true })} units={units} />
      <div className="price-canvas" ref={element} aria-hidden="true" />
      {state !== 'drawn' && (
        <div className="price-cover">
          <Cover state={state} error={error} />
        </div>
      )}
      {away && state === 'drawn' && (
        <Button size="s" className="price-latest" onClick={() => canvas.current?.catchUp()}>
          Latest <span aria-hidden="true">»</span>
        </Button>
      )}
      <a
        className="price-credit"
        href="https://www.tradingview.com/"
        target="_blank"
        rel="noreferrer"
      >
        Charts by TradingView
      </a>
      {series !== null && <CandleText series={series} interval={interval} />}
    </figure>
  );
}

function Cover({ state, error }: { state: 'loading' | 'empty'; error: string | null }) {
  if (error !== null) {
    return (
      <EmptyState title="The candles can not be read" role="alert">
        Trying again. {error}
      </EmptyState>
    );
  }
  return state === 'loading' ? (
    <EmptyState title="Loading candles …" />
  ) : (
    <EmptyState title="No trades yet">The first trade draws the first candle.</EmptyState>
  );
}
