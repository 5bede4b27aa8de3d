import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button';
import type { Amend } from '../requests';
import type { BookOrder } from '../schemas';
import { DEFAULT_RULES, unit } from '../ticket/check-ticket';
import { NumberField } from '../ticket/number-field';
import { useMarket } from '../use-market';
import { amendable, type AmendField, checkAmend } from './amend';

interface AmendFormProps {
  order: BookOrder;
  onAmend: (body: Amend) => void;
  onClose: () => void;
}

/** Changes price and total of an order in its row. */
export function AmendForm({ order, onAmend, onClose }: AmendFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const rules = useMarket(order.item, null) ?? DEFAULT_RULES;
  const [typed, setTyped] = useState<Record<AmendField, string>>({
    price: order.price ?? '',
    quantity: order.quantity ?? '',
  });
  useEffect(() => {
    const first = form.current?.querySelector('input');
    first?.focus();
    first?.select();
  }, []);
  const checked = checkAmend(order, typed, rules);
  const faults = checked.ok ? {} : checked.faults;
  const changes = checked.ok && Object.keys(checked.body).length > 0;
  const may = amendable(order);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!checked.ok) return;
    if (changes) onAmend(checked.body);
    else onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form
      ref={form}
      className="amend-form"
      aria-label={`Amend order ${order.id}`}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
    >
      {may.price && (
        <NumberField
          label="Price"
          name="price"
          value={typed.price}
          unit={unit(rules.tick_size)}
          fault={faults.price}
          onChange={(price) => setTyped((old) => ({ ...old, price }))}
          onLeave={() => undefined}
        />
      )}
      {may.quantity && (
        <NumberField
          label="Total quantity"
          name="quantity"
          value={typed.quantity}
          unit={unit(rules.lot_size)}
          fault={faults.quantity}
          onChange={(quantity) => setTyped((old) => ({ ...old, quantity }))}
          onLeave={() => undefined}
        />
      )}
      <div className="amend-actions">
        <Button type="submit" kind="accent" size="m" disabled={!changes}>
          Save
        </Button>
        <Button size="m" onClick={onClose}>
          Keep as it is
        </Button>
        <span className="field-hint" role="status">
          {checked.ok ? checked.notice : null}
        </span>
      </div>
    </form>
  );
}
