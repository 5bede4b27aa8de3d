import {
  type KeyboardEvent,
  type SubmitEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { goTo } from '../route';
import { useDraftPrice } from '../session/ticket-draft';
import { Choice } from '../ui/choice';
import { Field } from '../ui/field';
import { showToast } from '../ui/toast-list';
import { Toasts } from '../ui/toasts';
import { useOrders } from './orders/use-orders';
import type { Order, OrderSide } from './schemas';
import { DEFAULT_RULES, unit } from './ticket/check-ticket';
import { hasPrice, hasStopPrice, type Field as TicketField } from './ticket/fields';
import { KindChoice } from './ticket/kind-choice';
import { stateRefusal } from './ticket/market-state';
import { MoreOptions } from './ticket/more-options';
import { Shortcuts, useShortcuts } from './ticket/shortcuts';
import { SizeFields } from './ticket/size-fields';
import './ticket/ticket.css';
import { TicketFoot } from './ticket/ticket-foot';
import { TimeInForceChoice } from './ticket/time-in-force';
import { useFollowedOrders } from './ticket/use-followed-orders';
import { type Ticket, useTicket } from './ticket/use-ticket';
import { useBookTop, useLastPrice, useMarket } from './use-market';
import { useSettled } from './use-settled';

interface OrderTicketProps {
  /** Empty where no market is chosen: then the ticket asks for one. */
  item: string;
  userId: number;
}

const SIDES: readonly { value: OrderSide; label: string; className: string }[] = [
  { value: 'BUY', label: 'Buy', className: 'side-buy' },
  { value: 'SELL', label: 'Sell', className: 'side-sell' },
];

/** Places orders of every type. */
export function OrderTicket({ item, userId }: OrderTicketProps) {
  const form = useRef<HTMLFormElement>(null);
  const { view, orders } = useOrders(userId);
  const follow = useFollowedOrders(view, orders);
  const onPlaced = useCallback(
    (order: Order, existed: boolean) => {
      if (existed) showToast(placedBefore(order));
      else follow(order);
      if (item === '') goTo({ view: 'trade', item: order.item });
    },
    [follow, item],
  );
  const [typedItem, setTypedItem] = useState('');
  const settledItem = useSettled(typedItem, 400);
  const marketItem = item === '' ? settledItem : item;
  const top = useBookTop(item);
  const market = useMarket(marketItem, top?.state ?? null);
  const last = useLastPrice(item);
  const rules = market ?? DEFAULT_RULES;
  const ticket = useTicket({ item, userId, rules, orders, onPlaced });
  const { draft, faults, change, leave } = ticket;
  const focus = useCallback((field: TicketField) => {
    const found = form.current?.elements.namedItem(field);
    if (found instanceof HTMLElement) found.focus();
  }, []);
  usePickedPrice(ticket, focus);
  const shortcuts = useShortcuts((side) => {
    change(draft.kind === 'PLAIN' ? { side, kind: 'LIMIT' } : { side });
    requestAnimationFrame(() => focus(firstField(draft.kind === 'PLAIN' ? 'LIMIT' : draft.kind)));
  });

  const refusal = stateRefusal(draft, top?.state ?? market?.state ?? 'TRADING');
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (refusal !== null) return;
    const wrong = ticket.submit();
    if (wrong !== null) requestAnimationFrame(() => focus(wrong));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A key that is held down wants one order.
    if (event.key === 'Enter' && event.repeat) event.preventDefault();
    if (event.key === 'Escape') ticket.clear();
  };
  const tick = unit(rules.tick_size);
  const lot = unit(rules.lot_size);
  return (
    <form
      ref={form}
      className="ticket"
      data-side={draft.kind === 'PLAIN' ? 'NONE' : draft.side}
      aria-label="Order"
      noValidate
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
    >
      {draft.kind !== 'PLAIN' && (
        <Choice
          label="Side"
          className="ticket-side"
          options={SIDES}
          value={draft.side}
          onChange={(side) => change({ side })}
        />
      )}
      <KindChoice kind={draft.kind} onChange={(kind) => change({ kind })} />
      {item === '' && (
        <Field
          label="Market"
          name="item"
          value={draft.item}
          placeholder="AAPL"
          maxLength={255}
          fault={faults.item ?? null}
          hint="Any name makes a market. The first order opens it."
          onChange={(event) => {
            change({ item: event.target.value });
            setTypedItem(event.target.value.trim());
          }}
          onBlur={() => {
            change({ item: draft.item.trim() });
            leave('item');
          }}
        />
      )}
      <SizeFields ticket={ticket} tick={tick} lot={lot} top={top} />
      {draft.kind !== 'PLAIN' && <TimeInForceChoice ticket={ticket} />}
      <MoreOptions ticket={ticket} lot={lot} />
      <TicketFoot ticket={ticket} rules={rules} refusal={refusal} top={top} last={last} />
      <Shortcuts {...shortcuts} />
      <Toasts />
    </form>
  );
}

/** A price that was picked in the book comes into the field that it fits. */
function usePickedPrice(ticket: Ticket, focus: (field: TicketField) => void): void {
  const picked = useDraftPrice();
  const { draft, change } = ticket;
  const kind = useRef(draft.kind);
  kind.current = draft.kind;
  useEffect(() => {
    if (picked === null) return;
    const { price } = picked;
    if (kind.current === 'STOP') change({ stopPrice: price });
    else if (hasPrice(kind.current)) change({ price });
    else change({ kind: 'LIMIT', price });
    requestAnimationFrame(() => focus('quantity'));
  }, [picked, change, focus]);
}

function firstField(kind: Ticket['draft']['kind']): TicketField {
  if (hasStopPrice(kind)) return 'stopPrice';
  return hasPrice(kind) ? 'price' : 'quantity';
}

function placedBefore(order: Order) {
  const text = `Order ${order.id} has this name already: nothing new was placed.`;
  return { key: `order-${order.id}`, text, tone: 'info' as const };
}
