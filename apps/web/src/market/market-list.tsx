import {
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { goTo } from '../route';
import { useStored } from '../session/stored';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { useDirectory } from './live/directory';
import { searched, type MarketOrder } from './logic/market-search';
import { MarketRows } from './market-rows';
import './market-list.css';

interface MarketListProps {
  item: string | null;
  /** Somebody chose a market. */
  onChosen: () => void;
  search: RefObject<HTMLInputElement | null>;
}

const parseOrder = (text: string | null): MarketOrder => (text === 'activity' ? text : 'name');

/** All markets, and the way to any other. */
export function MarketList({ item, onChosen, search }: MarketListProps) {
  const { markets, complete, error } = useDirectory();
  const [text, setText] = useState('');
  const [order, setOrder] = useStored<MarketOrder>('market-order', parseOrder);
  const [active, setActive] = useState<number | null>(null);
  useSearchKey(search);
  const id = useId();

  const wanted = useDeferredValue(text);
  const found = useMemo(() => searched(markets, wanted, order), [markets, wanted, order]);
  const typed = wanted.trim();
  const fresh = typed !== '' && complete && !markets.some((each) => each.item === typed);
  const items = useMemo(() => found.map((each) => each.item), [found]);
  const count = items.length + (fresh ? 1 : 0);

  const choose = (chosen: string) => {
    goTo({ view: 'trade', item: chosen });
    setText('');
    setActive(null);
    search.current?.blur();
    onChosen();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      const from = active ?? (step > 0 ? -1 : count);
      setActive(Math.max(0, Math.min(count - 1, from + step)));
    } else if (event.key === 'Enter') {
      const at = active ?? 0;
      const chosen = items[at] ?? (fresh ? typed : undefined);
      if (chosen !== undefined && (active !== null || typed !== '')) choose(chosen);
    } else if (event.key === 'Escape') {
      setText('');
      setActive(null);
      search.current?.blur();
    }
  };

  return (
    <div className="market-list">
      <div className="market-search">
        <input
          ref={search}
          type="search"
          role="combobox"
          aria-label="Search markets, or type a new one"
          aria-controls={`${id}-list`}
          aria-expanded={count > 0}
          aria-autocomplete="list"
          aria-activedescendant={active === null ? undefined : `${id}-${active}`}
          placeholder="Search or open a market"
          autoComplete="off"
          spellCheck={false}
          maxLength={255}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div className="market-head">
        <Button
          kind="quiet"
          size="s"
          title={order === 'name' ? 'Sort by activity' : 'Sort by name'}
          onClick={() => setOrder(order === 'name' ? 'activity' : 'name')}
        >
          {order === 'name' ? 'A–Z' : 'Most active'} <span aria-hidden="true">↕</span>
        </Button>
        <span className="soft">
          {markets.length > 0 &&
            `${found.length.toLocaleString('en')} ${found.length === 1 ? 'market' : 'markets'}`}
        </span>
      </div>
      {count === 0 ? (
        <Nothing complete={complete} error={error} typed={typed} />
      ) : (
        <MarketRows
          id={id}
          markets={found}
          fresh={fresh ? typed : null}
          shown={item}
          active={active}
          onChoose={choose}
        />
      )}
    </div>
  );
}

function Nothing(props: { complete: boolean; error: string | null; typed: string }) {
  if (props.error !== null) {
    return (
      <EmptyState title="The markets can not be read" role="alert">
        Trying again. {props.error}
      </EmptyState>
    );
  }
  if (!props.complete) return <EmptyState title="Loading markets …" />;
  return <EmptyState title="No markets yet">Type a name above: any item can be traded.</EmptyState>;
}

/** "/" leads to the search from anywhere but a field. */
function useSearchKey(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest('input, textarea, select')) return;
      if (search.current?.offsetParent === null) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [search]);
}
