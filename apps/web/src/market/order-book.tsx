import { EmptyState } from '../ui/empty-state';

interface OrderBookProps {
  item: string;
}

export function OrderBook({ item }: OrderBookProps) {
  return <EmptyState title="Order book">{item}</EmptyState>;
}
