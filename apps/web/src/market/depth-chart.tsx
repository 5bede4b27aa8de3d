import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { useThemeName } from '../theme/palette';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { useSize } from '../ui/use-size';
import { drawDepth, priceAtX } from './depth-canvas';
import './depth-chart.css';
import { useCalm } from './live/use-calm';
import { useBook, useStreamStatus } from './live/use-live';
import { useMarket, type MarketUnits } from './live/use-market';
import { compact, fromUnits, padded, separated } from './logic/decimal';
import { depthOf, pointAt, usualReach, type Depth } from './logic/depth';

interface DepthChartProps {
  item: string;
}

/** How much could be bought and sold up to which price. */
export function DepthChart({ item }: DepthChartProps) {
  const { units } = useMarket(item);
  const { value: book, error } = useBook(item);
  if (error !== null && book === null) {
    return (
      <EmptyState title="The depth can not be shown" role="alert">
        {error}
      </EmptyState>
    );
  }
  if (units === undefined || book === null) return <EmptyState title="Loading the depth …" />;
  if (book.bids.length + book.asks.length === 0) {
    return (
      <EmptyState title="No orders rest in this market">There is no depth to show.</EmptyState>
    );
  }
  return <DepthFigure key={item} item={item} units={units} />;
}

const EVERY_MS = 100;
const ZOOM = 1.6;
/** The window follows the book when they differ by more than this factor: it does not tremble. */
const CALM = 1.25;

function DepthFigure({ item, units }: DepthChartProps & { units: MarketUnits }) {
  const book = useCalm(useBook(item).value, EVERY_MS);
  const stale = useStreamStatus() !== 'open';
  const theme = useThemeName();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [measure, size] = useSize();
  const [zoom, setZoom] = useState(1);
  const [x, setX] = useState<number | null>(null);
  const { quantityDecimals, priceDecimals } = units;

  const usual = useMemo(() => (book === null ? 0 : usualReach(book)), [book]);
  const [calm, setCalm] = useState(usual);
  if (usual > calm * CALM || usual < calm / CALM) setCalm(usual);
  const reach = calm / zoom;
  const depth = useMemo(
    () => (book === null ? null : depthOf(book, reach, quantityDecimals)),
    [book, reach, quantityDecimals],
  );
  const hovered = useMemo(
    () =>
      depth === null || x === null
        ? null
        : pointAt(depth, priceAtX(x, size.width, depth.mid, reach)),
    [depth, x, size.width, reach],
  );

  useEffect(() => {
    if (canvas.current === null || depth === null || size.width === 0) return;
    drawDepth(canvas.current, size, { depth, reach, quantityDecimals, priceDecimals, hovered });
  }, [size, depth, reach, quantityDecimals, priceDecimals, hovered, theme]);

  const quantity = (units: bigint) => fromUnits(units, quantityDecimals);
  const onMove = (event: PointerEvent<HTMLElement>) => {
    setX(event.clientX - event.currentTarget.getBoundingClientRect().left);
  };
  return (
    <figure className="depth" aria-label={`Depth of ${item}`} data-stale={stale || undefined}>
      <figcaption>
        {hovered === null ? (
          <Sums depth={depth} quantity={quantity} />
        ) : (
          <span>
            <b className={hovered.side === 'bid' ? 'up' : 'down'}>
              {hovered.side === 'bid' ? 'Bids' : 'Asks'} to{' '}
              {separated(padded(hovered.point.priceText, priceDecimals))}
            </b>{' '}
            {separated(quantity(hovered.point.total))}
          </span>
        )}
        <span className="depth-zoom">
          <Button
            size="s"
            aria-label="Show prices farther off"
            disabled={zoom < 0.1}
            onClick={() => setZoom(zoom / ZOOM)}
          >
            −
          </Button>
          <Button
            size="s"
            aria-label="Show prices nearer to the middle"
            disabled={zoom > 100}
            onClick={() => setZoom(zoom * ZOOM)}
          >
            +
          </Button>
        </span>
      </figcaption>
      <div
        ref={measure}
        className="depth-area"
        onPointerMove={onMove}
        onPointerDown={onMove}
        onPointerLeave={() => setX(null)}
      >
        <canvas ref={canvas} aria-hidden="true" />
      </div>
    </figure>
  );
}

function Sums({ depth, quantity }: { depth: Depth | null; quantity: (units: bigint) => string }) {
  const sum = (side: 'bids' | 'asks') => compact(quantity(depth?.[side].at(-1)?.total ?? 0n));
  return (
    <span>
      <span className="up">Bids {sum('bids')}</span>
      <span className="soft"> · </span>
      <span className="down">Asks {sum('asks')}</span>
      <span className="soft"> in sight</span>
    </span>
  );
}
