import { EmptyState } from '../ui/empty-state';

interface DepthChartProps {
  item: string;
}

export function DepthChart({ item }: DepthChartProps) {
  return <EmptyState title="Depth">{item}</EmptyState>;
}
