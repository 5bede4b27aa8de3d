import { useId, type KeyboardEvent, type PointerEvent } from 'react';
import { areaPath, frameOf, HEIGHT, linePath, nearest, placeOf, segmentsOf, WIDTH } from './chart';
import { type FigureCard, pointsOf } from './figures';
import { clock } from './format';
import { type Moment, SHOWN_MS } from './history';
import { momentInWords, summaryOf } from './summary';
import './trend-chart.css';

interface TrendChartProps {
  card: FigureCard;
  moments: readonly Moment[];
  /** The time that is pointed at, in whichever chart; null: none. */
  cursorMs: number | null;
  onCursor: (timeMs: number | null) => void;
}

/** How many samples a key moves the cursor by. */
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -15,
  PageUp: 15,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The last five minutes of a figure. A moment is chosen by pointing, or by the arrow keys. */
export function TrendChart({ card, moments, cursorMs, onCursor }: TrendChartProps) {
  const id = useId();
  const lines = card.lines.map((line) => pointsOf(moments, line));
  const latest = moments.at(-1);
  const frame = frameOf(lines, latest?.timeMs ?? SHOWN_MS, SHOWN_MS, card.least);
  const segments = lines.map((points) => segmentsOf(points, frame));
  const shown = cursorMs === null ? undefined : moments[nearest(moments, cursorMs)];
  const current = shown ?? latest;

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    onCursor(frame.fromMs + share * (frame.toMs - frame.fromMs));
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCursor(null);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = current === undefined ? -1 : moments.indexOf(current);
    const next = moments[Math.min(moments.length - 1, Math.max(0, at + step))];
    if (next !== undefined) onCursor(next.timeMs);
  };
  const x = shown === undefined ? 0 : placeOf(shown.timeMs, 0, frame).x;
  return (
    <div
      className="trend-chart"
      role="slider"
      tabIndex={0}
      aria-label={`${card.title}, the last five minutes`}
      aria-describedby={id}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, moments.length - 1)}
      aria-valuenow={current === undefined ? 0 : moments.indexOf(current)}
      aria-valuetext={
        current === undefined
          ? 'nothing yet'
          : `${clock(current.timeMs)}: ${momentInWords(card, current)}`
      }
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => onCursor(null)}
      onBlur={() => onCursor(null)}
      onKeyDown={move}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="trend-grid" d={`M0,${HEIGHT / 2}H${WIDTH}`} />
        <path className="trend-area" d={areaPath(segments[0] ?? [])} />
        {segments.map((each, index) => (
          <path
            key={card.lines[index]?.label}
            className={`trend-line trend-line-${index}`}
            d={linePath(each)}
          />
        ))}
        {shown !== undefined && <path className="trend-cursor" d={`M${x},0V${HEIGHT}`} />}
      </svg>
      <span id={id} className="visually-hidden">
        {summaryOf(card, moments)}
      </span>
    </div>
  );
}
