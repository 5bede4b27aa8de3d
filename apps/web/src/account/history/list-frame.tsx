import type { ReactNode } from 'react';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import type { List } from './use-list';

interface ListFrameProps<T> {
  list: List<T>;
  /** How many rows are shown of those that were read. */
  count: number;
  /** Plural: "trades". */
  what: string;
  /** Stands where there are none. */
  empty: string;
  children: ReactNode;
}

/** Loading, error, empty, the table, and more of it. */
export function ListFrame<T>({ list, count, what, empty, children }: ListFrameProps<T>) {
  if (list.loading) return <EmptyState title={`Loading ${what} …`} />;
  if (list.error !== null && count === 0) {
    return (
      <EmptyState title={`The ${what} could not be read`} role="alert">
        {list.error} <Button onClick={list.retry}>Try again</Button>
      </EmptyState>
    );
  }
  if (count === 0 && !list.more) return <EmptyState title={`No ${what}`}>{empty}</EmptyState>;
  return (
    <>
      {count > 0 && children}
      {list.more && (
        <div className="account-more">
          <Button size="s" disabled={list.loadingMore} onClick={list.loadMore}>
            {list.loadingMore ? 'Loading …' : 'Load more'}
          </Button>
          {list.error !== null && <span role="alert">{list.error}</span>}
        </div>
      )}
    </>
  );
}
