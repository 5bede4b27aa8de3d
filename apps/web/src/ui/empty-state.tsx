import type { ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  /** `alert` is read out at once. */
  role?: 'status' | 'alert';
}

/** What stands where there is nothing to show yet, or where something went wrong. */
export function EmptyState({ title, children, role = 'status' }: EmptyStateProps) {
  return (
    <div className="empty-state" role={role}>
      <strong>{title}</strong>
      {children !== undefined && <span>{children}</span>}
    </div>
  );
}
