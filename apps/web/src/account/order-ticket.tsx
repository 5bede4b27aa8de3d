import { EmptyState } from '../ui/empty-state';

interface OrderTicketProps {
  item: string;
  userId: number;
}

export function OrderTicket({ item, userId }: OrderTicketProps) {
  return (
    <EmptyState title="Order ticket">
      {item} {userId}
    </EmptyState>
  );
}
