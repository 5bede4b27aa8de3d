import { useEffect, useRef, useState } from 'react';
import { AccountPanel } from './account/account-panel';
import { OrderTicket } from './account/order-ticket';
import { DepthChart } from './market/depth-chart';
import { IntervalChoice } from './market/interval-choice';
import { useInterval } from './market/live/use-interval';
import { MarketList } from './market/market-list';
import { MarketSummary } from './market/market-summary';
import { OrderBook } from './market/order-book';
import { PriceChart } from './market/price-chart';
import { TradeTape } from './market/trade-tape';
import { useSomeMarket } from './session/last-market';
import { clearDraftPrice, useDraftPrice } from './session/ticket-draft';
import './trading-view.css';
import { Choice } from './ui/choice';
import { EmptyState } from './ui/empty-state';
import { Panel } from './ui/panel';
import { Tabs } from './ui/tabs';

interface TradingViewProps {
  item: string | null;
  userId: number;
}

/** On a narrow screen one of these is shown at a time. */
const SCREENS = [
  { value: 'markets', label: 'Markets' },
  { value: 'chart', label: 'Chart' },
  { value: 'book', label: 'Book' },
  { value: 'trade', label: 'Trade' },
  { value: 'orders', label: 'Orders' },
] as const;
type Screen = (typeof SCREENS)[number]['value'];

const CHARTS = [
  { value: 'price', label: 'Price' },
  { value: 'depth', label: 'Depth' },
] as const;
type Chart = (typeof CHARTS)[number]['value'];

export function TradingView({ item, userId }: TradingViewProps) {
  useSomeMarket(item);
  const [screen, setScreen] = useScreen(item);
  const search = useRef<HTMLInputElement>(null);
  const openSearch = () => {
    setScreen('markets');
    // On a phone the field is there once the screen is.
    requestAnimationFrame(() => search.current?.focus());
  };
  return (
    <div className="trading" data-screen={screen}>
      <Choice
        label="Screen"
        className="screens"
        options={SCREENS}
        value={screen}
        onChange={setScreen}
      />
      <Panel title="Markets" className="area-markets">
        <MarketList item={item} search={search} onChosen={() => setScreen('chart')} />
      </Panel>
      <div className="area-summary">
        {item === null ? (
          <h1>No market chosen</h1>
        ) : (
          <MarketSummary item={item} onSearch={openSearch} />
        )}
      </div>
      <div className="area-chart">
        <Charts item={item} />
      </div>
      {item === null ? (
        <Panel title="Order book" className="area-book">
          <NoMarket />
        </Panel>
      ) : (
        <OrderBook item={item} userId={userId} />
      )}
      <Panel title="Trades" className="area-tape">
        {item === null ? <NoMarket /> : <TradeTape key={item} item={item} />}
      </Panel>
      <Panel title="Place an order" className="area-ticket">
        <OrderTicket item={item ?? ''} userId={userId} />
      </Panel>
      <div className="area-account">
        <AccountPanel item={item} userId={userId} />
      </div>
    </div>
  );
}

/** A price that was picked is looked at in the ticket, where only one screen is shown. */
function useScreen(item: string | null): [Screen, (screen: Screen) => void] {
  const [screen, setScreen] = useState<Screen>(item === null ? 'markets' : 'chart');
  const draft = useDraftPrice();
  useEffect(() => {
    if (draft !== null) setScreen('trade');
  }, [draft]);
  useEffect(() => clearDraftPrice, [item]);
  return [screen, setScreen];
}

function Charts({ item }: { item: string | null }) {
  const [chart, setChart] = useState<Chart>('price');
  const [interval, setInterval] = useInterval(item);
  const choice = chart === 'price' && <IntervalChoice value={interval} onChange={setInterval} />;
  return (
    <Tabs label="Chart" tabs={CHARTS} value={chart} onChange={setChart} actions={choice}>
      {item === null ? (
        <NoMarket />
      ) : chart === 'price' ? (
        <PriceChart item={item} interval={interval} />
      ) : (
        <DepthChart item={item} />
      )}
    </Tabs>
  );
}

function NoMarket() {
  return (
    <EmptyState title="No market chosen">
      Choose one from the list, or place the first order of a new one.
    </EmptyState>
  );
}
