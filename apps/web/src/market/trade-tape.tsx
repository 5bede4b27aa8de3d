import { EmptyState } from '../ui/empty-state';

interface TradeTapeProps {
  item: string;
}

export function TradeTape({ item }: TradeTapeProps) {
  return <EmptyState title="Trades">{item}</EmptyState>;
}
