import { EmptyState } from '../ui/empty-state';

interface MarketSummaryProps {
  item: string;
}

export function MarketSummary({ item }: MarketSummaryProps) {
  return <EmptyState title="Summary">{item}</EmptyState>;
}
