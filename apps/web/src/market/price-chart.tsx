import { EmptyState } from '../ui/empty-state';

interface PriceChartProps {
  item: string;
}

export function PriceChart({ item }: PriceChartProps) {
  return <EmptyState title="Chart">{item}</EmptyState>;
}
