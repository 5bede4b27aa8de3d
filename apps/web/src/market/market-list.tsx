import { EmptyState } from '../ui/empty-state';

interface MarketListProps {
  item: string | null;
}

export function MarketList({ item }: MarketListProps) {
  return <EmptyState title="Markets">{item}</EmptyState>;
}
