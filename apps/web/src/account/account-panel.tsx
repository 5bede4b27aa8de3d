import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useStored } from '../session/stored';
import { Choice } from '../ui/choice';
import { Tabs } from '../ui/tabs';
import './account.css';
import { OrderHistory } from './history/order-history';
import { keyOfTrade, OwnTrades } from './history/own-trades';
import { useList } from './history/use-list';
import { CancelAll } from './orders/cancel-all';
import { OpenOrders } from './orders/open-orders';
import { historyRows } from './orders/order-row';
import { useOrderActions } from './orders/use-order-actions';
import { useOrders } from './orders/use-orders';
import { isFlat } from './positions/profit';
import { PositionsTable } from './positions/positions-table';
import { usePositions } from './positions/use-positions';
import { readFillDelayMs, readOrders, readTrades } from './requests';
import { useStreamStatus } from './use-stream-status';

interface AccountPanelProps {
  /** The market that is shown; the panel can be narrowed to it. */
  item: string | null;
  userId: number;
}

type Tab = 'open' | 'history' | 'trades' | 'positions';
type Scope = 'market' | 'all';

const SCOPES: readonly { value: Scope; label: string }[] = [
  { value: 'market', label: 'This market' },
  { value: 'all', label: 'All' },
];

function parseScope(text: string | null): Scope {
  return text === 'market' ? 'market' : 'all';
}

/** A user's orders, trades and positions. */
export function AccountPanel({ item, userId }: AccountPanelProps) {
  const [tab, setTab] = useState<Tab>('open');
  const [scope, setScope] = useStored('scope', parseScope);
  const only = scope === 'market' ? item : null;
  const { view, orders } = useOrders(userId);
  const actions = useOrderActions(userId, view, orders);
  const { data: fillDelayMs = null } = useQuery({
    queryKey: ['account', 'fill-delay'],
    queryFn: readFillDelayMs,
    staleTime: Infinity,
  });
  const history = useList({
    queryKey: ['history', userId, only],
    read: (cursor) => readOrders(userId, only, cursor),
    keyOf: ({ id }) => id,
    changes: view.resets + view.dropped,
  });
  const trades = useList({
    queryKey: ['trades', userId, only],
    read: (cursor) => readTrades(userId, only, cursor),
    keyOf: keyOfTrade,
    changes: view.fills + view.resets,
  });
  const positions = usePositions(userId, view.fills + view.resets);
  const complete = !history.more && !history.loading;
  const past = useMemo(
    () => historyRows(history.rows, view.ended, only, complete),
    [history.rows, view.ended, only, complete],
  );
  const open = view.live.filter(({ order }) => only === null || order.item === only);
  const held = (positions.data ?? []).filter(
    (each) => !isFlat(each) && (only === null || each.item === only),
  );
  const more = (list: { more: boolean }) => (list.more ? '+' : '');
  const tabs: { value: Tab; label: React.ReactNode }[] = [
    {
      value: 'open',
      label: <Label text="Open" long=" orders" count={view.synced ? open.length : null} />,
    },
    {
      value: 'history',
      label: (
        <Label text="History" count={history.loading ? null : past.length} more={more(history)} />
      ),
    },
    {
      value: 'trades',
      label: (
        <Label
          text="Trades"
          count={trades.loading ? null : trades.rows.length}
          more={more(trades)}
        />
      ),
    },
    {
      value: 'positions',
      label: <Label text="Positions" count={positions.isPending ? null : held.length} />,
    },
  ];
  return (
    <Tabs
      label="Account"
      tabs={tabs}
      value={tab}
      onChange={setTab}
      actions={
        <div className="account-actions">
          {tab === 'open' && <CancelAll view={view} item={only} actions={actions} />}
          {item !== null && (
            <Choice label="Markets" options={SCOPES} value={scope} onChange={setScope} />
          )}
        </div>
      }
    >
      <div className="account" data-tab={tab}>
        <Connection />
        {tab === 'open' && (
          <OpenOrders view={view} item={only} actions={actions} fillDelayMs={fillDelayMs} />
        )}
        {tab === 'history' && <OrderHistory list={history} rows={past} item={only} />}
        {tab === 'trades' && <OwnTrades list={trades} item={only} />}
        {tab === 'positions' && <PositionsTable query={positions} item={only} />}
      </div>
    </Tabs>
  );
}

interface LabelProps {
  text: string;
  /** Left out where there is little room. */
  long?: string;
  count: number | null;
  more?: string;
}

function Label({ text, long, count, more = '' }: LabelProps) {
  return (
    <>
      {text}
      {long !== undefined && <span className="tab-long">{long}</span>}
      {count !== null && (
        <span className="tab-count">
          {count}
          {more}
        </span>
      )}
    </>
  );
}

/** What is shown while nothing is told may be old. */
function Connection() {
  const status = useStreamStatus();
  if (status !== 'reconnecting') return null;
  return (
    <p className="account-stale" role="status">
      Reconnecting … what is shown may be old.
    </p>
  );
}
