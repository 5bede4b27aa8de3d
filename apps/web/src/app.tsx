import { lazy, Suspense, useCallback } from 'react';
import './app.css';
import { hashOf, useRoute } from './route';
import { ConnectionBadge } from './session/connection-badge';
import { useStored } from './session/stored';
import { ThemeSwitch } from './session/theme-switch';
import { parseUserId, UserField } from './session/user-field';
import { TradingView } from './trading-view';
import { EmptyState } from './ui/empty-state';

/** Most come to trade: the other view's code is fetched when somebody looks at it. */
const OperationsView = lazy(async () => {
  const { OperationsView: view } = await import('./operations/operations-view');
  return { default: view };
});

export function App() {
  const route = useRoute();
  const [userId, setUserId] = useStored('user', parseUserId);
  const changeUser = useCallback((next: number) => setUserId(next), [setUserId]);
  return (
    <div className="app">
      <header className="app-head">
        <a className="brand" href="#/">
          <img src="./icon.svg" alt="" width="24" height="24" />
          <span>TradeFlow</span>
        </a>
        <nav aria-label="Views">
          <a
            href={hashOf({ view: 'trade', item: null })}
            aria-current={route.view === 'trade' ? 'page' : undefined}
          >
            Trade
          </a>
          <a
            href={hashOf({ view: 'operations' })}
            aria-current={route.view === 'operations' ? 'page' : undefined}
          >
            Operations
          </a>
          <a href="./docs">API</a>
        </nav>
        <div className="app-session">
          <ConnectionBadge />
          <UserField userId={userId} onChange={changeUser} />
          <ThemeSwitch />
        </div>
      </header>
      <main className="app-main">
        {route.view === 'operations' ? (
          <Suspense fallback={<EmptyState title="Loading …" />}>
            <OperationsView />
          </Suspense>
        ) : (
          <TradingView item={route.item} userId={userId} />
        )}
      </main>
    </div>
  );
}
