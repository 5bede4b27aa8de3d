import { EmptyState } from '../ui/empty-state';

interface AccountPanelProps {
  /** The market that is shown; the panel can be narrowed to it. */
  item: string | null;
  userId: number;
}

/** A user's orders, trades and positions. */
export function AccountPanel({ item, userId }: AccountPanelProps) {
  return (
    <EmptyState title="Orders">
      {item} {userId}
    </EmptyState>
  );
}
