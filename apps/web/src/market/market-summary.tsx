import type { ReactNode } from 'react';
import { useTitle } from '../session/use-title';
import { useBook, useTicker } from './live/use-live';
import { useMarket } from './live/use-market';
import { useTrend } from './live/use-trend';
import { compact, percentOf, separated, signed, signOf } from './logic/decimal';
import { MARKET_STATES } from './market-states';
import './market-summary.css';

interface MarketSummaryProps {
  item: string;
  /** Somebody wants another market. */
  onSearch: () => void;
}

/** The market's name, its last price and what the last 24 hours brought. */
export function MarketSummary({ item, onSearch }: MarketSummaryProps) {
  const { units } = useMarket(item);
  const { value: ticker } = useTicker(item);
  const state = useBook(item).value?.state ?? units?.market.state;
  const last = ticker?.last ?? null;
  useTitle(`${last === null ? '' : `${separated(last)} `}${item} · TradeFlow`);
  return (
    <section className="summary" aria-label="Market summary">
      <div className="summary-name">
        <h1 title={item}>
          <button type="button" onClick={onSearch}>
            <bdi>{item}</bdi>
            <span className="visually-hidden">, choose another market</span>
            <span className="summary-other" aria-hidden="true">
              ▾
            </span>
          </button>
        </h1>
        {state !== undefined && (
          <span className={`state-badge ${state}`} title={MARKET_STATES[state].title}>
            {MARKET_STATES[state].word}
          </span>
        )}
      </div>
      <LastPrice key={item} last={last} />
      <dl>
        <Fact name="24h change">
          <Change change={ticker?.change ?? null} open={ticker?.open ?? null} />
        </Fact>
        <Fact name="24h high">{price(ticker?.high)}</Fact>
        <Fact name="24h low">{price(ticker?.low)}</Fact>
        <Fact name="24h volume" exact={ticker?.volume}>
          {ticker === null ? '–' : compact(ticker.volume)}
        </Fact>
        <Fact name="24h turnover" exact={ticker?.notional}>
          {ticker === null ? '–' : compact(ticker.notional)}
        </Fact>
        <Fact name="24h trades">{ticker === null ? '–' : separated(String(ticker.trades))}</Fact>
      </dl>
    </section>
  );
}

function LastPrice({ last }: { last: string | null }) {
  const trend = useTrend(last);
  return (
    <p className={`summary-last ${trend}`}>
      <span className="visually-hidden">Last price </span>
      {last === null ? '–' : separated(last)}
      <span className="summary-trend" aria-hidden="true">
        {{ up: '▲', down: '▼', '': '' }[trend]}
      </span>
    </p>
  );
}

interface FactProps {
  name: string;
  /** What a short number is in full. */
  exact?: string | undefined;
  children: ReactNode;
}

function Fact({ name, exact, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={exact === undefined ? undefined : separated(exact)}>{children}</dd>
    </div>
  );
}

function Change({ change, open }: { change: string | null; open: string | null }) {
  if (change === null || open === null) return '–';
  const percent = percentOf(change, open);
  return (
    <span className={{ [-1]: 'down', 0: '', 1: 'up' }[signOf(change)]}>
      {signed(change)} {percent !== null && <>({signed(percent)}%)</>}
    </span>
  );
}

function price(text: string | null | undefined): string {
  return text === null || text === undefined ? '–' : separated(text);
}
