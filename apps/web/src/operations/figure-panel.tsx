import { extentOf, nearest } from './chart';
import { type FigureCard, pointsOf } from './figures';
import './figure-panel.css';
import { clock, type Figure, inWords, NOTHING } from './format';
import type { Moment } from './history';
import { TrendChart } from './trend-chart';

interface FigurePanelProps {
  card: FigureCard;
  moments: readonly Moment[];
  cursorMs: number | null;
  onCursor: (timeMs: number | null) => void;
}

/**
 * One figure: what it is now, or was at the moment that is pointed at, and how it went. Every part has its place whether
 * there is a value or not.
 */
export function FigurePanel({ card, moments, cursorMs, onCursor }: FigurePanelProps) {
  const pointed = cursorMs === null ? undefined : moments[nearest(moments, cursorMs)];
  const shown = pointed ?? moments.at(-1);
  const valueOf = (of: (moment: Moment) => number | null) =>
    shown === undefined ? null : of(shown);
  const [first, ...others] = card.lines;
  const now = valueOf(first.of);
  const points = card.lines.flatMap((line) => pointsOf(moments, line));
  const extent = extentOf(points);
  const bound = (value: number | undefined) =>
    value === undefined ? NOTHING : inWords(card.format(value));
  return (
    <section
      className={pointed === undefined ? 'figure-panel' : 'figure-panel pointed'}
      aria-label={card.title}
    >
      <header className="figure-head">
        <h2>{card.title}</h2>
        {pointed !== undefined && <span className="figure-time num">{clock(pointed.timeMs)}</span>}
        <p>{card.note}</p>
      </header>
      <div className="figure-values">
        <Value
          figure={now === null ? null : card.format(now)}
          absent={card.absent}
          large
          {...(others.length > 0 ? { swatch: 0 } : {})}
        >
          {first.label}
        </Value>
        {others.map((line, index) => {
          const value = valueOf(line.of);
          return (
            <Value
              key={line.label}
              figure={value === null ? null : card.format(value)}
              swatch={index + 1}
            >
              {line.label}
            </Value>
          );
        })}
        {card.aside !== undefined && (
          <Value figure={asideFigure(card.aside, shown)}>{card.aside.label}</Value>
        )}
      </div>
      <TrendChart card={card} moments={moments} cursorMs={cursorMs} onCursor={onCursor} />
      <footer className="figure-foot">
        <span>−5 min</span>
        <span className="num">min {bound(extent?.min)}</span>
        <span className="num">max {bound(extent?.max)}</span>
        <span>now</span>
      </footer>
    </section>
  );
}

function asideFigure(aside: NonNullable<FigureCard['aside']>, moment: Moment | undefined) {
  const value = moment === undefined ? null : aside.of(moment);
  return value === null ? null : aside.format(value);
}

interface ValueProps {
  figure: Figure | null;
  /** Stands instead of the unit where there is no value. */
  absent?: string;
  large?: boolean;
  /** Which line of the chart it belongs to, where there are several. */
  swatch?: number;
  children: string;
}

function Value({ figure, absent, large = false, swatch, children }: ValueProps) {
  return (
    <span className={large ? 'figure-value large' : 'figure-value'}>
      {swatch !== undefined && (
        <span className={`figure-swatch figure-swatch-${swatch}`} aria-hidden="true" />
      )}
      <strong>{figure?.text ?? NOTHING}</strong>
      <span className="figure-unit">{figure?.unit ?? absent ?? ''}</span>
      {children !== '' && <span className="figure-label">{children}</span>}
    </span>
  );
}
