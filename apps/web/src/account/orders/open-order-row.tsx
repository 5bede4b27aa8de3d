import { memo, useRef } from 'react';
import { Button } from '../../ui/button';
import { MomentText } from '../moment-text';
import { Bar, MarketLink, OrderFilled, OrderName, OrderPrice, OrderTerms } from '../order-cells';
import { isBookOrder, isLive } from '../schemas';
import { AmendForm } from './amend-form';
import { countdown } from './countdown';
import type { Tracked } from './order-log';
import { hasTerms, reasonOf, statusOf } from './order-row';
import type { Pending } from './pending';
import { AmendIcon, CancelIcon } from './row-icons';
import type { OrderActions } from './use-order-actions';

interface OpenOrderRowProps {
  tracked: Tracked;
  pending: Pending | undefined;
  onCancel: OrderActions['cancel'];
  onAmend: OrderActions['amend'];
  fillDelayMs: number | null;
  nowMs: number;
  amending: boolean;
  onAmending: (id: number | null) => void;
  /** Where the rows are of one market, it need not be named. */
  item: string | null;
}

const COLUMNS = 8;

export const OpenOrderRow = memo(function OpenOrderRow(props: OpenOrderRowProps) {
  const { tracked, pending, onCancel, onAmend, amending, onAmending, item } = props;
  const { order } = tracked;
  const live = isLive(order);
  const underWay = pending?.kind === 'cancelling' || pending?.kind === 'amending';
  const placedAt = isBookOrder(order)
    ? order.created_at
    : tracked.fromStart
      ? new Date(tracked.seenMs).toISOString()
      : null;
  const what = `order ${order.id}`;
  const buttons = useRef<HTMLTableCellElement>(null);
  const close = () => {
    onAmending(null);
    buttons.current?.querySelector('button')?.focus();
  };
  return (
    <>
      <tr className={live ? undefined : 'ended'} data-order={order.id}>
        <td className="wide soft">
          <MomentText iso={placedAt} />
        </td>
        <td className="of-all">
          <MarketLink item={order.item} />
        </td>
        <td>
          <OrderName order={order} />
          <span className="second narrow">
            {item === null && <MarketLink item={order.item} />} <MomentText iso={placedAt} />
          </span>
          {hasTerms(order) && (
            <span className="second narrow">
              <OrderTerms order={order} />
            </span>
          )}
        </td>
        <td className="num">
          <OrderPrice order={order} />
        </td>
        <td className="num">
          <OrderFilled order={order} />
        </td>
        <td className="middle">
          <OrderTerms order={order} />
        </td>
        <td className="middle">
          <Status {...props} />
        </td>
        <td className="actions" ref={buttons}>
          <span className="narrow second">
            <Status {...props} />
          </span>
          {live && (
            <span className="row-actions">
              {isBookOrder(order) && (
                <Button
                  size="s"
                  aria-label={`Amend ${what}`}
                  title="Amend"
                  aria-expanded={amending}
                  aria-disabled={underWay}
                  onClick={() => !underWay && onAmending(amending ? null : order.id)}
                >
                  <AmendIcon />
                  <span className="row-word">Amend</span>
                </Button>
              )}
              <Button
                size="s"
                aria-label={`Cancel ${what}`}
                title="Cancel"
                aria-disabled={underWay}
                onClick={() => !underWay && onCancel(order)}
              >
                <CancelIcon />
                <span className="row-word">Cancel</span>
              </Button>
            </span>
          )}
        </td>
      </tr>
      {live && amending && isBookOrder(order) && (
        <tr className="amend-row">
          <td colSpan={COLUMNS}>
            <AmendForm
              order={order}
              onAmend={(body) => {
                onAmend(order, body);
                close();
              }}
              onClose={close}
            />
          </td>
        </tr>
      )}
      {live && pending?.kind === 'refused' && (
        <tr className="refused-row">
          <td colSpan={COLUMNS}>
            <p role="alert">
              Order {order.id}: {pending.message}
            </p>
          </td>
        </tr>
      )}
    </>
  );
});

function Status({ tracked, pending, fillDelayMs, nowMs }: OpenOrderRowProps) {
  const { order, seenMs, fromStart } = tracked;
  if (!isLive(order)) {
    const reason = reasonOf(order);
    return <strong title={reason ?? undefined}>{statusOf(order)}</strong>;
  }
  if (pending?.kind === 'cancelling') return <span className="under-way">Cancelling …</span>;
  if (pending?.kind === 'amending') return <span className="under-way">Amending …</span>;
  if (isBookOrder(order)) return <>{statusOf(order)}</>;
  const { text, share } = countdown(seenMs, fromStart, fillDelayMs, nowMs);
  return (
    <span className="countdown">
      {text}
      <Bar share={share} className="plain" />
    </span>
  );
}
