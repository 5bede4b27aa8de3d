import { useState } from 'react';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import type { OrdersView } from './order-log';
import type { OrderActions } from './use-order-actions';

interface CancelAllProps {
  view: OrdersView;
  item: string | null;
  actions: OrderActions;
}

export function CancelAll({ view, item, actions }: CancelAllProps) {
  const [asking, setAsking] = useState(false);
  const mine = view.live.filter(({ order }) => item === null || order.item === item);
  const one = mine.length === 1 ? (mine[0]?.order ?? null) : null;
  const many = one === null ? `all ${mine.length} orders` : 'the order';
  const market = item ?? one?.item ?? null;
  const where = market === null ? 'in all markets' : `in ${market}`;
  return (
    <>
      <Button
        size="s"
        kind="danger"
        disabled={mine.length === 0}
        title={`Cancel ${many} ${where}`}
        onClick={() => setAsking(true)}
      >
        Cancel all
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Cancel ${many} ${where}?`}
          confirm={`Cancel ${many}`}
          keep={one === null ? 'Keep them' : 'Keep it'}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            actions.cancelEverything(
              item,
              mine.map(({ order }) => order.id),
            )
          }
        >
          Orders that are placed at this very moment are cancelled too. What has been filled stays
          filled.
        </ConfirmDialog>
      )}
    </>
  );
}
