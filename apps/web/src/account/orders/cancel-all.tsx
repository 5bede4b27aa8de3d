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
  const many = mine.length === 1 ? 'the order' : `all ${mine.length} orders`;
  const where = item === null ? 'in all markets' : `in ${item}`;
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
          keep="Keep them"
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
