import { EmptyState } from '../ui/empty-state';

export function OperationsView() {
  return <EmptyState title="Operations" />;
}
